import { allOf, type Condition } from './condition.ts'
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

const columnsOf = (table: string): string =>
  Object.entries(issueColumns)
    .map(([key, { name }]) => `${table}.${name} AS "${key}"`)
    .join(', ')

/** Walks that are read side by side and merged here; more are merged by the database. */
const WALKS_MAX = 8

/** One project and status: a stretch of the index `issue_last_seen`. */
type Walk = [projectId: number, status: string]

/**
 * One page of issues, highest score first. Each project and status is one walk along the index that
 * ends after a page: `date` reads a page per walk, however many issues there are. The other orders
 * have no index and look at all issues of their walks.
 */
export async function listIssues(stores: Stores, query: IssueListQuery): Promise<IssueRow[]> {
  const walks = query.projectIds.flatMap((id) => query.statuses.map((status): Walk => [id, status]))
  if (walks.length === 0) return []
  const rows =
    walks.length <= WALKS_MAX
      ? await readSideBySide(stores, query, walks)
      : await readAtOnce(stores, query, walks)
  return rows.map((row) => ({ ...row, isUnhandled: Boolean(row.isUnhandled) }))
}

async function readSideBySide(
  stores: Stores,
  query: IssueListQuery,
  walks: Walk[],
): Promise<IssueRow[]> {
  const { order, limit, isBackward } = query
  const { sql, values } = pageCondition(query)
  const statement = stores.sql.prepare(
    `SELECT ${columnsOf('issue')} FROM issue
     WHERE issue.project_id = ? AND issue.status = ? AND ${sql}
     ORDER BY ${orderOf(query, 'issue')} LIMIT ?`,
  )
  const answers = await stores.sql.batch<IssueRow>(
    walks.map((walk) => statement.bind(...walk, ...values, limit)),
  )
  const sign = isBackward ? 1 : -1
  const compare = (a: IssueRow, b: IssueRow): number =>
    sign * (issueScore(a, order) - issueScore(b, order) || a.id - b.id)
  return answers
    .flatMap(({ results }) => results)
    .sort(compare)
    .slice(0, limit)
}

async function readAtOnce(
  stores: Stores,
  query: IssueListQuery,
  walks: Walk[],
): Promise<IssueRow[]> {
  const { sql, values } = pageCondition(query)
  const { results } = await stores.sql
    .prepare(
      `SELECT ${columnsOf('found')} FROM json_each(?) AS walk CROSS JOIN issue AS found
       WHERE found.id IN (
         SELECT issue.id FROM issue
         WHERE issue.project_id = walk.value->>0 AND issue.status = walk.value->>1 AND ${sql}
         ORDER BY ${orderOf(query, 'issue')} LIMIT ?)
       ORDER BY ${orderOf(query, 'found')} LIMIT ?`,
    )
    .bind(JSON.stringify(walks), ...values, query.limit, query.limit)
    .all<IssueRow>()
  return results
}

/** Where the page starts and what its issues must be. */
function pageCondition({ order, condition, after, isBackward }: IssueListQuery): Condition {
  if (!after) return allOf([condition])
  const start: Condition = {
    sql: `(issue.${SCORE[order]}, issue.id) ${isBackward ? '>' : '<'} (?, ?)`,
    values: [after.score, after.id],
  }
  return allOf([start, condition])
}

function orderOf({ order, isBackward }: IssueListQuery, table: string): string {
  const direction = isBackward ? 'ASC' : 'DESC'
  return `${table}.${SCORE[order]} ${direction}, ${table}.id ${direction}`
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
