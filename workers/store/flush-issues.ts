import { fromHex, toHex } from '#domain/identifier.ts'
import { addToSketch, countUsers, EMPTY_SKETCH, mergeSketches } from '#domain/issue/user-sketch.ts'
import type { IssueDelta } from './pack-application.ts'

/** Issues in one statement: their sketches (260 bytes, in hex) must fit the bound 2 MB parameter. */
const ISSUES_MAX = 1000

/** A delta whose users are counted together with those the database has. */
export interface FoldedDelta extends Omit<IssueDelta, 'users' | 'userSketch'> {
  id: number
  userSketch: string
  userCount: number
}

/**
 * Adds a month's pending counts to the issues. Numbered: D1 takes each number of a store once, so a
 * flush that was cut off is simply sent again. One row per issue and its list index, none for a
 * repeat.
 */
export async function flushIssues(
  db: D1Database,
  store: string,
  number: number,
  deltas: Record<string, IssueDelta>,
): Promise<void> {
  const ids = Object.keys(deltas).map(Number)
  if (ids.length === 0) return
  const statements: D1PreparedStatement[] = []
  for (let start = 0; start < ids.length; start += ISSUES_MAX) {
    const some = ids.slice(start, start + ISSUES_MAX)
    const rows = await withSketches(db, some, deltas)
    statements.push(
      db
        .prepare(
          `UPDATE issue SET
             count = issue.count + v.count,
             first_seen_at = min(issue.first_seen_at, v.first_seen_at),
             last_seen_at = max(issue.last_seen_at, v.last_seen_at),
             last_release = coalesce(v.last_release, issue.last_release),
             user_sketch = unhex(v.user_sketch),
             user_count = v.user_count
           FROM (SELECT value->>'id' AS id, value->>'count' AS count,
                        value->>'firstSeenAt' AS first_seen_at, value->>'lastSeenAt' AS last_seen_at,
                        value->>'lastRelease' AS last_release, value->>'userSketch' AS user_sketch,
                        value->>'userCount' AS user_count
                 FROM json_each(?1)) AS v
           WHERE issue.id = v.id
             AND NOT EXISTS (SELECT 1 FROM issue_flush WHERE store = ?2 AND flush >= ?3)`,
        )
        .bind(JSON.stringify(rows), store, number),
    )
  }
  statements.push(
    db
      .prepare(
        `INSERT INTO issue_flush(store, flush) VALUES(?1, ?2)
         ON CONFLICT DO UPDATE SET flush = excluded.flush WHERE excluded.flush > flush`,
      )
      .bind(store, number),
  )
  await db.batch(statements)
}

/** Each delta with the users it makes of those the database knows: what the issue's row will say. */
export async function withSketches(
  db: D1Database,
  ids: number[],
  deltas: Record<string, IssueDelta>,
): Promise<FoldedDelta[]> {
  const { results } = await db
    .prepare(
      'SELECT id, hex(user_sketch) AS sketch FROM issue WHERE id IN (SELECT value FROM json_each(?))',
    )
    .bind(JSON.stringify(ids))
    .all<{ id: number; sketch: string }>()
  return results.map(({ id, sketch }) => {
    const { users, userSketch, ...delta } = deltas[id]!
    const known = addToSketch(sketch ? fromHex(sketch) : EMPTY_SKETCH, users)
    const merged = userSketch ? mergeSketches(known, fromHex(userSketch)) : known
    return { id, ...delta, userSketch: toHex(merged), userCount: countUsers(merged) }
  })
}
