import type { Context } from 'hono'

import type { IssueChange, StatusDetails } from '#contract/issue.ts'
import {
  changeStatus,
  type ResolvedDetails,
  type StatusChange,
  type StatusWish,
  statusActivity,
} from '#domain/issue/status-change.ts'
import { type ActorRow, listActors } from '#store/actor.ts'
import type { IssueRow } from '#store/issue.ts'
import {
  changeIssues,
  findNewestRelease,
  type IssueColumns,
  type NewActivity,
} from '#store/issue-change.ts'
import { findActors, showActor } from './actor.ts'
import type { ApiEnv } from './api-env.ts'
import { type MergeAnswer, mergeIssues } from './issue-merge.ts'
import { ApiError } from './on-error.ts'
import { readObject } from './read-object.ts'

/** What was changed, as the bulk answer tells it (spec/web-api.md §1.9). */
export interface AppliedChange {
  status?: string
  statusDetails?: Record<string, unknown>
  substatus?: string | null
  assignedTo?: ReturnType<typeof showActor> | null
  priority?: string
  merge?: MergeAnswer
}

/** The statuses a body may name, and those they mean. */
const STATUS = {
  unresolved: 'unresolved',
  resolved: 'resolved',
  resolvedInNextRelease: 'resolved',
  ignored: 'ignored',
  muted: 'ignored',
} as const

/** What we would have to do and do not yet: refused by name, never half done. */
const REFUSED = ['isPublic']

/** Applies a body to issues the caller may change; issues that are so already are left alone. */
export async function applyChange(
  c: Context<ApiEnv>,
  issues: IssueRow[],
  body: IssueChange,
): Promise<AppliedChange> {
  const refused = REFUSED.find((name) => body[name])
  if (refused) throw new ApiError('invalid', { [refused]: ['This server does not support it.'] })
  const status = body.status && (await statusChange(c, issues, body.status, body))
  const assignee =
    body.assignedTo === undefined ? undefined : await findAssignee(c, body.assignedTo)
  const applied: AppliedChange = {}
  if (status) {
    const { substatus, details } = status
    Object.assign(applied, { status: status.status, substatus, statusDetails: details })
    const changed = issues.filter((issue) => !hasStatus(issue, status))
    await save(c, changed, statusColumns(status), statusActivity(status))
  }
  if (assignee !== undefined) {
    applied.assignedTo = assignee && showActor(assignee)
    const changed = issues.filter((issue) => issue.assignee !== (assignee?.key ?? null))
    await save(c, changed, { assignee: assignee?.key ?? null }, assigneeActivity(assignee))
  }
  if (body.priority) {
    const { priority } = body
    applied.priority = priority
    const changed = issues.filter((issue) => issue.priority !== priority)
    await save(c, changed, { priority }, { type: 'set_priority', data: { priority } })
  }
  if (body.merge) applied.merge = await mergeIssues(c, issues)
  return applied
}

async function save(
  c: Context<ApiEnv>,
  issues: IssueRow[],
  columns: IssueColumns,
  activity: NewActivity,
): Promise<void> {
  const { stores, caller, now } = c.var
  const ids = issues.map(({ id }) => id)
  await changeIssues(stores, ids, columns, { userId: caller.user.id, activity, now })
}

async function statusChange(
  c: Context<ApiEnv>,
  issues: IssueRow[],
  status: keyof typeof STATUS,
  body: IssueChange,
): Promise<StatusChange> {
  const isNextRelease = status === 'resolvedInNextRelease'
  const details: StatusDetails = { ...body, ...body.statusDetails }
  const wish: StatusWish = {
    ...details,
    status: STATUS[status],
    substatus: body.substatus,
  }
  if (wish.status === 'resolved') {
    const inNextRelease = isNextRelease || details.inNextRelease
    wish.resolved = await resolvedDetails(c, issues, { ...details, inNextRelease })
  }
  return changeStatus(wish, c.var.now)
}

/** Releases have no rows of their own yet: known is what events of the project have named. */
async function resolvedDetails(
  c: Context<ApiEnv>,
  issues: IssueRow[],
  { inNextRelease, inRelease, inCommit }: StatusDetails,
): Promise<ResolvedDetails> {
  if (inCommit) return { inCommit }
  if (!inNextRelease && !inRelease) return {}
  const [projectId, ...others] = new Set(issues.map((issue) => issue.projectId))
  if (others.length > 0) {
    const what = inNextRelease ? 'in next release' : 'in release'
    throw new ApiError('invalid', `Cannot set resolved ${what} for multiple projects.`)
  }
  const newest = projectId === undefined ? null : await findNewestRelease(c.var.stores, projectId)
  const known = newest ?? issues[0]?.lastRelease ?? issues[0]?.firstRelease ?? null
  if (inNextRelease) {
    if (known) return { inNextRelease: true }
    throw new ApiError(
      'invalid',
      "No release data present in the system to form a basis for 'Next Release'.",
    )
  }
  if (inRelease && inRelease !== 'latest') return { inRelease }
  if (known) return { inRelease: known }
  throw new ApiError('invalid', 'Unable to find a release with the given version.')
}

async function findAssignee(c: Context<ApiEnv>, name: string | null): Promise<ActorRow | null> {
  if (name === null || name === '') return null
  const { stores, membership, caller } = c.var
  const actors = await listActors(stores, membership.organization.id)
  const [actor] = findActors(actors, name, caller.user.id)
  if (!actor) throw new ApiError('invalid', { assignedTo: ['Unknown actor input'] })
  return actor
}

function hasStatus(issue: IssueRow, { status, substatus, details }: StatusChange): boolean {
  return (
    issue.status === status &&
    issue.substatus === substatus &&
    JSON.stringify(readObject(issue.statusDetails)) === JSON.stringify(details)
  )
}

function statusColumns({ status, substatus, details }: StatusChange): IssueColumns {
  return { status, substatus, statusDetails: JSON.stringify(details) }
}

function assigneeActivity(assignee: ActorRow | null): NewActivity {
  if (!assignee) return { type: 'unassigned', data: {} }
  const { type, id, name, handle } = assignee
  const data = { assignee: String(id), assigneeType: type, assigneeName: name }
  return { type: 'assigned', data: type === 'user' ? { ...data, assigneeEmail: handle } : data }
}
