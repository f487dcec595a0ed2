/**
 * From grouping hashes to issues: find them, or make them, without ever making two for one hash.
 *
 * D1 has no interactive transaction, but a batch is one. A new issue's id is made here; the hash row
 * is inserted first and only its winner's issue row follows, so two packs that meet the same new
 * error at once end with one issue. A batch that is repeated after a crash finds the hash and makes
 * nothing.
 */
import { makeIssueId } from '#domain/issue/issue-id.ts'

/** What a new issue would look like, from the first event that has its hash. */
export interface IssueCandidate {
  hash: string
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
 * The issue of each hash. New ones are made; resolved ones that happen again are reopened as
 * regressed. Candidates have distinct hashes. `now` is Unix ms.
 */
export async function assignIssues(
  db: D1Database,
  projectId: number,
  candidates: IssueCandidate[],
  now: number,
): Promise<Map<string, number>> {
  if (candidates.length === 0) return new Map()
  const hashes = candidates.map(({ hash }) => hash)
  let assigned = await findIssues(db, projectId, hashes)
  const known = new Set(assigned.map(({ hash }) => hash))
  const missing = candidates.filter(({ hash }) => !known.has(hash))
  if (missing.length > 0) {
    await createIssues(db, projectId, missing, now)
    assigned = await findIssues(db, projectId, hashes)
  }
  const resolved = assigned.filter(({ status }) => status === 'resolved')
  if (resolved.length > 0) await reopenIssues(db, resolved, now)
  return new Map(assigned.map(({ hash, issueId }) => [hash, issueId]))
}

async function findIssues(
  db: D1Database,
  projectId: number,
  hashes: string[],
): Promise<Assigned[]> {
  const { results } = await db
    .prepare(
      `SELECT hash, issue_id AS issueId, issue.status FROM issue_hash
       JOIN issue ON issue.id = issue_id
       WHERE issue_hash.project_id = ?1 AND hash IN (SELECT value FROM json_each(?2))`,
    )
    .bind(projectId, JSON.stringify(hashes))
    .all<Assigned>()
  return results
}

async function createIssues(
  db: D1Database,
  projectId: number,
  candidates: IssueCandidate[],
  now: number,
): Promise<void> {
  const random = crypto.getRandomValues(new Uint16Array(1))[0]!
  const rows = candidates.map((candidate, index) => ({
    ...candidate,
    id: makeIssueId(now, random + index),
    metadata: JSON.stringify(candidate.metadata),
  }))
  const json = JSON.stringify(rows)
  await db.batch([
    db
      .prepare(
        `INSERT INTO issue_hash(project_id, hash, issue_id)
         SELECT ?1, value->>'hash', value->>'id' FROM json_each(?2) WHERE true
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
           AND hash = value->>'hash' AND issue_id = value->>'id')`,
      )
      .bind(projectId, json),
    db
      .prepare('UPDATE project SET first_event_at = ?2 WHERE id = ?1 AND first_event_at IS NULL')
      .bind(projectId, now),
  ])
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
