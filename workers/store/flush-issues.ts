/**
 * A month tells D1 what it has counted: for each hash, and for the issue the hash leads to by then.
 *
 * Flushes are numbered and D1 takes each number of a store once, so one that was cut off is simply
 * sent again. Users are counted by sketches, which are read, merged here and written back; between the
 * reading and the writing another month may flush or somebody may merge. So an attempt is taken only if
 * nothing it has read was changed, else it is made again from what is there now.
 */
import { addFigures, deltaFigures, type Figures, NO_FIGURES, userCount } from './hash-figures.ts'
import type { IssueDelta } from './pack-application.ts'

/** Hashes in one statement: two sketches each (260 bytes, in hex) must fit the bound 2 MB parameter. */
const HASHES_MAX = 1000
const ATTEMPTS_MAX = 5

/** A hash or an issue as it is now (`before`) and as the flush makes it. */
interface Flushed extends Figures {
  userCount: number
  countBefore: number | null
  issueId: number
}

/** A store's flush, and the one try at it that may be taken. */
type Attempt = [store: string, flush: number, attempt: string]

interface Plan {
  hashes: (Flushed & { hash: string })[]
  issues: Flushed[]
}

/** One row per hash, one per issue and its list index, none for a repeat. Throws when D1 fails. */
export async function flushIssues(
  db: D1Database,
  store: { name: string; projectId: number },
  number: number,
  deltas: Record<string, IssueDelta>,
): Promise<void> {
  const hashes = Object.keys(deltas)
  for (let start = 0; start < hashes.length; start += HASHES_MAX) {
    // The deltas of a flush are fixed, so its parts are too, and each is numbered by itself.
    const name = start === 0 ? store.name : `${store.name}/${start / HASHES_MAX}`
    const some = hashes.slice(start, start + HASHES_MAX).map((hash) => ({
      hash,
      ...deltaFigures(deltas[hash]!),
    }))
    await flushPart(db, { ...store, name }, number, some)
  }
}

async function flushPart(
  db: D1Database,
  { name, projectId }: { name: string; projectId: number },
  number: number,
  deltas: (Figures & { hash: string })[],
): Promise<void> {
  for (let tries = 0; tries < ATTEMPTS_MAX; tries += 1) {
    const plan = makePlan(await readFlushed(db, projectId, deltas), deltas)
    const flush: Attempt = [name, number, crypto.randomUUID()]
    const results = await db.batch<{ flush: number }>([
      takeAttempt(db, projectId, flush, plan),
      writeHashes(db, projectId, flush, plan),
      writeIssues(db, flush, plan),
      db.prepare('SELECT flush FROM issue_flush WHERE store = ?').bind(name),
    ])
    if ((results.at(-1)?.results[0]?.flush ?? 0) >= number) return
  }
  throw new Error(`flush ${number} of ${name} was overtaken ${ATTEMPTS_MAX} times`)
}

interface ReadHash {
  hash: string
  issueId: number
  hashCount: number | null
  hashUsers: string
  issueCount: number
  issueUsers: string
}

async function readFlushed(
  db: D1Database,
  projectId: number,
  deltas: { hash: string }[],
): Promise<ReadHash[]> {
  const { results } = await db
    .prepare(
      `SELECT asked.value AS hash, issue.id AS issueId, known.count AS hashCount,
         hex(known.user_sketch) AS hashUsers, issue.count AS issueCount,
         hex(issue.user_sketch) AS issueUsers
       FROM json_each(?2) AS asked
       LEFT JOIN issue_hash AS known ON known.project_id = ?1 AND known.hash = asked.value
       JOIN issue ON issue.id = ${LEADS_TO}`,
    )
    .bind(projectId, JSON.stringify(deltas.map(({ hash }) => hash)))
    .all<ReadHash>()
  return results
}

/** The issue a hash leads to; one of before there were streams names it itself (stream.ts). */
const LEADS_TO = `coalesce(known.issue_id,
  CASE WHEN asked.value LIKE '#%' THEN CAST(substr(asked.value, 2) AS INTEGER) END)`

function makePlan(known: ReadHash[], deltas: (Figures & { hash: string })[]): Plan {
  const byHash = new Map(known.map((row) => [row.hash, row]))
  const issues = new Map<number, Flushed>()
  const hashes: Plan['hashes'] = []
  for (const { hash, ...delta } of deltas) {
    const row = byHash.get(hash)
    if (!row) continue // its issue was deleted meanwhile
    const { issueId } = row
    const ofHash = addUserHex(row.hashUsers, delta)
    hashes.push({ ...ofHash, hash, issueId, countBefore: row.hashCount })
    const before = issues.get(issueId)
    const ofIssue = before ? addFigures(before, delta) : addUserHex(row.issueUsers, delta)
    const users = userCount(ofIssue)
    issues.set(issueId, { ...ofIssue, userCount: users, issueId, countBefore: row.issueCount })
  }
  return { hashes, issues: [...issues.values()] }
}

/** What is new, but for the users, which are all there are: the rest is added by the database. */
function addUserHex(known: string, delta: Figures): Figures & { userCount: number } {
  const figures = addFigures({ ...NO_FIGURES, users: known }, delta)
  return { ...figures, userCount: userCount(figures) }
}

function takeAttempt(
  db: D1Database,
  projectId: number,
  [store, number, attempt]: Attempt,
  { hashes, issues }: Plan,
): D1PreparedStatement {
  const hashesRead = hashes.map(({ hash, issueId, countBefore }) => [hash, issueId, countBefore])
  const issuesRead = issues.map(({ issueId, countBefore }) => [issueId, countBefore])
  return db
    .prepare(
      `INSERT INTO issue_flush(store, flush, attempt) SELECT ?1, ?2, ?3
       WHERE NOT EXISTS (
           SELECT 1 FROM json_each(?5) AS seen
           LEFT JOIN issue_hash AS known
             ON known.project_id = ?4 AND known.hash = seen.value->>0
           WHERE known.count IS NOT seen.value->>2
             OR coalesce(known.issue_id, seen.value->>1) IS NOT seen.value->>1)
         AND NOT EXISTS (
           SELECT 1 FROM json_each(?6) AS seen LEFT JOIN issue ON issue.id = seen.value->>0
           WHERE issue.count IS NOT seen.value->>1)
       ON CONFLICT DO UPDATE SET flush = excluded.flush, attempt = excluded.attempt
       WHERE excluded.flush > flush`,
    )
    .bind(store, number, attempt, projectId, JSON.stringify(hashesRead), JSON.stringify(issuesRead))
}

/** What JSON of `Flushed` is to SQL. */
const VALUES = `value->>'issueId' AS issue_id, value->>'hash' AS hash, value->>'count' AS count,
  value->>'firstSeenAt' AS first_seen_at, value->>'lastSeenAt' AS last_seen_at,
  value->>'lastRelease' AS last_release, value->>'users' AS users, value->>'userCount' AS user_count`

const TAKEN = 'EXISTS (SELECT 1 FROM issue_flush WHERE store = ? AND flush = ? AND attempt = ?)'

function writeHashes(
  db: D1Database,
  projectId: number,
  flush: Attempt,
  { hashes }: Plan,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE issue_hash SET
         count = issue_hash.count + v.count,
         first_seen_at = min(coalesce(issue_hash.first_seen_at, v.first_seen_at), v.first_seen_at),
         last_seen_at = max(coalesce(issue_hash.last_seen_at, v.last_seen_at), v.last_seen_at),
         last_release = coalesce(v.last_release, issue_hash.last_release),
         user_sketch = unhex(v.users)
       FROM (SELECT ${VALUES} FROM json_each(?)) AS v
       WHERE issue_hash.project_id = ? AND issue_hash.hash = v.hash AND ${TAKEN}`,
    )
    .bind(JSON.stringify(hashes), projectId, ...flush)
}

function writeIssues(db: D1Database, flush: Attempt, { issues }: Plan): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE issue SET
         count = issue.count + v.count,
         first_seen_at = min(issue.first_seen_at, v.first_seen_at),
         last_seen_at = max(issue.last_seen_at, v.last_seen_at),
         last_release = coalesce(v.last_release, issue.last_release),
         user_sketch = unhex(v.users),
         user_count = v.user_count
       FROM (SELECT ${VALUES} FROM json_each(?)) AS v
       WHERE issue.id = v.issue_id AND ${TAKEN}`,
    )
    .bind(JSON.stringify(issues), ...flush)
}
