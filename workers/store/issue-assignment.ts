/**
 * From grouping hashes to issues: find them, or make them, without ever making two for one hash.
 *
 * An event has several hashes (domain/grouping); the first that has an issue decides, and the others
 * then lead there too. D1 has no interactive transaction, but a batch is one. A new issue's id is
 * made here; the row of its primary hash is inserted first and only its winner's issue row follows,
 * so two packs that meet the same new error at once end with one issue. A batch that is repeated
 * after a crash finds the hash and makes nothing.
 */
import { makeIssueId } from '#domain/issue/issue-id.ts'

/** What a new issue would look like, from the first event that has its primary hash. */
export interface IssueCandidate {
  hashes: [primary: string, ...others: string[]]
  /** Hashes of the version the project grouped by before: they find an issue, and make none. */
  formerHashes: string[]
  title: string
  culprit: string
  location: string | null
  logger: string | null
  level: string
  type: string
  platform: string
  metadata: Record<string, unknown>
  isUnhandled: boolean
  firstSeenAt: number
  release: string | null
}

interface Assigned {
  hash: string
  issueId: number
  status: string
}

/**
 * The issue of each candidate, by primary hash. New ones are made; resolved ones that happen again
 * are reopened as regressed. Candidates have distinct primary hashes. `now` is Unix ms.
 */
export async function assignIssues(
  db: D1Database,
  projectId: number,
  candidates: IssueCandidate[],
  now: number,
): Promise<Map<string, number>> {
  if (candidates.length === 0) return new Map()
  let known = await findIssues(db, projectId, candidates)
  const { newIssues, newHashes } = planAssignments(candidates, known)
  if (newIssues.length > 0) await createIssues(db, projectId, newIssues, now)
  if (newHashes.length > 0) await linkHashes(db, projectId, newHashes)
  if (newIssues.length > 0) known = await findIssues(db, projectId, candidates)
  const assigned = candidates.flatMap((candidate) => {
    const found = findAssigned(candidate, known)
    return found ? [{ primary: candidate.hashes[0], ...found }] : []
  })
  const resolved = assigned.filter(({ status }) => status === 'resolved')
  if (resolved.length > 0) await reopenIssues(db, resolved, now)
  return new Map(assigned.map(({ primary, issueId }) => [primary, issueId]))
}

function findAssigned(
  { hashes, formerHashes }: IssueCandidate,
  known: Map<string, Assigned>,
): Assigned | undefined {
  const decisive = [...hashes, ...formerHashes].find((hash) => known.has(hash))
  return decisive === undefined ? undefined : known.get(decisive)
}

/** Who needs a new issue, and which hashes are to lead to one that is there. */
function planAssignments(
  candidates: IssueCandidate[],
  known: Map<string, Assigned>,
): { newIssues: IssueCandidate[]; newHashes: { hash: string; issueId: number }[] } {
  const newIssues: IssueCandidate[] = []
  const newHashes: { hash: string; issueId: number }[] = []
  const planned = new Map<string, IssueCandidate>()
  for (const candidate of candidates) {
    const found = findAssigned(candidate, known)
    if (found) {
      const { issueId } = found
      const missing = candidate.hashes.filter((hash) => !known.has(hash))
      newHashes.push(...missing.map((hash) => ({ hash, issueId })))
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
      `SELECT hash, issue_id AS issueId, issue.status FROM issue_hash
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
  now: number,
): Promise<void> {
  const random = crypto.getRandomValues(new Uint16Array(1))[0]!
  const rows = candidates.map(({ hashes, formerHashes: _, ...candidate }, index) => ({
    ...candidate,
    primary: hashes[0],
    others: hashes.slice(1),
    id: makeIssueId(now, random + index),
    metadata: JSON.stringify(candidate.metadata),
  }))
  const json = JSON.stringify(rows)
  await db.batch([
    db
      .prepare(
        `INSERT INTO issue_hash(project_id, hash, issue_id)
         SELECT ?1, value->>'primary', value->>'id' FROM json_each(?2) WHERE true
         ON CONFLICT DO NOTHING`,
      )
      .bind(projectId, json),
    db
      .prepare(
        `INSERT INTO issue(id, project_id, short_number, title, culprit, location, logger, level,
           type, platform, metadata, is_unhandled, first_seen_at, last_seen_at, first_release)
         SELECT value->>'id', ?1,
           (SELECT coalesce(max(short_number), 0) FROM issue WHERE project_id = ?1) + key + 1,
           value->>'title', value->>'culprit', value->>'location', value->>'logger',
           value->>'level', value->>'type', value->>'platform', value->>'metadata',
           value->>'isUnhandled', value->>'firstSeenAt', value->>'firstSeenAt', value->>'release'
         FROM json_each(?2)
         WHERE EXISTS (SELECT 1 FROM issue_hash WHERE project_id = ?1
           AND hash = value->>'primary' AND issue_id = value->>'id')`,
      )
      .bind(projectId, json),
    db
      .prepare(
        `INSERT INTO issue_hash(project_id, hash, issue_id)
         SELECT ?1, other.value, row.value->>'id'
         FROM json_each(?2) AS row, json_each(row.value->'others') AS other
         WHERE EXISTS (SELECT 1 FROM issue WHERE id = row.value->>'id')
         ON CONFLICT DO NOTHING`,
      )
      .bind(projectId, json),
    db
      .prepare('UPDATE project SET first_event_at = ?2 WHERE id = ?1 AND first_event_at IS NULL')
      .bind(projectId, now),
  ])
}

/** Lets more hashes lead to issues that are there. */
async function linkHashes(
  db: D1Database,
  projectId: number,
  hashes: { hash: string; issueId: number }[],
): Promise<void> {
  await db
    .prepare(
      `INSERT INTO issue_hash(project_id, hash, issue_id)
       SELECT ?1, value->>'hash', value->>'issueId' FROM json_each(?2) WHERE true
       ON CONFLICT DO NOTHING`,
    )
    .bind(projectId, JSON.stringify(hashes))
    .run()
}

async function reopenIssues(db: D1Database, issues: Assigned[], now: number): Promise<void> {
  const ids = JSON.stringify(issues.map(({ issueId }) => issueId))
  await db.batch([
    // The activity first: it is written only for those that are still resolved.
    db
      .prepare(
        `INSERT INTO activity(issue_id, type, created_at)
         SELECT id, 'set_regression', ?2 FROM issue
         WHERE id IN (SELECT value FROM json_each(?1)) AND status = 'resolved'`,
      )
      .bind(ids, now),
    db
      .prepare(
        `UPDATE issue SET status = 'unresolved', substatus = 'regressed', status_details = '{}'
         WHERE id IN (SELECT value FROM json_each(?1)) AND status = 'resolved'`,
      )
      .bind(ids),
  ])
}
