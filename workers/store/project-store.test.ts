import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'

import { makeIssueId } from '#domain/issue/issue-id.ts'
import { makePackId } from '#domain/pack/pack-id.ts'
import { env, makeProject, newEventId, type TestProject } from '../../tests/journey/world.ts'
import type { EventPosition } from './month-rows.ts'
import type { ApplicableEvent, PackApplication } from './pack-application.ts'
import { ProjectStore } from './project-store.ts'
import { storeName } from './store-name.ts'
import { streamKey } from './stream.ts'

const MONTH = '2026-11'
const AT = Date.UTC(2026, 10, 25, 9, 30)

/** A database that answers nothing, as D1 does for seconds now and then. */
const OVERLOADED = {
  prepare: (): never => {
    throw new Error('D1 is overloaded')
  },
} as unknown as D1Database

let packs = 0
let issues = 0

const storeOf = ({ id }: TestProject) => env.PROJECT_STORE.getByName(storeName(id, MONTH))

function makeEvent(hash: string, overrides: Partial<ApplicableEvent> = {}): ApplicableEvent {
  return {
    eventId: newEventId(),
    quantities: [{ category: 'error', quantity: 1 }],
    hash,
    at: AT,
    level: 'error',
    title: 'boom',
    platform: 'node',
    environment: null,
    release: null,
    user: null,
    traceId: null,
    tags: [['level', 'error']],
    offset: 44,
    length: 10,
    overlay: null,
    ...overrides,
  }
}

function makePack({ id }: TestProject, events: ApplicableEvent[]): PackApplication {
  packs += 1
  const packId = `01KB${String(packs).padStart(22, '0')}`
  return {
    projectId: id,
    month: MONTH,
    packId,
    key: `90d/${id}/${packId}.pack`,
    events,
    companions: { attachments: [], sessions: [], checkIns: [], feedback: [], kinds: {} },
    settled: [],
  }
}

/** An issue and the hash that leads to it. */
async function makeIssue({ id }: TestProject): Promise<{ issueId: number; hash: string }> {
  issues += 1
  const hash = newEventId()
  const issueId = makeIssueId(AT, issues)
  await env.DB.prepare(
    `INSERT INTO issue(id, project_id, short_number, title, culprit, level, type, platform, metadata,
       is_unhandled, first_seen_at, last_seen_at) VALUES(?, ?, ?, 'boom', '', 'error', 'error', 'node', '{}', 0, ?, ?)`,
  )
    .bind(issueId, id, issues, AT, AT)
    .run()
  await env.DB.prepare('INSERT INTO issue_hash(project_id, hash, issue_id) VALUES(?, ?, ?)')
    .bind(id, hash, issueId)
    .run()
  return { issueId, hash }
}

const streamsOf = (hash: string) => [{ key: streamKey(hash), since: 0 }]

/** Events of a hash, newest first. */
const listEvents = (
  project: TestProject,
  hash: string,
  limit: number,
  position: EventPosition | null = null,
) =>
  storeOf(project).searchEvents(streamsOf(hash), {
    condition: null,
    since: 0,
    until: Number.MAX_SAFE_INTEGER,
    limit,
    position,
    isAscending: false,
  })

const readIssue = (issueId: number) =>
  env.DB.prepare('SELECT count, user_count, last_seen_at FROM issue WHERE id = ?')
    .bind(issueId)
    .first<{ count: number; user_count: number; last_seen_at: number }>()

/** Lets a quiet store settle: its alarm flushes what waits. */
async function settle(project: TestProject): Promise<void> {
  await runInDurableObject(storeOf(project), async (store: ProjectStore, state) => {
    const later = new ProjectStore(state, env)
    await later.alarm() // repeats the flush that was under way
    await later.alarm() // starts the next
    return store
  })
  await evictDurableObject(storeOf(project))
}

describe('the month object', () => {
  it('applies a pack once, however often it comes', async () => {
    const project = await makeProject()
    const { issueId, hash } = await makeIssue(project)
    const pack = makePack(project, [
      makeEvent(hash, { user: 'id:1' }),
      makeEvent(hash, { user: 'id:2' }),
    ])
    expect(await storeOf(project).applyPack(pack)).toEqual({ applied: true })
    expect(await storeOf(project).applyPack(pack)).toEqual({ applied: false })
    await evictDurableObject(storeOf(project))
    expect(await storeOf(project).applyPack(pack)).toEqual({ applied: false })
    expect(await storeOf(project).readProgress([pack.packId, 'other'])).toEqual({
      accounted: { error: 2 },
      applied: [pack.packId],
    })
    expect(await readIssue(issueId)).toEqual({ count: 2, user_count: 2, last_seen_at: AT })
  })

  it('calls an event id it has a duplicate, and counts it so', async () => {
    const project = await makeProject()
    const { hash } = await makeIssue(project)
    const event = makeEvent(hash)
    await storeOf(project).applyPack(makePack(project, [event]))
    await evictDurableObject(storeOf(project))
    await storeOf(project).applyPack(makePack(project, [event, makeEvent(hash)]))
    expect(await storeOf(project).listOutcomes(0, AT + 60_000)).toMatchObject([
      { outcome: 'accepted', quantity: 2 },
      { outcome: 'invalid', reason: 'duplicate', quantity: 1 },
    ])
    expect(await listEvents(project, hash, 10)).toHaveLength(2)
  })

  it('tells the database at once after a silence, and not of each pack of a busy project', async () => {
    const project = await makeProject()
    const { issueId, hash } = await makeIssue(project)
    const counts: (number | undefined)[] = []
    for (const second of [0, 2, 4, 20]) {
      const packId = makePackId(AT + 1000 * second, crypto.getRandomValues(new Uint8Array(16)))
      await storeOf(project).applyPack({ ...makePack(project, [makeEvent(hash)]), packId })
      counts.push((await readIssue(issueId))?.count)
    }
    expect(counts).toEqual([1, 1, 1, 4])
  })

  it('tells the database every count once, through restarts and a database that was down', async () => {
    const project = await makeProject()
    const { issueId, hash } = await makeIssue(project)
    await runInDurableObject(storeOf(project), async (_, state) => {
      const store = new ProjectStore(state, { DB: OVERLOADED })
      await store.applyPack(makePack(project, [makeEvent(hash)]))
      await store.applyPack(makePack(project, [makeEvent(hash), makeEvent(hash)]))
    })
    expect(await readIssue(issueId)).toMatchObject({ count: 0 })
    await settle(project)
    await settle(project)
    expect(await readIssue(issueId)).toMatchObject({ count: 3 })
  })

  it('stays exact in a storm: few rows, weights that add up, through restarts', async () => {
    const project = await makeProject()
    const { issueId, hash } = await makeIssue(project)
    for (let round = 0; round < 8; round += 1) {
      const events = Array.from({ length: 250 }, (_, i) =>
        makeEvent(hash, { at: AT + round * 250 + i }),
      )
      await storeOf(project).applyPack(makePack(project, events))
      if (round % 2 === 0) await evictDurableObject(storeOf(project))
    }
    const counted = await storeOf(project).countHours(
      [{ id: issueId, streams: streamsOf(hash) }],
      0,
      AT + 3_600_000,
    )
    expect(counted.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(2000)
    const weights = async () => (await listEvents(project, hash, 3000)).map(({ weight }) => weight)
    const before = await weights()
    expect(before.length).toBeLessThan(300)
    expect(before.reduce((sum, weight) => sum + weight, 0)).toBe(2000)
    await settle(project)
    expect(await weights()).toEqual(before)
    expect(await readIssue(issueId)).toMatchObject({ count: 2000 })
  })

  it('finds an event that has no row of its own, and walks an issue without gaps or doubles', async () => {
    const project = await makeProject()
    const { hash } = await makeIssue(project)
    const events = Array.from({ length: 300 }, (_, i) =>
      makeEvent(hash, { at: AT + Math.floor(i / 3) }),
    )
    await storeOf(project).applyPack(makePack(project, events))
    expect(await storeOf(project).findEvent(events[298]!.eventId)).toMatchObject({
      isThinned: true,
    })
    expect(await storeOf(project).findEvent(newEventId())).toBeNull()
    const walked: string[] = []
    let before: { at: number; eventId: string } | undefined
    for (;;) {
      const page = await listEvents(project, hash, 7, before)
      if (page.length === 0) break
      walked.push(...page.map(({ eventId }) => eventId))
      before = page.at(-1)
    }
    const all = await listEvents(project, hash, 1000)
    expect(walked).toEqual(all.map(({ eventId }) => eventId))
  })

  it('walks a project from page to page without gaps or doubles, though packs overlap in time', async () => {
    const project = await makeProject()
    const { hash } = await makeIssue(project)
    const ids: string[] = []
    for (let index = 0; index < 50; index += 1) {
      const openedAt = AT + index * 2_000
      // The last event of a pack is newer than the first of the next.
      const events = [0, 900, 2_500].map((late) => makeEvent(hash, { at: openedAt + late }))
      ids.push(...events.map(({ eventId }) => eventId))
      const packId = makePackId(openedAt, crypto.getRandomValues(new Uint8Array(16)))
      await storeOf(project).applyPack({ ...makePack(project, events), packId })
    }
    const walked: { at: number; eventId: string }[] = []
    for (let before = undefined as { at: number; eventId: string } | undefined; ; ) {
      const page = await storeOf(project).listProjectEvents(7, before)
      if (page.length === 0) break
      walked.push(...page.map(({ at, eventId }) => ({ at, eventId })))
      before = page.at(-1)
    }
    expect(walked.map(({ eventId }) => eventId).sort()).toEqual(ids.sort())
    expect(walked.map(({ at }) => at)).toEqual(walked.map(({ at }) => at).sort((a, b) => b - a))
  })

  it('takes nothing of a pack that it cannot write whole', async () => {
    const project = await makeProject()
    const { hash } = await makeIssue(project)
    const broken = { ...makeEvent(hash), level: undefined as unknown as string }
    const pack = makePack(project, [makeEvent(hash), broken])
    await runInDurableObject(storeOf(project), async (_, state) => {
      await expect(new ProjectStore(state, env).applyPack(pack)).rejects.toThrow()
    })
    expect(await storeOf(project).readProgress([pack.packId])).toEqual({
      accounted: {},
      applied: [],
    })
    expect(await listEvents(project, hash, 10)).toEqual([])
  })

  it('holds the counts of thousands of issues while the database is down', async () => {
    const project = await makeProject()
    const { issueId, hash } = await makeIssue(project)
    const others = Array.from({ length: 9_999 }, newEventId)
    const hashes = [hash, ...others]
    await runInDurableObject(storeOf(project), async (_, state) => {
      const store = new ProjectStore(state, { DB: OVERLOADED })
      for (let round = 0; round < 10; round += 1) {
        const events = Array.from({ length: 1000 }, (_, i) =>
          makeEvent(hashes[round * 1000 + i]!, { user: `id:${i}`, release: `shop@${i}` }),
        )
        await store.applyPack(makePack(project, events))
      }
    })
    await settle(project)
    expect(await readIssue(issueId)).toMatchObject({ count: 1, user_count: 1 })
    expect(await storeOf(project).readProgress([])).toMatchObject({ accounted: { error: 10_000 } })
  })
})
