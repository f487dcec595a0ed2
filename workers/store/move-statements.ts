import type { MovePlan, Regrouping } from './move-hashes.ts'
import type { MoveState } from './move-state.ts'

type Statement = D1PreparedStatement

/**
 * One batch: the operation is written if everything is as it was read, and all else only if it was.
 * The last statement answers a row when it was taken.
 */
export function moveStatements(
  db: D1Database,
  operationId: number,
  regrouping: Regrouping,
  state: MoveState,
  plan: MovePlan,
): Statement[] {
  const { projectId, undoes } = regrouping
  const taken = [projectId, operationId] as const
  const statements = [
    takeOperation(db, operationId, regrouping, state, plan),
    insertIssues(db, taken, regrouping),
    db
      .prepare(
        `INSERT INTO issue_hash(project_id, hash, issue_id, count, first_seen_at, last_seen_at,
           first_release, last_release, user_sketch)
         SELECT ?1, value->>'hash', value->>'issueId', value->>'count', value->>'firstSeenAt',
           value->>'lastSeenAt', value->>'firstRelease', value->>'lastRelease',
           unhex(value->>'users')
         FROM json_each(?3) WHERE ${TAKEN} ON CONFLICT DO NOTHING`,
      )
      .bind(...taken, JSON.stringify(plan.newHashes)),
    db
      .prepare(
        `UPDATE issue_hash SET issue_id = v.issue_id
         FROM (SELECT value->>'hash' AS hash, value->>'to' AS issue_id FROM json_each(?3)) AS v
         WHERE issue_hash.project_id = ?1 AND issue_hash.hash = v.hash AND ${TAKEN}`,
      )
      .bind(...taken, JSON.stringify(plan.moves)),
    updateIssues(db, taken, plan),
    db
      .prepare(
        `INSERT INTO activity(issue_id, type, user_id, data, created_at)
         SELECT value->>'issueId', value->>'type', ?3, value->'data', ?4 FROM json_each(?5)
         WHERE ${TAKEN}`,
      )
      .bind(...taken, regrouping.userId, regrouping.now, JSON.stringify(regrouping.activity)),
  ]
  if (undoes !== null) {
    statements.push(
      db
        .prepare(
          `UPDATE grouping_operation SET state = 'undone'
           WHERE project_id = ?1 AND id = ?3 AND ${TAKEN}`,
        )
        .bind(...taken, undoes),
    )
  }
  const answer = db.prepare(`SELECT 1 WHERE ${TAKEN}`).bind(...taken)
  return [...statements, answer]
}

const TAKEN = 'EXISTS (SELECT 1 FROM grouping_operation WHERE project_id = ?1 AND id = ?2)'

function takeOperation(
  db: D1Database,
  operationId: number,
  { projectId, kind, userId, data, undoes, now }: Regrouping,
  { issues, hashes, missing }: MoveState,
  { moves }: MovePlan,
): Statement {
  const known = hashes.map(({ hash, issueId, count }) => [hash, issueId, count])
  const hashesRead = [...known, ...missing.map((hash) => [hash, null, null])]
  const issuesRead = issues.map(({ id, count, status, hashes: list }) => [id, count, status, list])
  const details = { ...data, moves, ...(undoes !== null && { undoes }) }
  return db
    .prepare(
      `INSERT INTO grouping_operation(project_id, id, kind, state, user_id, data, created_at)
       SELECT ?1, ?2, ?3, 'done', ?4, ?5, ?6
       WHERE NOT EXISTS (
           SELECT 1 FROM json_each(?7) AS seen LEFT JOIN issue_hash AS known
             ON known.project_id = ?1 AND known.hash = seen.value->>0
           WHERE known.issue_id IS NOT seen.value->>1 OR known.count IS NOT seen.value->>2)
         AND NOT EXISTS (
           SELECT 1 FROM json_each(?8) AS seen JOIN issue ON issue.id = seen.value->>0
           WHERE issue.count IS NOT seen.value->>1 OR issue.status IS NOT seen.value->>2
             OR issue.hashes IS NOT seen.value->>3)`,
    )
    .bind(
      projectId,
      operationId,
      kind,
      userId,
      JSON.stringify(details),
      now,
      JSON.stringify(hashesRead),
      JSON.stringify(issuesRead),
    )
}

function insertIssues(
  db: D1Database,
  taken: readonly [number, number],
  { newIssues }: Regrouping,
): Statement {
  const rows = newIssues.map((issue) => ({ ...issue, metadata: JSON.stringify(issue.metadata) }))
  return db
    .prepare(
      `INSERT INTO issue(id, project_id, short_number, title, culprit, location, logger, level,
         type, platform, metadata, is_unhandled, status, substatus, first_seen_at, last_seen_at)
       SELECT value->>'id', ?1,
         (SELECT coalesce(max(short_number), 0) FROM issue WHERE project_id = ?1) + key + 1,
         value->>'title', value->>'culprit', value->>'location', value->>'logger',
         value->>'level', value->>'type', value->>'platform', value->>'metadata',
         value->>'isUnhandled', value->>'status', value->>'substatus', value->>'firstSeenAt',
         value->>'lastSeenAt'
       FROM json_each(?3) WHERE ${TAKEN}`,
    )
    .bind(...taken, JSON.stringify(rows))
}

function updateIssues(
  db: D1Database,
  taken: readonly [number, number],
  { issues }: MovePlan,
): Statement {
  return db
    .prepare(
      `UPDATE issue SET count = v.count, first_seen_at = v.first_seen_at,
         last_seen_at = v.last_seen_at, first_release = v.first_release,
         last_release = v.last_release, user_sketch = unhex(v.users), user_count = v.user_count,
         hashes = v.hashes, status = v.status, former_status = v.former_status,
         merged_into = v.merged_into
       FROM (SELECT value->>'id' AS id, value->>'count' AS count,
               value->>'firstSeenAt' AS first_seen_at, value->>'lastSeenAt' AS last_seen_at,
               value->>'firstRelease' AS first_release, value->>'lastRelease' AS last_release,
               value->>'users' AS users, value->>'userCount' AS user_count,
               value->>'hashes' AS hashes, value->>'status' AS status,
               value->>'formerStatus' AS former_status, value->>'mergedInto' AS merged_into
             FROM json_each(?3)) AS v
       WHERE issue.id = v.id AND ${TAKEN}`,
    )
    .bind(...taken, JSON.stringify(issues))
}
