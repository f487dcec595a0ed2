import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { IssueChange } from '#contract/issue.ts'
import { listActivity } from '#store/activity.ts'
import { findIssue } from '#store/issue.ts'
import { deleteIssues } from '#store/issue-change.ts'
import type { ApiEnv } from './api-env.ts'
import { discardIssues } from './discard.ts'
import { applyChange } from './issue-change.ts'
import { environmentCondition } from './issue-search.ts'
import { ApiError } from './on-error.ts'
import { ACTIVITIES_MAX, openIssue } from './open-issue.ts'
import { list } from './query.ts'
import { requireScope } from './scope.ts'
import { showActivities } from './show-activity.ts'
import { valid } from './valid.ts'

const EnvironmentSearch = z.object({ environment: list.optional() })

const Assignment = z.object({ assignedTo: IssueChange.shape.assignedTo })

/** Below an issue's own path. */
export const issueRoutes = new Hono<ApiEnv>()
  .get('/', requireScope('event:read'), valid('query', EnvironmentSearch), async (c) => {
    const condition = environmentCondition(c.req.valid('query').environment ?? [])
    return c.json(await openIssue(c, condition))
  })
  .put('/', requireScope('event:write'), valid('json', IssueChange), async (c) => {
    const change = c.req.valid('json')
    if (change.discard) {
      await discardIssues(c, [c.var.issue])
      return c.body(null, 204)
    }
    await applyChange(c, [c.var.issue], change)
    await readAgain(c)
    return c.json(await openIssue(c, null))
  })
  .delete('/', requireScope('event:admin'), async (c) => {
    await deleteIssues(c.var.stores, [c.var.issue.id], c.var.now)
    return c.body(null, 202)
  })
  .post('/assignee', requireScope('event:write'), valid('json', Assignment), async (c) => {
    await applyChange(c, [c.var.issue], c.req.valid('json'))
    await readAgain(c)
    return c.json(await openIssue(c, null))
  })
  .get('/activities', requireScope('event:read'), async (c) => {
    const { stores, issue } = c.var
    const rows = await listActivity(stores, issue.id, ACTIVITIES_MAX)
    return c.json({ activity: showActivities(rows, issue) })
  })

async function readAgain(c: Context<ApiEnv>): Promise<void> {
  const issue = await findIssue(c.var.stores, c.var.issue.id)
  if (!issue) throw new ApiError('not_found')
  c.set('issue', issue)
}
