import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'

import { issue } from './schema/issue.ts'
import type { Stores } from './stores.ts'

/** The sketch is for counting, in flushes; nobody reads it. */
const { userSketch: _, ...columns } = getTableColumns(issue)

export const issueColumns = columns

export type IssueRow = Omit<typeof issue.$inferSelect, 'userSketch'>

/** Statuses of rows that nobody sees: they lead to another issue, or keep one from coming back. */
export const MERGED = 'merged'
export const DISCARDED = 'discarded'

/** Merges one id may lead through. */
const MERGES_MAX = 20

/** The issue with this id, or the one it was merged into. */
export async function findIssue(stores: Stores, id: number): Promise<IssueRow | null> {
  const found = await stores.db.select(columns).from(issue).where(eq(issue.id, id)).get()
  return found ? followMerges(stores, found) : null
}

/** The issue with this number in its project, or the one it was merged into. Index: issue_short_number. */
export async function findIssueByNumber(
  stores: Stores,
  projectId: number,
  shortNumber: number,
): Promise<IssueRow | null> {
  const numbered = and(eq(issue.projectId, projectId), eq(issue.shortNumber, shortNumber))
  const found = await stores.db.select(columns).from(issue).where(numbered).get()
  return found ? followMerges(stores, found) : null
}

/**
 * Those of these issues that belong to these projects, in no order and each once; one that was merged
 * is the one it was merged into.
 */
export async function findIssues(
  stores: Stores,
  projectIds: number[],
  ids: number[],
): Promise<IssueRow[]> {
  const rows = await stores.db
    .select(columns)
    .from(issue)
    .where(
      and(
        inArray(issue.id, sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`),
        inArray(issue.projectId, sql`(SELECT value FROM json_each(${JSON.stringify(projectIds)}))`),
      ),
    )
  const found = await Promise.all(rows.map((one) => followMerges(stores, one)))
  return [...new Map(found.flatMap((one) => (one ? [[one.id, one]] : []))).values()]
}

async function followMerges(stores: Stores, from: IssueRow): Promise<IssueRow | null> {
  let at: IssueRow | undefined = from
  for (let merges = 0; at?.mergedInto && merges < MERGES_MAX; merges += 1) {
    at = await stores.db.select(columns).from(issue).where(eq(issue.id, at.mergedInto)).get()
  }
  return at && at.status !== MERGED && at.status !== DISCARDED ? at : null
}
