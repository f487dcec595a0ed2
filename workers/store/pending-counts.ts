import { monthsBetween } from '#domain/identifier.ts'
import { type FoldedDelta, withSketches } from './flush-issues.ts'
import type { IssueRow } from './issue.ts'
import type { Stores } from './stores.ts'

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
  const folded = await Promise.all(
    [...byProject].flatMap(([projectId, rows]) =>
      monthsBetween(now - PENDING_MS_MAX, now).map(async (month) => {
        const ids = rows.map(({ id }) => id)
        const deltas = await stores.projectStore(projectId, month).pendingCounts(ids)
        const pending = Object.keys(deltas).map(Number)
        return pending.length === 0 ? [] : withSketches(stores.sql, pending, deltas)
      }),
    ),
  )
  return folded.flat().reduce(addDelta, issues)
}

function addDelta(issues: IssueRow[], delta: FoldedDelta): IssueRow[] {
  return issues.map((issue) =>
    issue.id === delta.id
      ? {
          ...issue,
          count: issue.count + delta.count,
          userCount: Math.max(issue.userCount, delta.userCount),
          firstSeenAt: Math.min(issue.firstSeenAt, delta.firstSeenAt),
          lastSeenAt: Math.max(issue.lastSeenAt, delta.lastSeenAt),
          lastRelease: delta.lastRelease ?? issue.lastRelease,
        }
      : issue,
  )
}
