import { Hono } from 'hono'

import { listProjects } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import { requireScope } from './scope.ts'
import { showOrganization } from './show-organization.ts'
import { showProject } from './show-project.ts'

/** `GET /organizations/`: those the caller belongs to. */
export const organizationListRoutes = new Hono<ApiEnv>().get('/', requireScope('org:read'), (c) => {
  const { origin } = new URL(c.req.url)
  const seen = c.var.caller.memberships.filter(({ scopes }) => scopes.has('org:read'))
  return c.json(seen.map((membership) => showOrganization(membership, origin)))
})

/** Below `/organizations/:organization/`. */
export const organizationRoutes = new Hono<ApiEnv>()
  .get('/', requireScope('org:read'), (c) =>
    c.json(showOrganization(c.var.membership, new URL(c.req.url).origin)),
  )
  .get('/projects/', requireScope('project:read'), async (c) => {
    const { stores, membership } = c.var
    const projects = await listProjects(stores, [membership.organization.id])
    return c.json(projects.map((project) => showProject(project, membership)))
  })
