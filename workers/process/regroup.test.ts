import { beforeEach, describe, expect, it } from 'vitest'

import type { GroupingConfig } from '#domain/grouping/grouping-config.ts'
import type { RegroupMessage } from '#domain/grouping/regroup/regroup-message.ts'
import { monthOf } from '#domain/identifier.ts'
import { makeIssueId } from '#domain/issue/issue-id.ts'
import { findOperation, insertDraft } from '#store/grouping-operation.ts'
import { failJob, makeJob, monthsOf, type RegroupJob } from '#store/regroup-job.ts'
import { scanPage } from '#store/regroup-scan.ts'
import { applyEvents, makeError, shipEvents, stores } from '../../tests/journey/api-world.ts'
import { env, makeProject, type TestProject } from '../../tests/journey/world.ts'
import { processPack } from './pack.ts'
import { stepRegroup } from './regroup.ts'

const PLAIN: GroupingConfig = { id: 'picket:2026-12', enhancements: '', fingerprinting: '' }
const ALL_IN_ONE = { ...PLAIN, fingerprinting: 'error.type:* -> all' }

let project: TestProject
let now: number

beforeEach(async () => {
  project = await makeProject()
  now = Date.now()
})

/** A regrouping that is under way, before its first step. */
async function begin(change: Partial<RegroupJob> = {}): Promise<RegroupMessage> {
  const id = makeIssueId(now, 1)
  const since = now - 86_400_000
  const proposed = { change: {}, config: ALL_IN_ONE, merges: [], since, until: now }
  const job: RegroupJob = { ...makeJob(proposed), ...change }
  await insertDraft(stores, { projectId: project.id, id, userId: 1, title: 'test', now }, job)
  await env.DB.prepare("UPDATE grouping_operation SET state = 'running' WHERE id = ?")
    .bind(id)
    .run()
  return { version: 1, kind: 'regroup', projectId: project.id, operationId: id, step: 0 }
}

const stateOf = async ({ operationId }: RegroupMessage) =>
  (await findOperation(stores, project.id, operationId))?.state

/** What issues count, once the month has told everything. */
async function counts(): Promise<number[]> {
  await stores.projectStore(project.id, monthOf(now)).flushAll()
  const { results } = await env.DB.prepare(
    "SELECT count FROM issue WHERE project_id = ? AND status <> 'merged' ORDER BY count DESC",
  )
    .bind(project.id)
    .all<{ count: number }>()
  return results.map(({ count }) => count)
}

describe('a regrouping in the background', () => {
  it('comes to the same end though every step is delivered twice', async () => {
    for (const type of ['A', 'B', 'B']) await applyEvents(project, [{ event: makeError(type) }])
    const first = await begin()
    let message: RegroupMessage | null = first
    for (let steps = 0; message && steps < 20; steps += 1) {
      const next: RegroupMessage | null = await stepRegroup(message, stores, now)
      const again = await stepRegroup(message, stores, now)
      // The second finds the step done and only says what comes next.
      expect(again).toEqual(next)
      message = next
    }
    expect(await stateOf(first)).toBe('done')
    expect(await counts()).toEqual([3])
    expect(await stepRegroup(first, stores, now)).toBeNull()
  })

  it('is not overtaken by packs that arrive while it runs', async () => {
    await applyEvents(project, [{ event: makeError('A') }, { event: makeError('B') }])
    let message: RegroupMessage | null = await begin()
    for (let steps = 0; message && steps < 20; steps += 1) {
      const { message: pack } = await shipEvents(project, [
        { event: makeError('A') },
        { event: makeError('B') },
      ])
      ;[message] = await Promise.all([
        stepRegroup(message, stores, now),
        processPack(pack, stores, Date.now()),
      ])
    }
    const [all, ...others] = await counts()
    expect(others).toEqual([])
    const { total } = (await env.DB.prepare(
      'SELECT sum(count) AS total FROM issue_hash WHERE project_id = ?',
    )
      .bind(project.id)
      .first<{ total: number }>())!
    expect(all).toBe(total)
  })

  it('says so when it is given up', async () => {
    const message = await begin()
    await failJob(stores, message, 'It failed again and again.')
    expect(await stateOf(message)).toBe('failed')
    expect(await stepRegroup(message, stores, now)).toBeNull()
  })
})

describe('reading stored events', () => {
  it('goes page by page, each event once, none of before', async () => {
    const made = []
    for (let pack = 0; pack < 5; pack += 1) {
      made.push(
        ...(await applyEvents(
          project,
          [{ event: makeError('A') }, { event: makeError('B') }],
          now - 1000 * pack,
        )),
      )
    }
    await applyEvents(project, [{ event: makeError('Old') }], now - 3_600_000)
    const since = now - 60_000
    const seen: string[] = []
    let pages = 0
    let position = { months: monthsOf({ since, until: now }), before: null as string | null }
    for (;;) {
      const page = await scanPage(stores, project.id, PLAIN, position, { since, rowsMax: 3 })
      pages += 1
      seen.push(...page.packs.flatMap(({ rows }) => rows.map(({ row }) => row.eventId)))
      if (!page.next) break
      position = page.next
    }
    expect(seen.sort()).toEqual(made.map(({ eventId }) => eventId).sort())
    expect(pages).toBeGreaterThan(2)
  })
})
