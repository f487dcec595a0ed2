import type { Condition } from './condition.ts'
import { type IssueRow, issueColumns } from './issue.ts'
import type { Stores } from './stores.ts'

export type IssueOrder = 'date' | 'new' | 'freq' | 'user'

export interface IssueListQuery {
  projectIds: number[]
  statuses: string[]
  /** What else an issue must fulfil, in columns of the table `issue`. */
  condition: Condition
  order: IssueOrder
  limit: number
  /** The row the page starts behind; ties are broken by id. */
  after: { score: number; id: number } | null
  /** Reads towards the head of the list: rows come nearest first. */
  isBackward: boolean
}

/** What each order looks at. Only `date` has an index: every index is a write per flush. */
const SCORE = {
  date: 'last_seen_at',
  new: 'first_seen_at',
  freq: 'count',
  user: 'user_count',
} as const satisfies Record<IssueOrder, string>

const COLUMNS = Object.entries(issueColumns)
  .map(([key, { name }]) => `found.${name} AS "${key}"`)
  .join(', ')

/**
 * One page of issues, highest score first. Each project and status is one walk along the index
 * `issue_last_seen` that ends after a page, so that `date` reads a page per project and status
 * however many issues there are; the other orders look at all issues of the projects and statuses.
 */
export async function listIssues(stores: Stores, query: IssueListQuery): Promise<IssueRow[]> {
  const { condition, order, limit, after, isBackward } = query
  const score = SCORE[order]
  const direction = isBackward ? 'ASC' : 'DESC'
  const position: Condition = after
    ? {
        sql: `(issue.${score}, issue.id) ${isBackward ? '>' : '<'} (?, ?)`,
        values: [after.score, after.id],
      }
    : { sql: 'TRUE', values: [] }
  const sources = query.projectIds.flatMap((id) => query.statuses.map((status) => [id, status]))
  const { results } = await stores.sql
    .prepare(
      `SELECT ${COLUMNS} FROM json_each(?) AS source CROSS JOIN issue AS found
       WHERE found.id IN (
         SELECT issue.id FROM issue
         WHERE issue.project_id = source.value->>0 AND issue.status = source.value->>1
           AND ${position.sql} AND (${condition.sql})
         ORDER BY issue.${score} ${direction}, issue.id ${direction} LIMIT ?)
       ORDER BY found.${score} ${direction}, found.id ${direction} LIMIT ?`,
    )
    .bind(JSON.stringify(sources), ...position.values, ...condition.values, limit, limit)
    .all<IssueRow>()
  return results.map((row) => ({ ...row, isUnhandled: Boolean(row.isUnhandled) }))
}

/** The score a row has in an order: where the next page starts. */
export function issueScore(row: IssueRow, order: IssueOrder): number {
  const scores: Record<IssueOrder, number> = {
    date: row.lastSeenAt,
    new: row.firstSeenAt,
    freq: row.count,
    user: row.userCount,
  }
  return scores[order]
}
