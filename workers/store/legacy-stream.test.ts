import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'

import { monthOf } from '#domain/identifier.ts'
import { applyEvents, makeError, stores } from '../../tests/journey/api-world.ts'
import { call, carryOut, preview, undo } from '../../tests/journey/regroup-world.ts'
import { env, makeProject, type TestProject } from '../../tests/journey/world.ts'
import { decodeRefs, encodeRefs } from './event-refs.ts'
import { storeName } from './store-name.ts'
import { streamKey } from './stream.ts'

/** Makes a project's data what a version before streams left: rows by issue id, no counts by hash. */
async function ageData({ id }: TestProject, now: number): Promise<void> {
  const month = monthOf(now)
  await stores.projectStore(id, month).flushAll()
  const { results } = await env.DB.prepare(
    'SELECT hash, issue_id AS issueId FROM issue_hash WHERE project_id = ?',
  )
    .bind(id)
    .all<{ hash: string; issueId: number }>()
  const issues = new Map(results.map(({ hash, issueId }) => [streamKey(hash), issueId]))
  await runInDurableObject(env.PROJECT_STORE.getByName(storeName(id, month)), (_, state) => {
    const { sql } = state.storage
    for (const [key, issueId] of issues) {
      sql.exec('UPDATE event SET stream = ? WHERE stream = ?', issueId, key)
    }
    for (const pack of sql.exec('SELECT pack_id, events FROM pack').toArray()) {
      const refs = decodeRefs(pack['events'] as ArrayBuffer)
      const aged = refs.map((ref) => ({ ...ref, stream: issues.get(ref.stream) ?? ref.stream }))
      const [bytes, packId] = [encodeRefs(aged), String(pack['pack_id'])]
      sql.exec('UPDATE pack SET events = ? WHERE pack_id = ?', bytes, packId)
    }
  })
  await env.DB.prepare(
    `UPDATE issue_hash SET count = 0, first_seen_at = NULL, last_seen_at = NULL, user_sketch = NULL
     WHERE project_id = ?`,
  )
    .bind(id)
    .run()
}

interface Shown {
  id: string
  count: string
  userCount: number
  firstSeen: string
  lastSeen: string
}

async function partition({ slug }: TestProject) {
  const { body } = await call<Shown[]>(`/projects/acme/${slug}/issues/?query=`)
  const shown = await Promise.all(
    body.map(async ({ id, count, userCount, firstSeen, lastSeen }) => {
      const events = await call<{ id: string }[]>(`/issues/${id}/events/`)
      const ids = events.body.map((event) => event.id).sort()
      return { id, count, userCount, firstSeen, lastSeen, ids }
    }),
  )
  return shown.sort((a, b) => (a.id < b.id ? -1 : 1))
}

describe('data of before events were kept by hash', () => {
  it('is shown, goes on, merges and parts without loss', async () => {
    const project = await makeProject()
    const now = Date.now()
    const events = ['A', 'A', 'B'].map((type, index) => ({
      ago: 9000 - index * 1000,
      event: makeError(type, { user: { id: `u${index}` } }),
    }))
    await applyEvents(project, events, now)
    const fresh = await partition(project)
    await ageData(project, now)
    expect(await partition(project)).toEqual(fresh)
    await applyEvents(project, [{ event: makeError('A') }, { event: makeError('B') }])
    await stores.projectStore(project.id, monthOf(now)).flushAll()
    const before = await partition(project)
    expect(before.map(({ count, ids }) => [count, ids.length])).toEqual([
      ['3', 3],
      ['2', 2],
    ])
    const query = before.map(({ id }) => `id=${id}`).join('&')
    const merged = await call(`/projects/acme/${project.slug}/issues/?${query}`, 'PUT', {
      merge: 1,
    })
    expect(await partition(project)).toMatchObject([{ count: '5', userCount: 3 }])
    expect((await partition(project))[0]!.ids).toHaveLength(5)
    expect((await undo(project, merged.body.merge.operationId)).status).toBe(202)
    expect(await partition(project)).toEqual(before)
  })

  it('follows a regrouping, and comes back', async () => {
    const project = await makeProject()
    const now = Date.now()
    await applyEvents(project, [{ event: makeError('A') }, { event: makeError('B') }], now)
    await ageData(project, now)
    const before = await partition(project)
    const shown = await preview(project, { fingerprintingRules: 'error.type:* -> all' })
    await carryOut(project, shown.id, 'apply')
    expect(await partition(project)).toMatchObject([{ count: '2' }])
    await carryOut(project, shown.id, 'undo')
    expect(await partition(project)).toEqual(before)
  })
})
