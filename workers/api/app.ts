import { Hono } from 'hono'
import { cors } from 'hono/cors'

import { openStores } from '#store/stores.ts'
import type { ApiEnv } from './api-env.ts'
import { eventAttachmentRoutes, issueAttachmentRoutes } from './attachment.ts'
import { authRoutes } from './auth.ts'
import { authenticate, findCaller } from './authenticate.ts'
import { deadLetterRoutes } from './dead-letter.ts'
import { tombstoneRoutes } from './discard.ts'
import { projectEventRoutes } from './event.ts'
import { filterRoutes } from './filter.ts'
import { globalIssueRoutes } from './global-issue.ts'
import { groupingInfoRoutes } from './grouping-info.ts'
import { groupingOperationRoutes } from './grouping-operation.ts'
import { groupingPreviewRoutes } from './grouping-preview.ts'
import { issueRoutes } from './issue.ts'
import { organizationIssueBulkRoutes, projectIssueBulkRoutes } from './issue-bulk.ts'
import { issueEventRoutes } from './issue-event.ts'
import { issueHashRoutes } from './issue-hash.ts'
import { organizationIssueRoutes, projectIssueRoutes } from './issue-list.ts'
import { issueTagRoutes } from './issue-tag.ts'
import { projectLedgerRoutes } from './ledger.ts'
import { lookupRoutes } from './lookup.ts'
import { organizationMonitorRoutes, projectMonitorRoutes } from './monitor.ts'
import { ApiError, onError } from './on-error.ts'
import { organizationListRoutes, organizationRoutes } from './organization.ts'
import { projectListRoutes, projectRoutes } from './project.ts'
import { projectKeyRoutes } from './project-key.ts'
import { organizationQuotaRoutes, projectQuotaRoutes } from './quota.ts'
import { resolveIssue, resolveOrganization, resolveProject } from './resolve.ts'
import { scrubbingPreviewRoutes } from './scrubbing-preview.ts'
import { showUser } from './show-user.ts'
import { organizationStatsRoutes, projectStatsRoutes } from './stats.ts'
import { issueFeedbackRoutes, projectFeedbackRoutes } from './user-feedback.ts'

/**
 * The web API: everything below `/api/0/` (spec/web-api.md). A path may end in a slash or not (routes
 * are written without) and is never redirected. What needs no caller stands before the door, everything else behind it.
 */
export const api = new Hono<ApiEnv>({ strict: false }).basePath('/api/0')

api.onError(onError)
api.notFound(() => {
  throw new ApiError('not_found')
})

// Pages elsewhere may ask with a token of their own. Never with our cookie: credentials are not
// allowed, so a browser shows them nothing that a session sees.
api.use(
  cors({
    origin: (origin) => origin,
    allowMethods: ['GET', 'POST', 'PUT', 'DELETE', 'HEAD'],
    allowHeaders: ['Authorization', 'Content-Type'],
    exposeHeaders: ['Link', 'X-Hits', 'X-Max-Hits', 'X-Sentry-Direct-Hit', 'Retry-After'],
    maxAge: 3600,
  }),
)
api.use(async (c, next) => {
  c.header('cache-control', 'no-store')
  c.header('x-content-type-options', 'nosniff')
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

api.get('/internal/health', (c) => c.json({ healthy: true, problems: [] }))

api.use(authenticate)
api.use('/organizations/:organization/*', resolveOrganization)
api.use('/projects/:organization/:project/*', resolveOrganization, resolveProject)

api.get('/users/me/regions', (c) =>
  c.json({ regions: [{ name: 'default', url: new URL(c.req.url).origin }] }),
)

for (const issues of ['issues', 'groups']) {
  for (const path of [`/${issues}/:issue`, `/organizations/:organization/${issues}/:issue`]) {
    api.use(`${path}/*`, resolveIssue)
    for (const routes of [
      issueRoutes,
      issueEventRoutes,
      issueHashRoutes,
      issueTagRoutes,
      issueAttachmentRoutes,
      issueFeedbackRoutes,
    ]) {
      api.route(path, routes)
    }
  }
}

api.route('/organizations', organizationListRoutes)
for (const routes of [
  organizationRoutes,
  organizationIssueRoutes,
  organizationIssueBulkRoutes,
  globalIssueRoutes,
  organizationStatsRoutes,
  lookupRoutes,
  organizationMonitorRoutes,
  organizationQuotaRoutes,
]) {
  api.route('/organizations/:organization', routes)
}

api.route('/projects', projectListRoutes)
for (const routes of [
  projectRoutes,
  projectKeyRoutes,
  filterRoutes,
  scrubbingPreviewRoutes,
  projectIssueRoutes,
  projectIssueBulkRoutes,
  groupingInfoRoutes,
  groupingOperationRoutes,
  groupingPreviewRoutes,
  tombstoneRoutes,
  projectEventRoutes,
  eventAttachmentRoutes,
  projectFeedbackRoutes,
  projectMonitorRoutes,
  projectStatsRoutes,
  projectLedgerRoutes,
  projectQuotaRoutes,
  deadLetterRoutes,
]) {
  api.route('/projects/:organization/:project', routes)
}
