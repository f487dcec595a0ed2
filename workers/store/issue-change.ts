import type { IssueRow } from './issue.ts'
import type { Stores } from './stores.ts'

export type IssueColumns = Partial<
  Pick<IssueRow, 'status' | 'substatus' | 'statusDetails' | 'assignee' | 'priority'>
>

export interface NewActivity {
  type: string
  data: Record<string, unknown>
}

const COLUMN_NAMES = {
  status: 'status',
  substatus: 'substatus',
  statusDetails: 'status_details',
  assignee: 'assignee',
  priority: 'priority',
} as const satisfies Record<keyof IssueColumns, string>

/** Changes issues and notes it in the history of each, all or nothing. `now` is Unix ms. */
export async function changeIssues(
  stores: Stores,
  ids: number[],
  change: IssueColumns,
  by: { userId: number; activity: NewActivity; now: number },
): Promise<void> {
  const columns = (Object.keys(COLUMN_NAMES) as (keyof IssueColumns)[]).filter(
    (column) => change[column] !== undefined,
  )
  if (ids.length === 0 || columns.length === 0) return
  const list = JSON.stringify(ids)
  const { type, data } = by.activity
  const assignments = columns.map((column) => `${COLUMN_NAMES[column]} = ?`).join(', ')
  await stores.sql.batch([
    stores.sql
      .prepare(`UPDATE issue SET ${assignments} WHERE id IN (SELECT value FROM json_each(?))`)
      .bind(...columns.map((column) => change[column] ?? null), list),
    stores.sql
      .prepare(
        `INSERT INTO activity(issue_id, type, user_id, data, created_at)
         SELECT value, ?2, ?3, ?4, ?5 FROM json_each(?1)`,
      )
      .bind(list, type, by.userId, JSON.stringify(data), by.now),
  ])
}

/**
 * Deletes issues and their history: an error that happens again makes a new issue. Their hashes stay,
 * free, and remember when: rows of events received before (`now`, Unix ms) stay in the month objects
 * until retention ends, and nothing leads to them.
 */
export async function deleteIssues(stores: Stores, ids: number[], now: number): Promise<void> {
  const list = JSON.stringify(ids)
  const remove = (table: string, column: string) =>
    stores.sql
      .prepare(`DELETE FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`)
      .bind(list)
  await stores.sql.batch([
    stores.sql
      .prepare(
        `UPDATE issue_hash SET issue_id = 0, since = ?2, count = 0, first_seen_at = NULL,
           last_seen_at = NULL, first_release = NULL, last_release = NULL, user_sketch = NULL
         WHERE (project_id, hash) IN (
           SELECT issue.project_id, substr(listed.value, 1, instr(listed.value || '@', '@') - 1)
           FROM json_each(?1) AS asked JOIN issue ON issue.id = asked.value,
             json_each(issue.hashes) AS listed)`,
      )
      .bind(list, now),
    remove('activity', 'issue_id'),
    remove('issue', 'merged_into'),
    remove('issue', 'id'),
  ])
}

/** The newest release among the issues seen last in a project; null when none names one. */
export async function findNewestRelease(stores: Stores, projectId: number): Promise<string | null> {
  const row = await stores.sql
    .prepare(
      `SELECT last_release AS version FROM (
         SELECT coalesce(last_release, first_release) AS last_release, last_seen_at FROM issue
         WHERE project_id = ? AND status = 'unresolved' ORDER BY last_seen_at DESC LIMIT ?)
       WHERE last_release IS NOT NULL ORDER BY last_seen_at DESC LIMIT 1`,
    )
    .bind(projectId, RECENT_ISSUES)
    .first<{ version: string }>()
  return row?.version ?? null
}

/** Issues looked at for a project's newest release. */
const RECENT_ISSUES = 200
