import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { IssueChange } from '#contract/issue.ts'
import { listActivity } from '#store/activity.ts'
import { listActors } from '#store/actor.ts'
import { findIssue } from '#store/issue.ts'
import { deleteIssues } from '#store/issue-change.ts'
import { countIssueTags } from '#store/issue-events.ts'
import { listIssueHashes } from '#store/issue-hash.ts'
import type { ApiEnv } from './api-env.ts'
import { applyChange } from './issue-change.ts'
import { countHoursOf, makeSeries } from './issue-stats.ts'
import { ApiError } from './on-error.ts'
import { requireScope } from './scope.ts'
import { showActivities } from './show-activity.ts'
import { showIssue } from './show-issue.ts'
import { valid } from './valid.ts'

/** Rows of an issue's history in one answer, and its hashes. */
const ACTIVITIES_MAX = 100
const HASHES_MAX = 100

const Assignment = z.object({ assignedTo: IssueChange.shape.assignedTo })

/** Below an issue's own path. */
export const issueRoutes = new Hono<ApiEnv>()
  .get('/', requireScope('event:read'), async (c) => c.json(await openIssue(c)))
  .put('/', requireScope('event:write'), valid('json', IssueChange), async (c) => {
    await applyChange(c, [c.var.issue], c.req.valid('json'))
    await readAgain(c)
    return c.json(await openIssue(c))
  })
  .delete('/', requireScope('event:admin'), async (c) => {
    await deleteIssues(c.var.stores, [c.var.issue.id])
    return c.body(null, 202)
  })
  .post('/assignee', requireScope('event:write'), valid('json', Assignment), async (c) => {
    await applyChange(c, [c.var.issue], c.req.valid('json'))
    await readAgain(c)
    return c.json(await openIssue(c))
  })
  .get('/activities', requireScope('event:read'), async (c) => {
    const { stores, issue } = c.var
    const rows = await listActivity(stores, issue.id, ACTIVITIES_MAX)
    return c.json({ activity: showActivities(rows, issue) })
  })
  .get('/hashes', requireScope('event:read'), async (c) => {
    const hashes = await listIssueHashes(c.var.stores, c.var.issue.id, HASHES_MAX)
    return c.json(hashes.map(({ hash }) => ({ id: hash, latestEvent: null })))
  })

async function readAgain(c: Context<ApiEnv>): Promise<void> {
  const issue = await findIssue(c.var.stores, c.var.issue.id)
  if (!issue) throw new ApiError('not_found')
  c.set('issue', issue)
}

/** The issue with everything its page shows besides its events. */
async function openIssue(c: Context<ApiEnv>) {
  const { stores, issue, project, membership, now } = c.var
  const { organization } = membership
  const [activities, actors, hours, tags] = await Promise.all([
    listActivity(stores, issue.id, ACTIVITIES_MAX),
    issue.assignee ? listActors(stores, organization.id) : [],
    countHoursOf(stores, [issue], '30d', now),
    countIssueTags(stores, issue, { key: null, condition: null }),
  ])
  const ofIssue = hours.get(issue.id)
  const shown = showIssue(
    issue,
    { origin: new URL(c.req.url).origin, project, organization },
    {
      actor: actors.find(({ key }) => key === issue.assignee) ?? null,
      figures: null,
      filtered: null,
      stats: { '24h': makeSeries('24h', ofIssue, now), '30d': makeSeries('30d', ofIssue, now) },
    },
  )
  return {
    ...shown,
    activity: showActivities(activities, issue),
    firstRelease: showRelease(issue.firstRelease),
    lastRelease: showRelease(issue.lastRelease ?? issue.firstRelease),
    tags: tags.map(({ key, total }) => ({ key, name: key, totalValues: total })),
    seenBy: [],
    participants: [],
    userReportCount: 0,
    pluginActions: [],
    pluginIssues: [],
    pluginContexts: [],
  }
}

function showRelease(version: string | null) {
  return version === null ? null : { version, shortVersion: version }
}
