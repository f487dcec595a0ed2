import { type EventRow, eventRow, type IssueSpan, monthsOf } from './event.ts'
import type { Stores } from './stores.ts'
import { hashList, isOwnHash, streamKey } from './stream.ts'

/** A hash that leads to an issue, and what was counted under it. */
export interface IssueHash {
  hash: string
  count: number
  /** Unix ms; null before its first event was counted. */
  firstSeenAt: number | null
  lastSeenAt: number | null
  since: number
}

/** The grouping hashes that lead to an issue, without those of before there were streams. */
export function groupingHashes(issue: { id: number; hashes: string }): string[] {
  return hashList(issue).filter((hash) => !isOwnHash(hash))
}

/**
 * The hashes of an issue with their counts, most events first. Its own of before there were streams is
 * among them only where another issue's was merged in.
 */
export async function readIssueHashes(stores: Stores, issue: IssueSpan): Promise<IssueHash[]> {
  const { results } = await stores.sql
    .prepare(
      `SELECT hash, count, first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt, since
       FROM issue_hash
       WHERE project_id = ?1 AND issue_id = ?2 AND hash IN (SELECT value FROM json_each(?3))
       ORDER BY count DESC, hash`,
    )
    .bind(issue.projectId, issue.id, JSON.stringify(hashList(issue)))
    .all<IssueHash>()
  return results
}

/** The newest event of each of these hashes that has one, from the newest month back. */
export async function findLatestEvents(
  stores: Stores,
  issue: IssueSpan,
  hashes: IssueHash[],
): Promise<Map<string, EventRow>> {
  const latest = new Map<string, EventRow>()
  for (const month of monthsOf(issue)) {
    const missing = hashes.filter(({ hash }) => !latest.has(hash))
    if (missing.length === 0) break
    const streams = missing.map(({ hash, since }) => ({ key: streamKey(hash), since }))
    const rows = await stores.projectStore(issue.projectId, month).latestEvents(streams)
    for (const row of rows) {
      const found = missing.find(({ hash }) => streamKey(hash) === row.stream)
      if (found) latest.set(found.hash, eventRow(row, month, issue.id))
    }
  }
  return latest
}
