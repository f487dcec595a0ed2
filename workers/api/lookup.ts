import { Hono } from 'hono'

import { parseEventId } from '#domain/identifier.ts'
import { parseShortId } from '#domain/issue/short-id.ts'
import { listActors } from '#store/actor.ts'
import { findEventAmong } from '#store/event.ts'
import { findIssueByNumber } from '#store/issue.ts'
import { findProject, listProjects } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { openEvent, openRawEvent } from './read-event.ts'
import { requireScope } from './scope.ts'
import { showIssue } from './show-issue.ts'

/** Below an organization: from an id somebody holds to what it stands for. */
export const lookupRoutes = new Hono<ApiEnv>()
  .get('/shortids/:short', requireScope('event:read'), async (c) => {
    const { stores, membership } = c.var
    const { organization } = membership
    const shortId = parseShortId(c.req.param('short'))
    const project = shortId && (await findProject(stores, organization.id, shortId.slug))
    const issue = project && (await findIssueByNumber(stores, project.id, shortId.number))
    if (!issue) throw new ApiError('not_found')
    const actors = issue.assignee ? await listActors(stores, organization.id) : []
    const actor = actors.find(({ key }) => key === issue.assignee) ?? null
    const { origin } = new URL(c.req.url)
    const extras = { actor, figures: null, filtered: null, stats: null }
    const group = showIssue(issue, { origin, project, organization }, extras)
    return c.json({
      organizationSlug: organization.slug,
      projectSlug: project.slug,
      groupId: group.id,
      group,
      shortId: group.shortId,
    })
  })
  .get('/eventids/:event', requireScope('event:read'), async (c) => {
    const { stores, membership } = c.var
    const eventId = parseEventId(c.req.param('event'))
    const projects = await listProjects(stores, [membership.organization.id])
    const found = eventId && (await findEventAmong(stores, projects, eventId, c.var.now))
    if (!found) throw new ApiError('not_found')
    const { row, project } = found
    return c.json({
      organizationSlug: membership.organization.slug,
      projectSlug: project.slug,
      groupId: String(row.issueId),
      eventId: row.eventId,
      event: await openEvent(c, row, project.id),
    })
  })
  .get('/events/:event/json', requireScope('event:read'), async (c) => {
    const { stores, membership } = c.var
    const eventId = parseEventId(c.req.param('event'))
    const projects = await listProjects(stores, [membership.organization.id])
    const found = eventId && (await findEventAmong(stores, projects, eventId, c.var.now))
    if (!found) throw new ApiError('not_found')
    return c.json(await openRawEvent(c, found.row))
  })
