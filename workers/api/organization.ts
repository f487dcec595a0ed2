import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { parseSearch } from '#domain/search/parse-search.ts'
import { updateOrganization } from '#store/organization.ts'
import { listProjects } from '#store/project.ts'
import { listTeams } from '#store/team.ts'
import type { ApiEnv } from './api-env.ts'
import { gateOf } from './gate.ts'
import { OrganizationChange, organizationColumns } from './organization-change.ts'
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
    const { detailed } = c.req.valid('query')
    return c.json(await openOrganization(c, { isBrief: detailed === '0' }))
  })
  .put('/', requireScope('org:write'), valid('json', OrganizationChange), async (c) => {
    const { stores, membership } = c.var
    const columns = organizationColumns(membership.organization, c.req.valid('json'))
    const organization = await updateOrganization(stores, membership.organization, columns)
    c.set('membership', { ...membership, organization })
    // What holds for all projects is in force for the next item of each.
    const projects = await listProjects(stores, [organization.id])
    await Promise.all(projects.map(({ id }) => gateOf(c.env, id).refresh()))
    return c.json(await openOrganization(c, { isBrief: false }))
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

async function openOrganization(c: Context<ApiEnv>, { isBrief }: { isBrief: boolean }) {
  const { stores, membership } = c.var
  const detail = showOrganizationDetail(membership, new URL(c.req.url).origin)
  if (isBrief) return detail
  const { id } = membership.organization
  const [projects, teams] = await Promise.all([listProjects(stores, [id]), listTeams(stores, [id])])
  return {
    ...detail,
    projects: projects.map((project) => showProject(project, membership, teams)),
    teams: teams.map(showTeamName),
  }
}
