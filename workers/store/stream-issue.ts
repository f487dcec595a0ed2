import type { Stores } from './stores.ts'
import { hashStart } from './stream.ts'

/** Where a stream leads: events received before `since` (Unix ms) went with an issue now deleted. */
export interface StreamIssue {
  hash: string
  /** 0 for a hash that is free. */
  issueId: number
  since: number
}

/** The issues of a project's streams; one that leads nowhere is absent. Index: the primary key. */
export async function issuesOfStreams(
  stores: Stores,
  projectId: number,
  keys: number[],
): Promise<Map<number, StreamIssue>> {
  const distinct = [...new Set(keys)]
  if (distinct.length === 0) return new Map()
  const { results } = await stores.sql
    .prepare(
      // A hash goes on with hex digits, all of which sort before 'g'.
      `SELECT asked.key AS at, hash, issue_id AS issueId, since
       FROM json_each(?2) AS asked JOIN issue_hash
         ON project_id = ?1 AND hash >= asked.value AND hash < asked.value || 'g'`,
    )
    .bind(projectId, JSON.stringify(distinct.map(hashStart)))
    .all<StreamIssue & { at: number }>()
  const found = new Map<number, StreamIssue>()
  for (const key of distinct) {
    if (key > 0) found.set(key, { hash: hashStart(key), issueId: key, since: 0 })
  }
  for (const { at, ...leads } of results) {
    const key = distinct[at]!
    if (key < 0 || leads.hash === hashStart(key)) found.set(key, leads)
  }
  return found
}
