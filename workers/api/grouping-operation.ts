import { type Context, Hono } from 'hono'

import {
  findOperation,
  hasLaterRegrouping,
  listOperations,
  type OperationRow,
} from '#store/grouping-operation.ts'
import { monthsOf, type RegroupJob, saveJob } from '#store/regroup-job.ts'
import { undoMoves } from '#store/undo-moves.ts'
import type { ApiEnv } from './api-env.ts'
import { changeProject } from './change-project.ts'
import { isoDate } from './date.ts'
import { operationOf } from './issue-merge.ts'
import { ApiError } from './on-error.ts'
import { parseIds } from './query.ts'
import { readProjectOptions } from './read-project-options.ts'
import { requireScope } from './scope.ts'

/** Operations in one answer. */
const OPERATIONS_MAX = 100

/** Below a project: what was merged, unmerged and regrouped, how far it is, and taking it back. */
export const groupingOperationRoutes = new Hono<ApiEnv>()
  .get('/grouping/operations', requireScope('event:read'), async (c) => {
    const { stores, project } = c.var
    const rows = await listOperations(stores, project.id, OPERATIONS_MAX)
    return c.json(rows.map(showOperation))
  })
  .get('/grouping/operations/:operation', requireScope('event:read'), async (c) =>
    c.json(showOperation(await findNamed(c))),
  )
  .post('/grouping/operations/:operation/undo', requireScope('event:write'), async (c) => {
    const { stores, caller, now } = c.var
    const operation = await findNamed(c)
    const { job } = operation.data
    if (operation.state !== 'done' && !(job && operation.state === 'failed')) {
      throw new ApiError('conflict', `This operation is ${operation.state}.`)
    }
    if (job) return undoRegroup(c, operation, job)
    const moved = await undoMoves(stores, operation, { userId: caller.user.id, now })
    return c.json({ operationId: operationOf(moved) }, 202)
  })

async function findNamed(c: Context<ApiEnv>): Promise<OperationRow> {
  const [id = 0] = parseIds('id', [c.req.param('operation') ?? ''])
  const operation = await findOperation(c.var.stores, c.var.project.id, id)
  if (!operation || operation.state === 'draft') throw new ApiError('not_found')
  return operation
}

/** Sets the rules back, unless they were changed since, and lets history follow in the background. */
async function undoRegroup(c: Context<ApiEnv>, operation: OperationRow, job: RegroupJob) {
  const { stores, project, membership } = c.var
  const { id } = operation
  if (!membership.scopes.has('project:write')) {
    throw new ApiError('forbidden', 'To undo a regrouping needs the scope project:write.')
  }
  if (await hasLaterRegrouping(stores, project.id, id)) {
    throw new ApiError('conflict', 'A later regrouping is to be undone first.')
  }
  if (job.before && job.config && isInForce(c, job)) {
    await changeProject(c, {
      groupingConfig: job.before.id,
      groupingEnhancements: job.before.enhancements,
      fingerprintingRules: job.before.fingerprinting,
    })
  }
  const scan = { months: monthsOf(job), before: null }
  const back: RegroupJob = { ...job, phase: 'unmove', scan, error: null }
  const isStarted = await saveJob(stores, { ...operation, state: 'undoing' }, back)
  if (!isStarted) throw new ApiError('conflict', 'This operation has just been changed.')
  const step = job.step + 1
  const place = { projectId: project.id, operationId: id }
  await c.env.PACKS.send({ version: 1, kind: 'regroup', ...place, step })
  return c.json({ operationId: String(id) }, 202)
}

function isInForce({ var: { project } }: Context<ApiEnv>, { config }: RegroupJob): boolean {
  const now = readProjectOptions(project).grouping
  return (
    now.id === config?.id &&
    now.enhancements === config.enhancements &&
    now.fingerprinting === config.fingerprinting
  )
}

function showOperation({ id, kind, state, createdAt, data }: OperationRow) {
  const { title, moves, undoes, job } = data
  return {
    id: String(id),
    kind,
    state,
    title,
    hashes: moves.length,
    undoes: undoes === undefined ? null : String(undoes),
    dateCreated: isoDate(createdAt),
    progress: job ? showProgress(job) : null,
  }
}

/** How far a regrouping is: the phase, and what of it is done. */
function showProgress({ phase, rows, events, groups, partIds, error }: RegroupJob) {
  return { phase, rows, events, groups: groups.length, parts: partIds.length, error }
}
