import { describe, expect, it } from 'vitest'

import { makeIssueId } from '#domain/issue/issue-id.ts'
import { env, makeProject, newEventId, type TestProject } from '../../tests/journey/world.ts'
import { findIssues, type IssueRow } from './issue.ts'
import type { ApplicableEvent } from './pack-application.ts'
import { addPendingCounts } from './pending-counts.ts'
import { openStores } from './stores.ts'

const AT = Date.UTC(2026, 10, 25, 9, 30)
const stores = openStores(env)
let numbers = 0

const hashOf = (issueId: number): string => issueId.toString(16).padEnd(32, '0')

async function makeIssue({ id }: TestProject): Promise<number> {
  numbers += 1
  const issueId = makeIssueId(AT, numbers)
  await env.DB.prepare(
    `INSERT INTO issue(id, project_id, short_number, title, culprit, level, type, platform, metadata,
       is_unhandled, first_seen_at, last_seen_at, hashes)
     VALUES(?, ?, ?, 'boom', '', 'error', 'error', 'node', '{}', 0, ?, ?, ?)`,
  )
    .bind(issueId, id, numbers, AT, AT, JSON.stringify([hashOf(issueId)]))
    .run()
  await env.DB.prepare('INSERT INTO issue_hash(project_id, hash, issue_id) VALUES(?, ?, ?)')
    .bind(id, hashOf(issueId), issueId)
    .run()
  return issueId
}

/** Applies a pack of one event per user; all but a store's first pack wait for the next flush. */
async function apply({ id }: TestProject, issueId: number, users: string[], at = AT) {
  numbers += 1
  const packId = `01KC${String(numbers).padStart(22, '0')}`
  const events = users.map(
    (user): ApplicableEvent => ({
      eventId: newEventId(),
      quantities: [{ category: 'error', quantity: 1 }],
      hash: hashOf(issueId),
      at,
      level: 'error',
      title: 'boom',
      platform: 'node',
      environment: null,
      release: 'shop@2.0.0',
      user,
      traceId: null,
      tags: [],
      offset: 0,
      length: 1,
      overlay: null,
    }),
  )
  await stores.projectStore(id, '2026-11').applyPack({
    projectId: id,
    month: '2026-11',
    packId,
    key: `90d/${id}/${packId}.pack`,
    events,
    companions: { attachments: [], sessions: [], checkIns: [], feedback: [], kinds: {} },
    settled: [],
  })
}

async function readIssue({ id }: TestProject, issueId: number): Promise<IssueRow> {
  const [row] = await findIssues(stores, [id], [issueId])
  return row!
}

describe('pending counts', () => {
  it('are added to what the database says, users each once', async () => {
    const project = await makeProject()
    const issueId = await makeIssue(project)
    await apply(project, issueId, ['id:1', 'id:2'])
    await apply(project, issueId, ['id:2', 'id:3', 'id:3'], AT + 5000)
    const told = await readIssue(project, issueId)
    expect(told).toMatchObject({ count: 2, userCount: 2 })
    expect(await addPendingCounts(stores, [told], AT + 5001)).toMatchObject([
      { count: 5, userCount: 3, firstSeenAt: AT, lastSeenAt: AT + 5000, lastRelease: 'shop@2.0.0' },
    ])
  })

  it('make a new issue of a busy project more than 0', async () => {
    const project = await makeProject()
    await apply(project, await makeIssue(project), ['id:1'])
    const issueId = await makeIssue(project)
    await apply(project, issueId, ['id:1'])
    const told = await readIssue(project, issueId)
    expect(told).toMatchObject({ count: 0, userCount: 0 })
    expect(await addPendingCounts(stores, [told], AT)).toMatchObject([{ count: 1, userCount: 1 }])
  })

  it('leave issues alone that wait for nothing, and those of other projects', async () => {
    const project = await makeProject()
    const other = await makeProject()
    const quiet = await makeIssue(project)
    const busy = await makeIssue(other)
    await apply(project, quiet, ['id:1'])
    await apply(other, await makeIssue(other), ['id:1'])
    await apply(other, busy, ['id:1'])
    const rows = [await readIssue(project, quiet), await readIssue(other, busy)]
    const shown = await addPendingCounts(stores, rows, AT)
    expect(shown.map(({ id, count }) => [id, count])).toEqual([
      [quiet, 1],
      [busy, 1],
    ])
    expect(await addPendingCounts(stores, [], AT)).toEqual([])
  })
})
