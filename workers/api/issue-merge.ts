import type { Context } from 'hono'

import { formatShortId } from '#domain/issue/short-id.ts'
import type { IssueRow } from '#store/issue.ts'
import { type Moved, moveHashes } from '#store/move-hashes.ts'
import { addPendingCounts } from '#store/pending-counts.ts'
import { findProjectById } from '#store/project.ts'
import { hashList } from '#store/stream.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'

/** What a merge answers; `operationId` undoes it (ours). */
export interface MergeAnswer {
  parent: string
  children: string[]
  operationId: string
}

/** Joins issues into the one with the most events, as Sentry does; its title and status stay. */
export async function mergeIssues(c: Context<ApiEnv>, issues: IssueRow[]): Promise<MergeAnswer> {
  const { stores, caller, now } = c.var
  const [projectId, ...others] = new Set(issues.map((issue) => issue.projectId))
  if (projectId === undefined || issues.length < 2) {
    throw new ApiError('invalid', { merge: ['Name at least two issues.'] })
  }
  if (others.length > 0) {
    throw new ApiError('invalid', { merge: ['Issues of several projects cannot be merged.'] })
  }
  const counted = await addPendingCounts(stores, issues, now)
  const [parent, ...children] = counted.sort((a, b) => b.count - a.count || b.id - a.id)
  const project = await findProjectById(stores, projectId)
  if (!parent || !project) throw new ApiError('not_found')
  const shortIdOf = (issue: IssueRow) => formatShortId(project.slug, issue.shortNumber)
  const named = children.map((child) => ({
    id: String(child.id),
    shortId: shortIdOf(child),
    title: child.title,
  }))
  const moved = await moveHashes(stores, {
    projectId,
    kind: 'merge',
    moves: children.flatMap((child) =>
      hashList(child).map((hash) => ({ hash, from: child.id, to: parent.id })),
    ),
    newIssues: [],
    activity: [{ issueId: parent.id, type: 'merge', data: { issues: named } }],
    data: { title: `${named.map(({ shortId }) => shortId).join(', ')} into ${shortIdOf(parent)}` },
    undoes: null,
    userId: caller.user.id,
    now,
  })
  const operationId = operationOf(moved)
  return { parent: String(parent.id), children: named.map(({ id }) => id), operationId }
}

/** The id of what was done, or the refusal in words. */
export function operationOf(moved: Moved): string {
  if ('operationId' in moved) return String(moved.operationId)
  switch (moved.refusal) {
    case 'nothing_to_move':
      throw new ApiError('conflict', 'Somebody else has moved these hashes meanwhile.')
    case 'too_many':
      throw new ApiError('invalid', 'An issue holds at most 1000 hashes.')
    case 'overtaken':
      throw new ApiError('conflict', 'These issues are being changed right now. Try again.')
  }
}
