import { eq } from 'drizzle-orm'

import { issueHash } from './schema/issue.ts'
import type { Stores } from './stores.ts'

/** The grouping hashes that lead to an issue. Index: issue_hash_issue. */
export function listIssueHashes(
  stores: Stores,
  issueId: number,
  limit: number,
): Promise<{ hash: string }[]> {
  return stores.db
    .select({ hash: issueHash.hash })
    .from(issueHash)
    .where(eq(issueHash.issueId, issueId))
    .limit(limit)
}
