import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { listCheckIns, listMonitors } from '#store/check-in.ts'
import type { ProjectRow } from '#store/project.ts'
import { listTeams } from '#store/team.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { cutPage, cutSurplus, linkPages, makePage, parseCursor } from './page.ts'
import { last, list, pageSize } from './query.ts'
import { requireScope } from './scope.ts'
import { selectProjects } from './select-projects.ts'
import { type FoundMonitor, gatherMonitors, showCheckIns, showMonitor } from './show-monitor.ts'
import { showProject } from './show-project.ts'
import { valid } from './valid.ts'

const PER_PAGE = 100
/** Projects whose monitors one list asks for; each is a call or two. */
const PROJECTS_MAX = 100

const MonitorSearch = z.object({
  project: list.optional(),
  projectSlug: list.optional(),
  environment: list.optional(),
  query: last.optional(),
  per_page: pageSize.optional(),
  cursor: last.optional(),
})

/** Below an organization: the jobs we hear of, and each job's reports. Nothing is missed yet (ABSENT). */
export const organizationMonitorRoutes = new Hono<ApiEnv>()
  .get(
    '/monitors',
    requireScope('project:read', 'org:read'),
    valid('query', MonitorSearch),
    async (c) => {
      const search = c.req.valid('query')
      const found = await findMonitors(c, await selectProjects(c, search), search)
      const page = cutPage(found, search.per_page ?? PER_PAGE, parseCursor(search.cursor))
      const show = await shower(c)
      return c.json(linkPages(c, page).rows.map(show))
    },
  )
  .get(
    '/monitors/:monitor',
    requireScope('project:read'),
    valid('query', MonitorSearch),
    async (c) => {
      const monitor = await findMonitor(c, await selectProjects(c, c.req.valid('query')))
      return c.json((await shower(c))(monitor))
    },
  )
  .get(
    '/monitors/:monitor/checkins',
    requireScope('project:read'),
    valid('query', MonitorSearch),
    async (c) => {
      const search = c.req.valid('query')
      return answerCheckIns(c, await findMonitor(c, await selectProjects(c, search)), search)
    },
  )

/** Below a project: the same of one project. */
export const projectMonitorRoutes = new Hono<ApiEnv>()
  .get('/monitors/:monitor', requireScope('project:read'), async (c) => {
    return c.json((await shower(c))(await findMonitor(c, [c.var.project])))
  })
  .get(
    '/monitors/:monitor/checkins',
    requireScope('project:read'),
    valid('query', MonitorSearch),
    async (c) => answerCheckIns(c, await findMonitor(c, [c.var.project]), c.req.valid('query')),
  )

async function findMonitors(
  c: Context<ApiEnv>,
  projects: ProjectRow[],
  { environment = [], query = '' }: { environment?: string[]; query?: string },
): Promise<FoundMonitor[]> {
  const { stores, now } = c.var
  const lists = await Promise.all(
    projects.slice(0, PROJECTS_MAX).map(async (project) => {
      const rows = await listMonitors(stores, project, now)
      return gatherMonitors(project, rows)
    }),
  )
  const words = query.toLowerCase()
  return lists
    .flat()
    .filter(({ slug }) => slug.toLowerCase().includes(words))
    .filter(({ rows }) => {
      return environment.length === 0 || rows.some((row) => environment.includes(row.environment))
    })
}

/** By slug, or by the id we gave: the first project that has it. */
async function findMonitor(c: Context<ApiEnv>, projects: ProjectRow[]): Promise<FoundMonitor> {
  const name = c.req.param('monitor') ?? ''
  const found = await findMonitors(c, projects, {})
  const monitor = found.find(({ id, slug }) => slug === name || id === name)
  if (!monitor) throw new ApiError('not_found')
  return monitor
}

async function answerCheckIns(
  c: Context<ApiEnv>,
  { project, slug }: FoundMonitor,
  search: z.output<typeof MonitorSearch>,
): Promise<Response> {
  const { per_page: limit = PER_PAGE, environment = [] } = search
  const cursor = parseCursor(search.cursor)
  const before = cursor?.score ?? c.var.now + 1
  const read = await listCheckIns(c.var.stores, project, slug, { before, limit: limit + 1 })
  const page = makePage(cutSurplus(read, limit), cursor, ({ at }) => ({ score: at, tie: 0 }))
  const { rows } = linkPages(c, { ...page, hasPrevious: false })
  const wanted = rows.filter(
    (row) => environment.length === 0 || environment.includes(row.environment),
  )
  return c.json(showCheckIns(wanted))
}

async function shower(c: Context<ApiEnv>) {
  const { stores, membership } = c.var
  const teams = await listTeams(stores, [membership.organization.id])
  return (monitor: FoundMonitor) =>
    showMonitor(monitor, showProject(monitor.project, membership, teams))
}
