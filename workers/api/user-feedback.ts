import { Hono } from 'hono'
import { z } from 'zod'

import { readUserReport } from '#domain/feedback/parse-user-report.ts'
import { parseEventId } from '#domain/identifier.ts'
import { listFeedbackOf, listProjectFeedback } from '#store/feedback.ts'
import { searchIssueEvents } from '#store/issue-events.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { cutSurplus, linkPages, makePage, parseCursor } from './page.ts'
import { last, pageSize } from './query.ts'
import { requireScope } from './scope.ts'
import { showUserReport } from './show-user-report.ts'
import { submitUserReport } from './submit-user-report.ts'
import { valid } from './valid.ts'

const REPORTS_PER_PAGE = 100
/** Newest events of an issue whose reports are looked for. */
const EVENTS_MAX = 1000

const FeedbackSearch = z.object({
  per_page: pageSize.optional(),
  cursor: last.optional(),
  /** Ours: only what was written about this event. */
  event: last.optional(),
})

const NewReport = z.object({
  event_id: z.string(),
  comments: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
})

/** Below a project: what people wrote, latest first, and writing for them. */
export const projectFeedbackRoutes = new Hono<ApiEnv>()
for (const path of ['/user-feedback', '/user-reports']) {
  projectFeedbackRoutes
    .get(
      path,
      requireScope('event:read', 'project:read'),
      valid('query', FeedbackSearch),
      async (c) => {
        const { stores, project, now } = c.var
        const { per_page: limit = REPORTS_PER_PAGE, ...search } = c.req.valid('query')
        if (search.event !== undefined) {
          const eventId = parseEventId(search.event)
          if (eventId === null) throw new ApiError('invalid', { event: ['Enter an event id.'] })
          const window = { since: project.createdAt, until: now }
          const about = await listFeedbackOf(stores, project.id, [eventId], window)
          return c.json(about.map(showUserReport))
        }
        const cursor = parseCursor(search.cursor)
        const before = cursor?.score ?? now + 1
        const read = await listProjectFeedback(stores, project, { before, limit: limit + 1 })
        const page = makePage(cutSurplus(read, limit), cursor, ({ at }) => ({ score: at, tie: 0 }))
        const { rows } = linkPages(c, { ...page, hasPrevious: false })
        return c.json(rows.map(showUserReport))
      },
    )
    .post(
      path,
      requireScope('project:write', 'event:write'),
      valid('json', NewReport),
      async (c) => {
        const report = readUserReport(c.req.valid('json'))
        if (!report.ok) {
          throw new ApiError('invalid', 'Needs event_id and comments of at most 4096 characters.')
        }
        return c.json(showUserReport(await submitUserReport(c, report.value)))
      },
    )
}

/** Below an issue: what people wrote about its newest events. */
export const issueFeedbackRoutes = new Hono<ApiEnv>()
for (const path of ['/user-reports', '/user-feedback']) {
  issueFeedbackRoutes.get(
    path,
    requireScope('event:read'),
    valid('query', FeedbackSearch),
    async (c) => {
      const { stores, issue, now } = c.var
      const events = await searchIssueEvents(stores, issue, {
        since: 0,
        until: now + 1,
        condition: null,
        limit: EVENTS_MAX,
        position: null,
        isAscending: false,
      })
      const eventIds = events.map(({ eventId }) => eventId)
      const since = events.at(-1)?.at ?? now
      const rows = await listFeedbackOf(stores, issue.projectId, eventIds, { since, until: now })
      const { per_page: limit = REPORTS_PER_PAGE, cursor: text } = c.req.valid('query')
      const cursor = parseCursor(text)
      const rest = rows.filter(({ at }) => cursor === null || at < cursor.score)
      const page = makePage(cutSurplus(rest.slice(0, limit + 1), limit), cursor, ({ at }) => ({
        score: at,
        tie: 0,
      }))
      linkPages(c, { ...page, hasPrevious: false })
      return c.json(page.rows.map(showUserReport))
    },
  )
}
