import { Hono } from 'hono'
import { z } from 'zod'

import { parseSearch } from '#domain/search/parse-search.ts'
import { listProjects } from '#store/project.ts'
import { listTeams } from '#store/team.ts'
import type { ApiEnv } from './api-env.ts'
import { cutPage, linkPages, parseCursor } from './page.ts'
import { matchProject } from './project-search.ts'
import { last, pageSize } from './query.ts'
import { requireScope } from './scope.ts'
import { refuseSearch } from './search-error.ts'
import { showOrganization, showOrganizationDetail } from './show-organization.ts'
import { showProject, showTeamName } from './show-project.ts'
import { valid } from './valid.ts'

const ListSearch = z.object({
  query: last.optional(),
  per_page: pageSize.optional(),
  cursor: last.optional(),
})

const DetailSearch = z.object({ detailed: last.optional() })

/** `GET /organizations/`: those the caller belongs to. */
export const organizationListRoutes = new Hono<ApiEnv>().get(
  '/',
  requireScope('org:read'),
  valid('query', ListSearch),
  (c) => {
    const { query = '', cursor, per_page: limit = 100 } = c.req.valid('query')
    const { origin } = new URL(c.req.url)
    const wanted = query.toLowerCase()
    const seen = c.var.caller.memberships.filter(({ scopes, organization: { slug, name } }) => {
      const isAsked = `${slug} ${name}`.toLowerCase().includes(wanted)
      return scopes.has('org:read') && isAsked
    })
    const { rows } = linkPages(c, cutPage(seen, limit, parseCursor(cursor)))
    return c.json(rows.map((membership) => showOrganization(membership, origin)))
  },
)

/** Below `/organizations/:organization/`. */
export const organizationRoutes = new Hono<ApiEnv>()
  .get('/', requireScope('org:read'), valid('query', DetailSearch), async (c) => {
    const { stores, membership } = c.var
    const { origin } = new URL(c.req.url)
    const detail = showOrganizationDetail(membership, origin)
    if (c.req.valid('query').detailed === '0') return c.json(detail)
    const { id } = membership.organization
    const [projects, teams] = await Promise.all([
      listProjects(stores, [id]),
      listTeams(stores, [id]),
    ])
    return c.json({
      ...detail,
      projects: projects.map((project) => showProject(project, membership, teams)),
      teams: teams.map(showTeamName),
    })
  })
  .get('/region', requireScope('org:read'), (c) =>
    c.json({ name: 'default', url: new URL(c.req.url).origin }),
  )
  .get('/projects', requireScope('project:read'), valid('query', ListSearch), async (c) => {
    const { stores, membership } = c.var
    const { query = '', cursor, per_page: limit = 100 } = c.req.valid('query')
    const search = parseSearch(query)
    if (!search.ok) throw refuseSearch(search.error)
    const { id } = membership.organization
    const [projects, teams] = await Promise.all([
      listProjects(stores, [id]),
      listTeams(stores, [id]),
    ])
    const asked = projects.filter((project) => matchProject(project, search.value))
    const { rows } = linkPages(c, cutPage(asked, limit, parseCursor(cursor)))
    return c.json(rows.map((project) => showProject(project, membership, teams)))
  })
