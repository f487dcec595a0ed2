import { Hono } from 'hono'
import { explainGrouping } from '#domain/grouping/explain/explain-grouping.ts'
import { parseEventId } from '#domain/identifier.ts'
import { findEvent, readEvent } from '#store/event.ts'
import { loadGrouping } from '#store/grouping-config.ts'
import { findIssue } from '#store/issue.ts'
import { groupingHashes } from '#store/issue-hash.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { requireScope } from './scope.ts'

/** Below a project: why an event is in its issue, by the rules that are in force now. */
export const groupingInfoRoutes = new Hono<ApiEnv>().get(
  '/events/:event/grouping-info',
  requireScope('event:read'),
  async (c) => {
    const { stores, project, now } = c.var
    const eventId = parseEventId(c.req.param('event'))
    const row = eventId && (await findEvent(stores, project.id, eventId))
    if (!row) throw new ApiError('not_found')
    const [{ event }, { current }, issue] = await Promise.all([
      readEvent(stores, row),
      loadGrouping(stores, project.id, now),
      findIssue(stores, row.issueId),
    ])
    if (!issue) throw new ApiError('not_found')
    return c.json(explainGrouping(event, current, groupingHashes(issue)))
  },
)
