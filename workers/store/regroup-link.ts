/** Carries out parts of a regrouping's plan on the issues, and takes them back. */

import { describeEventOf } from './describe-event-of.ts'
import { findOperation } from './grouping-operation.ts'
import { findIssues } from './issue.ts'
import { type HashMove, type MoveRefusal, moveHashes } from './move-hashes.ts'
import type { NewIssue } from './new-issue.ts'
import type { JobGroup, RegroupJob } from './regroup-job.ts'
import type { Stores } from './stores.ts'
import { hashList } from './stream.ts'
import { undoMoves } from './undo-moves.ts'

/** Groups of a plan that are carried out in one batch. */
export const GROUPS_PER_PART = 25

interface Part {
  projectId: number
  operationId: number
  userId: number | null
  now: number
}

/** Joins the issues of some groups and leads new hashes there. Null when it is done, or was before. */
export async function linkPart(
  stores: Stores,
  part: Part,
  groups: JobGroup[],
  job: RegroupJob,
): Promise<MoveRefusal | null> {
  const { projectId, operationId, userId, now } = part
  if (await findOperation(stores, projectId, operationId)) return null
  const newIssues: NewIssue[] = []
  for (const group of groups.filter(({ isNew }) => isNew)) {
    newIssues.push(await describeEventOf(stores, projectId, group, { config: job.config, now }))
  }
  const wanted = groups.flatMap(({ newHashes, target }) =>
    newHashes.map((hash) => ({ hash, issueId: target })),
  )
  const moves = [
    ...(await mergeMoves(stores, projectId, groups)),
    ...(await takenMoves(stores, projectId, wanted)),
  ]
  const merges = Map.groupBy(moves, ({ to }) => to)
  const moved = await moveHashes(stores, {
    projectId,
    kind: 'regroup_part',
    operationId,
    moves,
    newIssues,
    newHashes: wanted,
    activity: [...merges].map(([issueId, into]) => ({
      issueId,
      type: 'merge',
      data: {
        issues: [...new Set(into.map(({ from }) => from))].map((id) => ({ id: String(id) })),
      },
    })),
    data: { title: '' },
    undoes: null,
    userId,
    now,
  })
  return 'refusal' in moved && moved.refusal !== 'nothing_to_move' ? moved.refusal : null
}

/** Every hash of the issues that become another. */
async function mergeMoves(
  stores: Stores,
  projectId: number,
  groups: JobGroup[],
): Promise<HashMove[]> {
  const targets = new Map(groups.flatMap(({ issues, target }) => issues.map((id) => [id, target])))
  const issues = await findIssues(stores, [projectId], [...targets.keys()])
  return issues.flatMap((issue) => {
    const to = targets.get(issue.id) ?? issue.id
    return to === issue.id ? [] : hashList(issue).map((hash) => ({ hash, from: issue.id, to }))
  })
}

/** A hash that came to be since the plan was made moves to where the plan wants it. */
async function takenMoves(
  stores: Stores,
  projectId: number,
  wanted: { hash: string; issueId: number }[],
): Promise<HashMove[]> {
  const { results } = await stores.sql
    .prepare(
      `SELECT value->>'hash' AS hash, issue_hash.issue_id AS "from", value->>'issueId' AS "to"
       FROM json_each(?2) JOIN issue_hash ON project_id = ?1 AND hash = value->>'hash'
       WHERE issue_hash.issue_id NOT IN (0, value->>'issueId')`,
    )
    .bind(projectId, JSON.stringify(wanted))
    .all<HashMove>()
  return results
}

/** Takes back what a part did. Null when it is done, or there was nothing. */
export async function unlinkPart(
  stores: Stores,
  { projectId, operationId, userId, now }: Part,
): Promise<MoveRefusal | null> {
  const operation = await findOperation(stores, projectId, operationId)
  if (operation?.state !== 'done') return null
  const moved = await undoMoves(stores, operation, { userId, now })
  return 'refusal' in moved && moved.refusal !== 'nothing_to_move' ? moved.refusal : null
}

/**
 * Issues that a regrouping made and that no event is left of lead back to where their events came from.
 * One that something has happened in since stays.
 */
export async function leaveNewIssues(
  stores: Stores,
  { projectId, userId, now }: Omit<Part, 'operationId'>,
  groups: JobGroup[],
): Promise<MoveRefusal | null> {
  const origins = new Map(
    groups.flatMap(({ isNew, target, from }) => (isNew && from !== null ? [[target, from]] : [])),
  )
  const made = await findIssues(stores, [projectId], [...origins.keys()])
  const origin = await findIssues(stores, [projectId], [...origins.values()])
  const isThere = new Set(origin.map(({ id }) => id))
  const moves = made
    .filter(({ count }) => count === 0)
    .flatMap((issue) => {
      const to = origins.get(issue.id) ?? issue.id
      if (!isThere.has(to)) return []
      return hashList(issue).map((hash) => ({ hash, from: issue.id, to }))
    })
  if (moves.length === 0) return null
  const moved = await moveHashes(stores, {
    projectId,
    kind: 'regroup_part',
    moves,
    newIssues: [],
    activity: [],
    data: { title: '' },
    undoes: null,
    userId,
    now,
  })
  return 'refusal' in moved && moved.refusal !== 'nothing_to_move' ? moved.refusal : null
}
