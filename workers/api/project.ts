import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { findProject, listProjects } from '#store/project.ts'
import { listTeams } from '#store/team.ts'
import type { ApiEnv } from './api-env.ts'
import { changeProject } from './change-project.ts'
import { ApiError } from './on-error.ts'
import { cutPage, linkPages, parseCursor } from './page.ts'
import { ProjectChange } from './project-change.ts'
import { last, pageSize } from './query.ts'
import { requireScope } from './scope.ts'
import { showProject, showProjectDetail } from './show-project.ts'
import { valid } from './valid.ts'

const ListSearch = z.object({
  per_page: pageSize.optional(),
  cursor: last.optional(),
})

/** `GET /projects/`: those of all the caller's organizations. */
export const projectListRoutes = new Hono<ApiEnv>().get(
  '/',
  requireScope('project:read'),
  valid('query', ListSearch),
  async (c) => {
    const { cursor, per_page: limit = 100 } = c.req.valid('query')
    const seen = new Map(
      c.var.caller.memberships
        .filter(({ scopes }) => scopes.has('project:read'))
        .map((membership) => [membership.organization.id, membership]),
    )
    const ids = [...seen.keys()]
    const [projects, teams] = await Promise.all([
      listProjects(c.var.stores, ids),
      listTeams(c.var.stores, ids),
    ])
    const { rows } = linkPages(c, cutPage(projects, limit, parseCursor(cursor)))
    return c.json(
      rows.flatMap((project) => {
        const membership = seen.get(project.organizationId)
        return membership ? [showProject(project, membership, teams)] : []
      }),
    )
  },
)

/** Below `/projects/:organization/:project/`. */
export const projectRoutes = new Hono<ApiEnv>()
  .get('/', requireScope('project:read'), async (c) => c.json(await openProject(c)))
  .put('/', requireScope('project:write'), valid('json', ProjectChange), async (c) => {
    const change = c.req.valid('json')
    const { slug } = change
    if (slug !== undefined && slug !== c.var.project.slug) await refuseTaken(c, slug)
    await changeProject(c, change)
    return c.json(await openProject(c))
  })

async function openProject({ var: { stores, project, membership } }: Context<ApiEnv>) {
  const teams = await listTeams(stores, [membership.organization.id])
  return showProjectDetail(project, membership, teams)
}

async function refuseTaken(c: Context<ApiEnv>, slug: string): Promise<void> {
  const { stores, membership } = c.var
  const taken = await findProject(stores, membership.organization.id, slug)
  if (taken) throw new ApiError('conflict', `Another project (${slug}) is already using that slug`)
}
