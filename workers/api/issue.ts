import { Hono } from 'hono'

import type { ApiEnv } from './api-env.ts'
import { requireScope } from './scope.ts'
import { showIssue } from './show-issue.ts'

/** Below an issue's own path. */
export const issueRoutes = new Hono<ApiEnv>().get('/', requireScope('event:read'), (c) => {
  const { issue, project, membership } = c.var
  const { origin } = new URL(c.req.url)
  return c.json(showIssue(issue, { origin, project, organization: membership.organization }))
})
