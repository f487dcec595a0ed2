import { type Context, Hono } from 'hono'

import type { IssueRow } from '#store/issue.ts'
import { deleteIssues } from '#store/issue-change.ts'
import { discard, findTombstone, listTombstones } from '#store/tombstone.ts'
import type { ApiEnv } from './api-env.ts'
import { isoDate } from './date.ts'
import { ApiError } from './on-error.ts'
import { parseIds } from './query.ts'
import { readObject } from './read-object.ts'
import { requireScope } from './scope.ts'

/** Tombstones in one answer, those seen last first. */
const TOMBSTONES_MAX = 100

/** Deletes issues and filters their errors from now on; who may delete may do this. */
export async function discardIssues(c: Context<ApiEnv>, issues: IssueRow[]): Promise<void> {
  const { stores, membership } = c.var
  if (!membership.scopes.has('event:admin')) {
    throw new ApiError('forbidden', 'To discard an issue needs the scope event:admin.')
  }
  await discard(
    stores,
    issues.map(({ id }) => id),
  )
}

/** Below a project: what people wanted no more of; without its tombstone an error comes back. */
export const tombstoneRoutes = new Hono<ApiEnv>()
  .get('/tombstones', requireScope('project:read'), async (c) => {
    const rows = await listTombstones(c.var.stores, c.var.project.id, TOMBSTONES_MAX)
    return c.json(
      rows.map(({ id, title, culprit, level, type, metadata, lastSeenAt }) => ({
        id: String(id),
        message: title,
        culprit,
        level,
        type,
        metadata: readObject(metadata),
        actor: null,
        dateAdded: isoDate(lastSeenAt),
      })),
    )
  })
  .delete('/tombstones/:tombstone', requireScope('project:write'), async (c) => {
    const { stores, project, now } = c.var
    const [id = 0] = parseIds('id', [c.req.param('tombstone')])
    if (!(await findTombstone(stores, project.id, id))) throw new ApiError('not_found')
    await deleteIssues(stores, [id], now)
    return c.body(null, 204)
  })
