import { Hono } from 'hono'

import { openStores } from '#store/stores.ts'
import type { ApiEnv } from './api-env.ts'
import { authRoutes } from './auth.ts'
import { authenticate, findCaller } from './authenticate.ts'
import { issueEventRoutes, projectEventRoutes } from './event.ts'
import { issueRoutes } from './issue.ts'
import { organizationIssueRoutes, projectIssueRoutes } from './issue-list.ts'
import { ApiError, onError } from './on-error.ts'
import { organizationListRoutes, organizationRoutes } from './organization.ts'
import { projectListRoutes, projectRoutes } from './project.ts'
import { resolveIssue, resolveOrganization, resolveProject } from './resolve.ts'
import { showUser } from './show-user.ts'

/**
 * The web API: everything below `/api/0/` (spec/web-api.md). A path may end in a slash or not, and
 * is never redirected. What needs no caller stands before the door, everything else behind it.
 */
export const api = new Hono<ApiEnv>({ getPath: pathWithSlash }).basePath('/api/0')

api.onError(onError)
api.notFound(() => {
  throw new ApiError('not_found')
})

api.use(async (c, next) => {
  c.set('stores', openStores(c.env))
  c.set('now', Date.now())
  await next()
})

api.get('/', async (c) => {
  const caller = await findCaller(c)
  return c.json({
    version: '0',
    auth: caller && { scopes: caller.scopes },
    user: caller && showUser(caller.user),
  })
})
api.route('/auth', authRoutes)

api.use(authenticate)
api.use('/organizations/:organization/*', resolveOrganization)
api.use('/projects/:organization/:project/*', resolveOrganization, resolveProject)

for (const issues of ['issues', 'groups']) {
  for (const path of [`/${issues}/:issue`, `/organizations/:organization/${issues}/:issue`]) {
    api.use(`${path}/*`, resolveIssue)
    api.route(path, issueRoutes)
    api.route(path, issueEventRoutes)
  }
}
api.route('/organizations', organizationListRoutes)
api.route('/organizations/:organization', organizationRoutes)
api.route('/organizations/:organization', organizationIssueRoutes)
api.route('/projects', projectListRoutes)
api.route('/projects/:organization/:project', projectRoutes)
api.route('/projects/:organization/:project', projectIssueRoutes)
api.route('/projects/:organization/:project', projectEventRoutes)

function pathWithSlash(request: Request): string {
  const { pathname } = new URL(request.url)
  return pathname.endsWith('/') ? pathname : `${pathname}/`
}
