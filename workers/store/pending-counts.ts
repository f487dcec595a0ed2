import { monthsBetween } from '#domain/identifier.ts'
import { addFigures, deltaFigures, type Figures, userCount } from './hash-figures.ts'
import type { IssueRow } from './issue.ts'
import type { IssueDelta } from './pack-application.ts'
import type { Stores } from './stores.ts'
import { hashList } from './stream.ts'

/** A month that is over has told D1 everything by then (FLUSH_MS, project-store.ts). */
const PENDING_MS_MAX = 120_000

/**
 * Issues as they are at `now` (Unix ms). Under load a month tells D1 its counts once a minute; what
 * it has not told yet is added here, so that a new issue does not say 0. Between the two reads a
 * flush may pass: then an answer shows the counts of a moment before.
 */
export async function addPendingCounts(
  stores: Stores,
  issues: IssueRow[],
  now: number,
): Promise<IssueRow[]> {
  const byProject = Map.groupBy(issues, ({ projectId }) => projectId)
  const pending = new Map<number, Figures>()
  const add = (id: number, figures: Figures): void => {
    const before = pending.get(id)
    pending.set(id, before ? addFigures(before, figures) : figures)
  }
  for (const [projectId, rows] of byProject) {
    const deltas = await pendingCounts(stores, projectId, rows.flatMap(hashList), now)
    for (const row of rows) {
      for (const hash of hashList(row)) {
        for (const delta of deltas.get(hash) ?? []) add(row.id, deltaFigures(delta))
      }
    }
  }
  if (pending.size === 0) return issues
  const users = await readUsers(stores, [...pending.keys()])
  return issues.map((issue) => {
    const figures = pending.get(issue.id)
    return figures ? addToRow(issue, figures, users.get(issue.id) ?? '') : issue
  })
}

/** What the months of now have not told of these hashes: by hash, one delta a month. */
export async function pendingCounts(
  stores: Stores,
  projectId: number,
  hashes: string[],
  now: number,
): Promise<Map<string, IssueDelta[]>> {
  const answers = await Promise.all(
    monthsBetween(now - PENDING_MS_MAX, now).map((month) =>
      stores.projectStore(projectId, month).pendingCounts(hashes),
    ),
  )
  const deltas = new Map<string, IssueDelta[]>()
  for (const [hash, delta] of answers.flatMap((answer) => Object.entries(answer))) {
    deltas.set(hash, [...(deltas.get(hash) ?? []), delta])
  }
  return deltas
}

function addToRow(issue: IssueRow, pending: Figures, users: string): IssueRow {
  const { count, firstSeenAt, lastSeenAt } = issue
  return {
    ...issue,
    count: count + pending.count,
    userCount: Math.max(issue.userCount, userCount(addFigures({ ...issue, users }, pending))),
    firstSeenAt: Math.min(firstSeenAt, pending.firstSeenAt ?? firstSeenAt),
    lastSeenAt: Math.max(lastSeenAt, pending.lastSeenAt ?? lastSeenAt),
    lastRelease: pending.lastRelease ?? issue.lastRelease,
  }
}

async function readUsers(stores: Stores, ids: number[]): Promise<Map<number, string>> {
  const { results } = await stores.sql
    .prepare(
      'SELECT id, hex(user_sketch) AS users FROM issue WHERE id IN (SELECT value FROM json_each(?))',
    )
    .bind(JSON.stringify(ids))
    .all<{ id: number; users: string }>()
  return new Map(results.map(({ id, users }) => [id, users]))
}
