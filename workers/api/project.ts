import { Hono } from 'hono'

import { listProjects } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import { requireScope } from './scope.ts'
import { showProject, showProjectDetail } from './show-project.ts'

/** `GET /projects/`: those of all the caller's organizations. */
export const projectListRoutes = new Hono<ApiEnv>().get(
  '/',
  requireScope('project:read'),
  async (c) => {
    const seen = new Map(
      c.var.caller.memberships
        .filter(({ scopes }) => scopes.has('project:read'))
        .map((membership) => [membership.organization.id, membership]),
    )
    const projects = await listProjects(c.var.stores, [...seen.keys()])
    return c.json(
      projects.flatMap((project) => {
        const membership = seen.get(project.organizationId)
        return membership ? [showProject(project, membership)] : []
      }),
    )
  },
)

/** Below `/projects/:organization/:project/`. */
export const projectRoutes = new Hono<ApiEnv>().get('/', requireScope('project:read'), (c) =>
  c.json(showProjectDetail(c.var.project, c.var.membership)),
)
