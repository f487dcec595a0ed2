import { Hono } from 'hono'

import { findOperation, listOperations, type OperationRow } from '#store/grouping-operation.ts'
import { undoMoves } from '#store/undo-moves.ts'
import type { ApiEnv } from './api-env.ts'
import { isoDate } from './date.ts'
import { operationOf } from './issue-merge.ts'
import { ApiError } from './on-error.ts'
import { parseIds } from './query.ts'
import { requireScope } from './scope.ts'

/** Operations in one answer. */
const OPERATIONS_MAX = 100

/** Below a project: what was merged, unmerged and regrouped, and taking it back. */
export const groupingOperationRoutes = new Hono<ApiEnv>()
  .get('/grouping/operations', requireScope('event:read'), async (c) => {
    const { stores, project } = c.var
    const rows = await listOperations(stores, project.id, OPERATIONS_MAX)
    return c.json(rows.map(showOperation))
  })
  .post('/grouping/operations/:operation/undo', requireScope('event:write'), async (c) => {
    const { stores, project, caller, now } = c.var
    const [id = 0] = parseIds('id', [c.req.param('operation')])
    const operation = await findOperation(stores, project.id, id)
    if (!operation) throw new ApiError('not_found')
    if (operation.state !== 'done') {
      throw new ApiError('conflict', `This operation is ${operation.state}.`)
    }
    const moved = await undoMoves(stores, operation, { userId: caller.user.id, now })
    return c.json({ operationId: operationOf(moved) }, 202)
  })

function showOperation({ id, kind, state, createdAt, data }: OperationRow) {
  const { title, moves, undoes } = data
  return {
    id: String(id),
    kind,
    state,
    title,
    hashes: moves.length,
    undoes: undoes === undefined ? null : String(undoes),
    dateCreated: isoDate(createdAt),
  }
}
