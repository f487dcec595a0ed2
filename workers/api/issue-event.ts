import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { parseEventId } from '#domain/identifier.ts'
import type { EventCondition } from '#domain/search/event-condition.ts'
import { refineEventSearch } from '#domain/search/event-search.ts'
import { parseSearch } from '#domain/search/parse-search.ts'
import { type EventRow, findEvent } from '#store/event.ts'
import { searchIssueEvents } from '#store/issue-events.ts'
import type { ApiEnv } from './api-env.ts'
import { eventPosition, parseEventPosition } from './event-position.ts'
import { bothConditions, environmentCondition } from './issue-search.ts'
import { ApiError } from './on-error.ts'
import { cutSurplus, linkPages, makePage, parseCursor } from './page.ts'
import { last, list, pageSize } from './query.ts'
import { openEvent, openEvents } from './read-event.ts'
import { requireScope } from './scope.ts'
import { refuseSearch } from './search-error.ts'
import { showEventRow } from './show-event.ts'
import { parseTimeWindow } from './time-window.ts'
import { valid } from './valid.ts'

const EVENTS_PER_PAGE = 100

const EventSearch = z.object({
  query: last.optional(),
  per_page: pageSize.optional(),
  limit: pageSize.optional(),
  cursor: last.optional(),
  statsPeriod: last.optional(),
  start: last.optional(),
  end: last.optional(),
  environment: list.optional(),
  full: last.optional(),
})

const EnvironmentSearch = z.object({ environment: list.optional() })

/** Below an issue: its events, newest first. */
export const issueEventRoutes = new Hono<ApiEnv>()
  .get('/events', requireScope('event:read'), valid('query', EventSearch), async (c) => {
    const { stores, issue, now } = c.var
    const search = c.req.valid('query')
    const limit = search.per_page ?? search.limit ?? EVENTS_PER_PAGE
    const cursor = parseCursor(search.cursor)
    const environment = environmentCondition(search.environment ?? [])
    const read = await searchIssueEvents(stores, issue, {
      ...(parseTimeWindow(search, now) ?? { since: 0, until: now + 1 }),
      condition: bothConditions(environment, parseQuery(search.query ?? '')),
      limit: limit + 1,
      position: cursor && parseEventPosition(cursor),
      isAscending: cursor?.isBackward ?? false,
    })
    const { rows } = linkPages(c, makePage(cutSurplus(read, limit), cursor, eventPosition))
    if (isTrue(search.full)) return c.json(await openEvents(c, rows, issue.projectId))
    return c.json(rows.map((row) => showEventRow(row, issue)))
  })
  .get(
    '/events/:event',
    requireScope('event:read'),
    valid('query', EnvironmentSearch),
    async (c) => {
      const condition = environmentCondition(c.req.valid('query').environment ?? [])
      const row = await findEventOfIssue(c, c.req.param('event'), condition)
      if (!row) throw new ApiError('not_found')
      return c.json(await openEvent(c, row, c.var.issue.projectId))
    },
  )

/** `latest`, `oldest`, `recommended` (the latest: nobody was asked which one helps most), or an id. */
async function findEventOfIssue(
  c: Context<ApiEnv>,
  name: string,
  condition: EventCondition | null,
): Promise<EventRow | null> {
  const { stores, issue, now } = c.var
  if (name === 'latest' || name === 'recommended' || name === 'oldest') {
    const isAscending = name === 'oldest'
    const page = { since: 0, until: now + 1, condition, limit: 1, position: null, isAscending }
    return (await searchIssueEvents(stores, issue, page))[0] ?? null
  }
  const eventId = parseEventId(name)
  const row = eventId && (await findEvent(stores, issue.projectId, eventId))
  return row && row.issueId === issue.id ? row : null
}

function parseQuery(query: string): EventCondition {
  const search = parseSearch(query)
  if (!search.ok) throw refuseSearch(search.error)
  const refined = refineEventSearch(search.value)
  if (!refined.ok) throw refuseSearch(refined.error)
  return refined.value
}

export function isTrue(flag: string | undefined): boolean {
  return flag === '1' || flag === 'true'
}
