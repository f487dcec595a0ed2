import { Hono } from 'hono'
import { z } from 'zod'

import { type GlobalIssue, listGlobalIssues } from '#store/global-issue.ts'
import type { ProjectRow } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import { isoDate } from './date.ts'
import { ApiError } from './on-error.ts'
import { linkPages, parseCursor } from './page.ts'
import { last, list, oneOf, pageSize } from './query.ts'
import { readOrganizationOptions } from './read-organization-options.ts'
import { requireScope } from './scope.ts'
import { selectProjects } from './select-projects.ts'
import { type IssuePlace, showIssue } from './show-issue.ts'
import { valid } from './valid.ts'

const GROUPS_PER_PAGE = 25
const STATUSES = ['unresolved', 'resolved', 'ignored']

const GlobalSearch = z.object({
  project: list.optional(),
  status: oneOf(['unresolved', 'resolved', 'ignored', 'all']).optional(),
  per_page: pageSize.optional(),
  cursor: last.optional(),
})

/** Below an organization that wants it: issues of its projects that share a hash, as one. */
export const globalIssueRoutes = new Hono<ApiEnv>().get(
  '/global-issues',
  requireScope('event:read'),
  valid('query', GlobalSearch),
  async (c) => {
    const { stores, membership, now } = c.var
    const { organization } = membership
    if (!readOrganizationOptions(organization).globalGrouping) {
      throw new ApiError('forbidden', 'Global grouping is off. An owner can turn it on.')
    }
    const search = c.req.valid('query')
    const projects = await selectProjects(c, search)
    const { status = 'unresolved', per_page: limit = GROUPS_PER_PAGE } = search
    const cursor = parseCursor(search.cursor)
    const { groups, next } = await listGlobalIssues(stores, {
      projectIds: projects.map(({ id }) => id),
      statuses: status === 'all' ? STATUSES : [status],
      limit,
      after: cursor && { score: cursor.score, id: Number(cursor.tie) },
      now,
    })
    const position = next && { score: next.score, tie: next.id }
    // The list is walked one way: who wants to go back starts again.
    linkPages(c, {
      rows: groups,
      previous: null,
      hasPrevious: false,
      next: position,
      hasNext: next !== null,
    })
    const { origin } = new URL(c.req.url)
    return c.json(groups.map((group) => showGroup(group, projects, { organization, origin })))
  },
)

function showGroup(
  { hash, issues }: GlobalIssue,
  projects: ProjectRow[],
  place: Omit<IssuePlace, 'project'>,
) {
  const shown = issues.flatMap((issue) => {
    const project = projects.find(({ id }) => id === issue.projectId)
    return project ? [showIssue(issue, { ...place, project }, NO_EXTRAS)] : []
  })
  const [newest] = issues
  return {
    id: hash,
    title: newest?.title ?? '',
    culprit: newest?.culprit ?? null,
    level: newest?.level ?? 'error',
    count: issues.reduce((sum, { count }) => sum + count, 0),
    firstSeen: isoDate(Math.min(...issues.map(({ firstSeenAt }) => firstSeenAt))),
    lastSeen: isoDate(Math.max(...issues.map(({ lastSeenAt }) => lastSeenAt))),
    /** Counts per project: an issue each, rarely more. */
    projects: [...Map.groupBy(shown, ({ project }) => project.slug).values()].map((ofProject) => ({
      project: ofProject[0]?.project,
      count: ofProject.reduce((sum, { count }) => sum + Number(count), 0),
      issues: ofProject,
    })),
  }
}

const NO_EXTRAS = { actor: null, figures: null, filtered: null, stats: null }
