import { type Context, Hono } from 'hono'
import { parseEventId } from '#domain/identifier.ts'
import { parseShortId } from '#domain/issue/short-id.ts'
import { listActors } from '#store/actor.ts'
import { findEventAmong } from '#store/event.ts'
import { findIssue, findIssueByNumber, findIssues } from '#store/issue.ts'
import type { IssueFigures } from '#store/issue-events.ts'
import { issueScore } from '#store/issue-list.ts'
import { type FoundIssue, figuresOf, searchIssues } from '#store/issue-search.ts'
import { addPendingCounts } from '#store/pending-counts.ts'
import type { ProjectRow } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import {
  askIssues,
  bothConditions,
  type IssueQuestion,
  IssueSearch,
  parseOrder,
} from './issue-search.ts'
import { countHoursOf, makeSeries, seriesName } from './issue-stats.ts'
import { linkPages, makePage, parseCursor } from './page.ts'
import { parseIds } from './query.ts'
import { requireScope } from './scope.ts'
import { selectProjects } from './select-projects.ts'
import { showIssue } from './show-issue.ts'
import { valid } from './valid.ts'

const ISSUES_PER_PAGE = 100

/** Below a project: its issues. */
export const projectIssueRoutes = new Hono<ApiEnv>().get(
  '/issues',
  requireScope('event:read'),
  valid('query', IssueSearch),
  (c) => answerIssues(c, [c.var.project], c.req.valid('query')),
)

/** Below an organization: the issues of its projects. */
export const organizationIssueRoutes = new Hono<ApiEnv>().get(
  '/issues',
  requireScope('event:read'),
  valid('query', IssueSearch),
  async (c) => {
    const search = c.req.valid('query')
    return answerIssues(c, await selectProjects(c, search), search)
  },
)

async function answerIssues(c: Context<ApiEnv>, projects: ProjectRow[], search: IssueSearch) {
  const { stores, now } = c.var
  const direct = await findDirectly(c, projects, search)
  if (direct) {
    c.header('x-sentry-direct-hit', '1')
    return c.json(await showIssues(c, projects, search, [direct.found], null, direct.eventId))
  }
  if (search.group) {
    const ids = parseIds('group', search.group)
    const issues = await findIssues(
      stores,
      projects.map(({ id }) => id),
      ids,
    )
    const found = issues.map((issue) => ({ issue, figures: null }))
    return c.json(await showIssues(c, projects, search, found, null))
  }
  const question = await askIssues(c, projects, search)
  const order = parseOrder(search.sort)
  const cursor = parseCursor(search.cursor)
  const read = await searchIssues(stores, {
    projectIds: projects.map(({ id }) => id),
    issue: question.issue,
    event: bothConditions(question.environment, question.event),
    window: question.window ?? { since: 0, until: now + 1 },
    order,
    limit: search.limit ?? search.per_page ?? ISSUES_PER_PAGE,
    after: cursor && { score: cursor.score, id: Number(cursor.tie) },
    isBackward: cursor?.isBackward ?? false,
  })
  const page = makePage(
    { rows: read.found, hasMore: read.hasMore, end: read.end && { ...read.end, tie: read.end.id } },
    cursor,
    ({ issue }) => ({ score: issueScore(issue, order), tie: issue.id }),
  )
  linkPages(c, page)
  if (!page.hasPrevious && !page.hasNext) c.header('x-hits', String(page.rows.length))
  return c.json(await showIssues(c, projects, search, page.rows, question))
}

/** Counts, sparklines and assignees of the issues of a page, and the issues with them. */
async function showIssues(
  c: Context<ApiEnv>,
  projects: ProjectRow[],
  search: IssueSearch,
  found: FoundIssue[],
  question: IssueQuestion | null,
  matchingEventId?: string | null,
) {
  const { stores, membership, now } = c.var
  const { organization } = membership
  const issues = await addPendingCounts(
    stores,
    found.map(({ issue }) => issue),
    now,
  )
  const series = search.collapse?.includes('stats') ? null : seriesName(search.groupStatsPeriod)
  const [scoped, hours, actors] = await Promise.all([
    question ? scopedFigures(c, found, question) : new Map<number, IssueFigures>(),
    series && !question?.environment ? countHoursOf(stores, issues, series, now) : null,
    issues.some(({ assignee }) => assignee) ? listActors(stores, organization.id) : [],
  ])
  const { origin } = new URL(c.req.url)
  return issues.flatMap((issue, index) => {
    const project = projects.find(({ id }) => id === issue.projectId)
    if (!project) return []
    const figuresInScope = scoped.get(issue.id)
    const hoursOfIssue = question?.environment ? figuresInScope?.hours : hours?.get(issue.id)
    const shown = showIssue(
      issue,
      { origin, project, organization },
      {
        actor: actors.find(({ key }) => key === issue.assignee) ?? null,
        figures: figuresInScope ?? null,
        filtered: question?.event ? (found[index]?.figures ?? null) : null,
        stats: series && { [series]: makeSeries(series, hoursOfIssue, now) },
      },
    )
    return [matchingEventId ? { ...shown, matchingEventId } : shown]
  })
}

/**
 * Figures within the asked window and environments (filters scope counts too). Issues that lie
 * inside the window whole have the figures of their row.
 */
async function scopedFigures(
  c: Context<ApiEnv>,
  found: FoundIssue[],
  { window, environment, event }: IssueQuestion,
): Promise<Map<number, IssueFigures>> {
  if (environment && !event) {
    return new Map(found.flatMap(({ issue, figures }) => (figures ? [[issue.id, figures]] : [])))
  }
  // Nothing asked is the whole life of an issue, whatever the clocks of its senders' edges say.
  if (!window && environment === null) return new Map()
  const { since, until } = window ?? { since: 0, until: c.var.now + 1 }
  const outgrown = found.filter(({ issue: { firstSeenAt, lastSeenAt } }) => {
    return environment !== null || firstSeenAt < since || lastSeenAt >= until
  })
  const issues = outgrown.map(({ issue }) => issue)
  return figuresOf(c.var.stores, issues, { since, until }, environment)
}

/** An event id or, when asked so, a short id leads to its one issue (spec/web-api.md §4.3). */
async function findDirectly(
  c: Context<ApiEnv>,
  projects: ProjectRow[],
  search: IssueSearch,
): Promise<{ found: FoundIssue; eventId?: string | null } | null> {
  const { stores } = c.var
  const query = search.query?.trim() ?? ''
  const shortId = search.shortIdLookup === '1' ? parseShortId(query) : null
  const project = shortId && projects.find(({ slug }) => slug === shortId.slug)
  if (shortId && project) {
    const issue = await findIssueByNumber(stores, project.id, shortId.number)
    return issue && { found: { issue, figures: null } }
  }
  const eventId = parseEventId(query)
  const hit = eventId && (await findEventAmong(stores, projects, eventId, c.var.now))
  const issue = hit && (await findIssue(stores, hit.row.issueId))
  return issue ? { found: { issue, figures: null }, eventId } : null
}
