import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { ALWAYS } from '#store/condition.ts'
import { type IssueOrder, issueScore, listIssues } from '#store/issue-list.ts'
import type { ProjectRow } from '#store/project.ts'
import { listProjects } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { linkPages, makePage, parseCursor } from './page.ts'
import { last, pageSize } from './query.ts'
import { requireScope } from './scope.ts'
import { showIssue } from './show-issue.ts'
import { valid } from './valid.ts'

const ISSUES_PER_PAGE = 100

export const IssueSearch = z.object({
  query: last.optional(),
  sort: last.optional(),
  limit: pageSize.optional(),
  per_page: pageSize.optional(),
  cursor: last.optional(),
})
export type IssueSearch = z.infer<typeof IssueSearch>

/** Below a project: its issues. */
export const projectIssueRoutes = new Hono<ApiEnv>().get(
  '/issues/',
  requireScope('event:read'),
  valid('query', IssueSearch),
  (c) => answerIssues(c, [c.var.project], c.req.valid('query')),
)

/** Below an organization: the issues of its projects. */
export const organizationIssueRoutes = new Hono<ApiEnv>().get(
  '/issues/',
  requireScope('event:read'),
  valid('query', IssueSearch),
  async (c) => {
    const { stores, membership } = c.var
    const projects = await listProjects(stores, [membership.organization.id])
    return answerIssues(c, projects, c.req.valid('query'))
  },
)

async function answerIssues(c: Context<ApiEnv>, projects: ProjectRow[], search: IssueSearch) {
  const { stores, membership } = c.var
  const order = parseOrder(search.sort)
  const limit = search.limit ?? search.per_page ?? ISSUES_PER_PAGE
  const cursor = parseCursor(search.cursor)
  const read = await listIssues(stores, {
    projectIds: projects.map(({ id }) => id),
    statuses: statusesOf(search.query ?? 'is:unresolved'),
    condition: ALWAYS,
    order,
    limit: limit + 1,
    after: cursor && { score: cursor.score, id: Number(cursor.tie) },
    isBackward: cursor?.isBackward ?? false,
  })
  const page = makePage(read, limit, cursor)
  linkPages(c, page, (row) => ({ score: issueScore(row, order), tie: row.id }))
  const { origin } = new URL(c.req.url)
  const places = new Map(projects.map((project) => [project.id, project]))
  return c.json(
    page.rows.flatMap((row) => {
      const project = places.get(row.projectId)
      const { organization } = membership
      return project ? [showIssue(row, { origin, project, organization })] : []
    }),
  )
}

function parseOrder(sort: string | undefined): IssueOrder {
  if (sort === undefined || sort === 'date' || sort === '-date') return 'date'
  if (sort === 'new' || sort === 'freq' || sort === 'user') return sort
  throw new ApiError('invalid', `Sort key '${sort}' not supported.`)
}

function statusesOf(query: string): string[] {
  const statuses = ['unresolved', 'resolved', 'ignored']
  const asked = statuses.filter((status) => query.split(/\s+/).includes(`is:${status}`))
  return asked.length > 0 ? asked : statuses
}
