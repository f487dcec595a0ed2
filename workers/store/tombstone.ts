import { and, desc, eq } from 'drizzle-orm'

import { DISCARDED, type IssueRow, issueColumns } from './issue.ts'
import { issue } from './schema/issue.ts'
import type { Stores } from './stores.ts'

/**
 * A tombstone is the row of an issue that was discarded: nobody sees it, its hashes go on leading to it,
 * and events that arrive there are filtered (issue-assignment.ts).
 */
export async function discard(stores: Stores, ids: number[]): Promise<void> {
  const list = JSON.stringify(ids)
  await stores.sql.batch([
    stores.sql
      .prepare(
        `UPDATE issue SET status = '${DISCARDED}', substatus = NULL, status_details = '{}'
         WHERE id IN (SELECT value FROM json_each(?))`,
      )
      .bind(list),
    stores.sql
      .prepare('DELETE FROM activity WHERE issue_id IN (SELECT value FROM json_each(?))')
      .bind(list),
  ])
}

/** Index: issue_last_seen. */
export function listTombstones(
  stores: Stores,
  projectId: number,
  limit: number,
): Promise<IssueRow[]> {
  return stores.db
    .select(issueColumns)
    .from(issue)
    .where(and(eq(issue.projectId, projectId), eq(issue.status, DISCARDED)))
    .orderBy(desc(issue.lastSeenAt))
    .limit(limit)
}

export async function findTombstone(
  stores: Stores,
  projectId: number,
  id: number,
): Promise<IssueRow | null> {
  const { projectId: project, status } = issue
  const discarded = and(eq(issue.id, id), eq(project, projectId), eq(status, DISCARDED))
  return (await stores.db.select(issueColumns).from(issue).where(discarded).get()) ?? null
}
