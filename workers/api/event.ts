import { type Context, Hono } from 'hono'

import { parseEventId } from '#domain/identifier.ts'
import {
  type EventRow,
  findEvent,
  findIssueEvent,
  findNeighbours,
  listIssueEvents,
  readEvent,
} from '#store/event.ts'
import { findIssue } from '#store/issue.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { requireScope } from './scope.ts'
import { showEvent, showEventRow } from './show-event.ts'

/** Below an issue: its events. */
export const issueEventRoutes = new Hono<ApiEnv>()
  .get('/events/', requireScope('event:read'), async (c) => {
    const { stores, issue } = c.var
    const rows = await listIssueEvents(stores, issue, { limit: 100 })
    return c.json(rows.map((row) => showEventRow(row, issue, issue.projectId)))
  })
  .get('/events/:event/', requireScope('event:read'), async (c) => {
    const row = await findEventOfIssue(c, c.req.param('event'))
    return c.json(await openEvent(c, row))
  })

/** Below a project: any of its events. */
export const projectEventRoutes = new Hono<ApiEnv>()
  .get('/events/:event/', requireScope('event:read'), async (c) => {
    return c.json(await openEvent(c, await findEventOfProject(c, c.req.param('event'))))
  })
  .get('/events/:event/json/', requireScope('event:read'), async (c) => {
    const row = await findEventOfProject(c, c.req.param('event'))
    return c.json((await readEvent(c.var.stores, row)).event)
  })

async function findEventOfIssue(c: Context<ApiEnv>, name: string): Promise<EventRow> {
  const { stores, issue } = c.var
  if (name === 'latest' || name === 'recommended') {
    return found(await findIssueEvent(stores, issue, 'latest'))
  }
  if (name === 'oldest') return found(await findIssueEvent(stores, issue, 'oldest'))
  const row = await findEventOfProject(c, name)
  return found(row.issueId === issue.id ? row : null)
}

async function findEventOfProject(c: Context<ApiEnv>, name: string): Promise<EventRow> {
  const eventId = parseEventId(name)
  return found(eventId === null ? null : await findEvent(c.var.stores, c.var.project.id, eventId))
}

function found<Row>(row: Row | null): Row {
  if (row === null) throw new ApiError('not_found')
  return row
}

async function openEvent(c: Context<ApiEnv>, row: EventRow) {
  const { stores, project } = c.var
  const issue = await findIssue(stores, row.issueId)
  const [{ event, sizeBytes }, neighbours] = await Promise.all([
    readEvent(stores, row),
    issue ? findNeighbours(stores, issue, row) : { previousEventId: null, nextEventId: null },
  ])
  return showEvent({ row, event, sizeBytes, neighbours }, project.id)
}
