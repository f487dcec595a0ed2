/**
 * From grouping hashes to issues: find them, or make them, without ever making two for one hash.
 *
 * An event has several hashes (domain/grouping); the first that has an issue decides, and the others
 * then lead there too. D1 has no interactive transaction, but a batch is one. A new issue's id is
 * made here; the row of its primary hash is inserted first and only its winner's issue row follows,
 * so two packs that meet the same new error at once end with one issue. A batch that is repeated
 * after a crash finds the hash and makes nothing. An issue may be merged away meanwhile: so hashes are
 * linked to where the decisive hash leads when they are, not to where it led when we looked.
 */
import type { IssueDescription } from '#domain/issue/describe-issue.ts'
import { makeIssueId } from '#domain/issue/issue-id.ts'
import { DISCARDED } from './issue.ts'
import { HASHES_MAX, LISTED_HASH } from './stream.ts'

/** What a new issue would look like, from the first event that has its primary hash. */
export interface IssueCandidate extends IssueDescription {
  hashes: [primary: string, ...others: string[]]
  /** Hashes of the version the project grouped by before: they find an issue, and make none. */
  formerHashes: string[]
  firstSeenAt: number
  release: string | null
}

/** A hash that is to lead where `via` leads. */
interface NewHash {
  hash: string
  via: string
}

/**
 * Issues made in one batch. What is said of one (a value of 1,024 characters, a title, a file, a
 * function) takes up to 14 KB when hostile text is escaped twice, and a bound value holds 2 MB.
 */
const NEW_ISSUES_MAX = 100

interface Assigned {
  hash: string
  issueId: number
  status: string
  /** False when the issue's list of hashes should name it and does not. */
  isListed: number
}

/** An issue, or null where people have discarded what has this hash. */
export type Assignment = number | null

/**
 * Where each candidate belongs, by primary hash. New issues are made; resolved ones that happen again
 * are reopened as regressed. Candidates have distinct primary hashes. `now` is Unix ms.
 */
export async function assignIssues(
  db: D1Database,
  projectId: number,
  candidates: IssueCandidate[],
  now: number,
): Promise<Map<string, Assignment>> {
  if (candidates.length === 0) return new Map()
  let known = await findIssues(db, projectId, candidates)
  const { newIssues, newHashes } = planAssignments(candidates, known)
  const random = crypto.getRandomValues(new Uint16Array(1))[0]!
  for (let made = 0; made < newIssues.length; made += NEW_ISSUES_MAX) {
    const some = newIssues.slice(made, made + NEW_ISSUES_MAX)
    await createIssues(db, projectId, some, (index) => makeIssueId(now, random + made + index), now)
  }
  if (newHashes.length > 0) await linkHashes(db, projectId, newHashes)
  if (newIssues.length + newHashes.length > 0) {
    known = await findIssues(db, projectId, candidates)
  }
  const assigned = candidates.flatMap((candidate) => known.get(candidate.hashes[0]) ?? [])
  const resolved = assigned.filter(({ status }) => status === 'resolved')
  if (resolved.length > 0) await reopenIssues(db, projectId, resolved, now)
  return new Map(
    assigned.map(({ hash, issueId, status }) => [hash, status === DISCARDED ? null : issueId]),
  )
}

/** Who needs a new issue, and which hashes are to lead to one that is there. */
function planAssignments(
  candidates: IssueCandidate[],
  known: Map<string, Assigned>,
): { newIssues: IssueCandidate[]; newHashes: NewHash[] } {
  const newIssues: IssueCandidate[] = []
  const newHashes: NewHash[] = []
  const planned = new Map<string, IssueCandidate>()
  for (const candidate of candidates) {
    const { hashes, formerHashes } = candidate
    const via = [...hashes, ...formerHashes].find((hash) => known.has(hash))
    if (via !== undefined) {
      const missing = hashes.filter((hash) => !known.get(hash)?.isListed)
      newHashes.push(...missing.map((hash) => ({ hash, via })))
      continue
    }
    // An issue that this very pack makes may be this one's too.
    const decisive = candidate.hashes.find((hash) => planned.has(hash))
    const issue = decisive === undefined ? undefined : planned.get(decisive)
    if (issue) issue.hashes.push(...candidate.hashes.filter((hash) => !planned.has(hash)))
    else newIssues.push({ ...candidate, hashes: [...candidate.hashes] })
    const owner = issue ?? newIssues.at(-1)!
    for (const hash of candidate.hashes) if (!planned.has(hash)) planned.set(hash, owner)
  }
  return { newIssues, newHashes }
}

async function findIssues(
  db: D1Database,
  projectId: number,
  candidates: IssueCandidate[],
): Promise<Map<string, Assigned>> {
  const hashes = candidates.flatMap((candidate) => [...candidate.hashes, ...candidate.formerHashes])
  const { results } = await db
    .prepare(
      `SELECT hash, issue_id AS issueId, issue.status,
         instr(issue.hashes, hash) > 0 OR json_array_length(issue.hashes) >= ${HASHES_MAX} AS isListed
       FROM issue_hash
       JOIN issue ON issue.id = issue_id
       WHERE issue_hash.project_id = ?1 AND hash IN (SELECT value FROM json_each(?2))`,
    )
    .bind(projectId, JSON.stringify([...new Set(hashes)]))
    .all<Assigned>()
  return new Map(results.map((assigned) => [assigned.hash, assigned]))
}

async function createIssues(
  db: D1Database,
  projectId: number,
  candidates: IssueCandidate[],
  makeId: (index: number) => number,
  now: number,
): Promise<void> {
  const rows = candidates.map(({ hashes, formerHashes: _, ...candidate }, index) => ({
    ...candidate,
    primary: hashes[0],
    others: hashes.slice(1),
    id: makeId(index),
    metadata: JSON.stringify(candidate.metadata),
  }))
  const json = JSON.stringify(rows)
  await db.batch([
    db
      .prepare(
        `INSERT INTO issue_hash(project_id, hash, issue_id, first_release)
         SELECT ?1, value->>'primary', value->>'id', value->>'release' FROM json_each(?2) WHERE true
         ${TAKE_FREE}`,
      )
      .bind(projectId, json),
    db
      .prepare(
        `INSERT INTO issue_hash(project_id, hash, issue_id)
         SELECT ?1, other.value, made.value->>'id'
         FROM json_each(?2) AS made, json_each(made.value->'others') AS other
         WHERE ${HAS_WON}
         ${TAKE_FREE}`,
      )
      .bind(projectId, json),
    db
      .prepare(
        `INSERT INTO issue(id, project_id, short_number, title, culprit, location, logger, level,
           type, platform, metadata, is_unhandled, first_seen_at, last_seen_at, first_release, hashes)
         SELECT made.value->>'id', ?1,
           (SELECT coalesce(max(short_number), 0) FROM issue WHERE project_id = ?1) + key + 1,
           made.value->>'title', made.value->>'culprit', made.value->>'location',
           made.value->>'logger', made.value->>'level', made.value->>'type',
           made.value->>'platform', made.value->>'metadata', made.value->>'isUnhandled',
           made.value->>'firstSeenAt', made.value->>'firstSeenAt', made.value->>'release',
           (SELECT json_group_array(${LISTED_HASH}) FROM issue_hash
            WHERE project_id = ?1 AND issue_id = made.value->>'id' AND (hash = made.value->>'primary'
              OR hash IN (SELECT value FROM json_each(made.value->'others'))))
         FROM json_each(?2) AS made
         WHERE ${HAS_WON}`,
      )
      .bind(projectId, json),
    db
      .prepare('UPDATE project SET first_event_at = ?2 WHERE id = ?1 AND first_event_at IS NULL')
      .bind(projectId, now),
  ])
}

/** The primary hash leads to the issue that is made here, not to one of another pack. */
const HAS_WON = `EXISTS (SELECT 1 FROM issue_hash WHERE project_id = ?1
  AND hash = made.value->>'primary' AND issue_id = made.value->>'id')`

/** A hash that has an issue keeps it; one whose issue was deleted is taken over. */
const TAKE_FREE = `ON CONFLICT DO UPDATE SET issue_id = excluded.issue_id,
  first_release = excluded.first_release
  WHERE NOT EXISTS (SELECT 1 FROM issue WHERE id = issue_hash.issue_id)`

/** Lets more hashes lead to issues that are there, and puts them on the issues' lists. */
async function linkHashes(db: D1Database, projectId: number, hashes: NewHash[]): Promise<void> {
  const json = JSON.stringify(hashes)
  await db.batch([
    db
      .prepare(
        `INSERT INTO issue_hash(project_id, hash, issue_id)
         SELECT ?1, value->>'hash', via.issue_id FROM json_each(?2)
         JOIN issue_hash AS via ON via.project_id = ?1 AND via.hash = value->>'via'
         JOIN issue ON issue.id = via.issue_id
         WHERE true
         ${TAKE_FREE}`,
      )
      .bind(projectId, json),
    db
      .prepare(
        `WITH linked AS (
           SELECT issue_id, ${LISTED_HASH} AS entry FROM json_each(?2)
           JOIN issue_hash ON project_id = ?1 AND hash = value->>'hash')
         UPDATE issue SET hashes = (SELECT json_group_array(entry) FROM (
           SELECT value AS entry FROM json_each(issue.hashes) UNION
           SELECT entry FROM linked WHERE issue_id = issue.id LIMIT ${HASHES_MAX}))
         WHERE id IN (SELECT issue_id FROM linked)`,
      )
      .bind(projectId, json),
  ])
}

async function reopenIssues(
  db: D1Database,
  projectId: number,
  issues: Assigned[],
  now: number,
): Promise<void> {
  const hashes = JSON.stringify(issues.map(({ hash }) => hash))
  await db.batch([
    // The activity first: it is written only for those that are still resolved.
    db
      .prepare(
        `INSERT INTO activity(issue_id, type, created_at)
         SELECT id, 'set_regression', ?3 FROM issue
         WHERE id IN (${ISSUES_OF_HASHES}) AND status = 'resolved'`,
      )
      .bind(hashes, projectId, now),
    db
      .prepare(
        `UPDATE issue SET status = 'unresolved', substatus = 'regressed', status_details = '{}'
         WHERE id IN (${ISSUES_OF_HASHES}) AND status = 'resolved'`,
      )
      .bind(hashes, projectId),
  ])
}

/** Where the hashes of ?1 lead by now. */
const ISSUES_OF_HASHES = `SELECT issue_id FROM issue_hash
  WHERE project_id = ?2 AND hash IN (SELECT value FROM json_each(?1))`
