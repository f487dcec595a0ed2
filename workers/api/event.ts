import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { parseEventId } from '#domain/identifier.ts'
import { type EventRow, findEvent, listProjectEvents } from '#store/event.ts'
import { findIssues } from '#store/issue.ts'
import type { ApiEnv } from './api-env.ts'
import { eventPosition, parseEventPosition } from './event-position.ts'
import { isTrue } from './issue-event.ts'
import { ApiError } from './on-error.ts'
import { cutSurplus, linkPages, makePage, parseCursor } from './page.ts'
import { last, pageSize } from './query.ts'
import { openEvent, openEvents, openRawEvent } from './read-event.ts'
import { requireScope } from './scope.ts'
import { showEventRow } from './show-event.ts'
import { parseTimeWindow } from './time-window.ts'
import { valid } from './valid.ts'

const EVENTS_PER_PAGE = 100

const EventSearch = z.object({
  per_page: pageSize.optional(),
  cursor: last.optional(),
  statsPeriod: last.optional(),
  start: last.optional(),
  end: last.optional(),
  full: last.optional(),
})

/** Below a project: any of its events, newest first. */
export const projectEventRoutes = new Hono<ApiEnv>()
  .get(
    '/events',
    requireScope('event:read', 'project:read'),
    valid('query', EventSearch),
    async (c) => {
      const { stores, project, now } = c.var
      const { per_page: limit = EVENTS_PER_PAGE, full, ...search } = c.req.valid('query')
      const cursor = parseCursor(search.cursor)
      const window = parseTimeWindow(search, now)
      const end = { at: window?.until ?? now + 1, eventId: '' }
      const read = await listProjectEvents(stores, project.id, {
        limit: limit + 1,
        before: cursor ? parseEventPosition(cursor) : end,
      })
      const inWindow = read.filter(({ at }) => at >= (window?.since ?? 0))
      const page = makePage(cutSurplus(inWindow, limit), cursor, eventPosition)
      // The index of a project is walked one way: who wants to go back starts again.
      linkPages(c, { ...page, hasPrevious: false })
      const ids = [...new Set(page.rows.map(({ issueId }) => issueId))]
      const issues = await findIssues(stores, [project.id], ids)
      const known = new Map(issues.map((issue) => [issue.id, issue]))
      const rows = page.rows.filter(({ issueId }) => known.has(issueId))
      if (isTrue(full)) return c.json(await openEvents(c, rows, project.id))
      return c.json(
        rows.flatMap((row) => {
          const issue = known.get(row.issueId)
          return issue ? [showEventRow(row, issue)] : []
        }),
      )
    },
  )
  .get('/events/:event', requireScope('event:read'), async (c) => {
    const row = await findEventOfProject(c, c.req.param('event'))
    return c.json(await openEvent(c, row, c.var.project.id))
  })
  .get('/events/:event/json', requireScope('event:read'), async (c) => {
    return c.json(await openRawEvent(c, await findEventOfProject(c, c.req.param('event'))))
  })

export async function findEventOfProject(c: Context<ApiEnv>, name: string): Promise<EventRow> {
  const eventId = parseEventId(name)
  const row = eventId && (await findEvent(c.var.stores, c.var.project.id, eventId))
  if (!row) throw new ApiError('not_found')
  return row
}
