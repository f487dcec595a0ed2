import { and, eq, getTableColumns, inArray, sql } from 'drizzle-orm'

import { issue } from './schema/issue.ts'
import type { Stores } from './stores.ts'

/** The sketch is for counting, in flushes; nobody reads it. */
const { userSketch: _, ...columns } = getTableColumns(issue)

export const issueColumns = columns

export type IssueRow = Omit<typeof issue.$inferSelect, 'userSketch'>

export async function findIssue(stores: Stores, id: number): Promise<IssueRow | null> {
  return (await stores.db.select(issueColumns).from(issue).where(eq(issue.id, id)).get()) ?? null
}

/** The issue with this number in its project. Index: issue_short_number. */
export async function findIssueByNumber(
  stores: Stores,
  projectId: number,
  shortNumber: number,
): Promise<IssueRow | null> {
  const numbered = and(eq(issue.projectId, projectId), eq(issue.shortNumber, shortNumber))
  return (await stores.db.select(issueColumns).from(issue).where(numbered).get()) ?? null
}

/** Those of these issues that belong to these projects, in no order. */
export function findIssues(
  stores: Stores,
  projectIds: number[],
  ids: number[],
): Promise<IssueRow[]> {
  return stores.db
    .select(issueColumns)
    .from(issue)
    .where(
      and(
        inArray(issue.id, sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`),
        inArray(issue.projectId, sql`(SELECT value FROM json_each(${JSON.stringify(projectIds)}))`),
      ),
    )
}
