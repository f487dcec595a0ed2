/**
 * After rows have moved between streams their counts are right (they moved with them), but when a hash
 * was first and last seen, and by whom, only its rows can tell.
 */
import { toHex } from '#domain/identifier.ts'
import { addFigures, type Figures, NO_FIGURES } from './hash-figures.ts'
import { type MoveRefusal, moveHashes } from './move-hashes.ts'
import type { Stores } from './stores.ts'
import { streamKey } from './stream.ts'

interface Hash {
  hash: string
  issueId: number
  count: number
}

/**
 * Reads the figures of some hashes from the rows of these months, and sums up their issues anew. A hash
 * that counts more than there are rows has months that are gone: it keeps what it says.
 */
export async function refreshFigures(
  stores: Stores,
  { projectId, months, now }: { projectId: number; months: string[]; now: number },
  hashes: string[],
): Promise<MoveRefusal | null> {
  const { results } = await stores.sql
    .prepare(
      `SELECT hash, issue_id AS issueId, count FROM issue_hash
       WHERE project_id = ?1 AND hash IN (SELECT value FROM json_each(?2)) AND issue_id <> 0`,
    )
    .bind(projectId, JSON.stringify(hashes))
    .all<Hash>()
  const figures = await readFigures(stores, projectId, months, results)
  const rows = results
    .map(({ hash, count }) => ({
      ...(figures.get(streamKey(hash)) ?? NO_FIGURES),
      hash,
      known: count,
    }))
    .filter(({ count, known }) => count === known)
  await stores.sql
    .prepare(
      `UPDATE issue_hash SET first_seen_at = v.first_seen_at, last_seen_at = v.last_seen_at,
         first_release = v.first_release, last_release = v.last_release,
         user_sketch = unhex(v.users)
       FROM (SELECT value->>'hash' AS hash, value->>'count' AS count,
               value->>'firstSeenAt' AS first_seen_at, value->>'lastSeenAt' AS last_seen_at,
               value->>'firstRelease' AS first_release, value->>'lastRelease' AS last_release,
               value->>'users' AS users
             FROM json_each(?2)) AS v
       WHERE issue_hash.project_id = ?1 AND issue_hash.hash = v.hash
         AND issue_hash.count = v.count`,
    )
    .bind(projectId, JSON.stringify(rows))
    .run()
  const moved = await moveHashes(stores, {
    projectId,
    kind: 'regroup_part',
    moves: [],
    recounted: [...new Set(results.map(({ issueId }) => issueId))],
    newIssues: [],
    activity: [],
    data: { title: '' },
    undoes: null,
    userId: null,
    now,
  })
  return 'refusal' in moved && moved.refusal !== 'nothing_to_move' ? moved.refusal : null
}

async function readFigures(
  stores: Stores,
  projectId: number,
  months: string[],
  hashes: Hash[],
): Promise<Map<number, Figures>> {
  const keys = hashes.map(({ hash }) => streamKey(hash))
  const figures = new Map<number, Figures>()
  for (const month of months) {
    const found = await stores.projectStore(projectId, month).streamFigures(keys)
    for (const { key, count, firstAt, lastAt, firstRelease, lastRelease, users } of found) {
      const ofMonth: Figures = {
        count,
        firstSeenAt: firstAt,
        lastSeenAt: lastAt,
        firstRelease,
        lastRelease,
        users: toHex(users),
      }
      const before = figures.get(key)
      figures.set(key, before ? addFigures(before, ofMonth) : ofMonth)
    }
  }
  return figures
}
