import { type Context, Hono } from 'hono'

import { IssueChange } from '#contract/issue.ts'
import { findIssues, type IssueRow } from '#store/issue.ts'
import { deleteIssues } from '#store/issue-change.ts'
import { searchIssues } from '#store/issue-search.ts'
import type { ProjectRow } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import { discardIssues } from './discard.ts'
import { applyChange } from './issue-change.ts'
import { askIssues, bothConditions, IssueSearch } from './issue-search.ts'
import { ApiError } from './on-error.ts'
import { parseIds } from './query.ts'
import { requireScope } from './scope.ts'
import { selectProjects } from './select-projects.ts'
import { valid } from './valid.ts'

/** Issues one request may change (spec/web-api.md §1.9). */
const ISSUES_MAX = 1000

/** Below a project: changes to many of its issues at once. */
export const projectIssueBulkRoutes = new Hono<ApiEnv>()
  .put(
    '/issues',
    requireScope('event:write'),
    valid('query', IssueSearch),
    valid('json', IssueChange),
    (c) => changeAll(c, [c.var.project], c.req.valid('query'), c.req.valid('json')),
  )
  .delete('/issues', requireScope('event:admin'), valid('query', IssueSearch), (c) =>
    deleteAll(c, [c.var.project], c.req.valid('query')),
  )

/** Below an organization: the same over its projects. */
export const organizationIssueBulkRoutes = new Hono<ApiEnv>()
  .put(
    '/issues',
    requireScope('event:write'),
    valid('query', IssueSearch),
    valid('json', IssueChange),
    async (c) => {
      const search = c.req.valid('query')
      return changeAll(c, await selectProjects(c, search), search, c.req.valid('json'))
    },
  )
  .delete('/issues', requireScope('event:admin'), valid('query', IssueSearch), async (c) => {
    const search = c.req.valid('query')
    return deleteAll(c, await selectProjects(c, search), search)
  })

async function changeAll(
  c: Context<ApiEnv>,
  projects: ProjectRow[],
  search: IssueSearch,
  body: IssueChange,
) {
  const needsIds =
    body.assignedTo !== undefined || body.priority !== undefined || body.merge || body.discard
  if (needsIds && !search.id) {
    throw new ApiError(
      'invalid',
      'Only the status can be changed by a query. Name the issues by id.',
    )
  }
  const issues = await pickIssues(c, projects, search)
  if (issues.length === 0) return c.body(null, 204)
  if (body.discard) {
    await discardIssues(c, issues)
    return c.body(null, 204)
  }
  return c.json(await applyChange(c, issues, body))
}

async function deleteAll(c: Context<ApiEnv>, projects: ProjectRow[], search: IssueSearch) {
  const issues = await pickIssues(c, projects, search)
  await deleteIssues(
    c.var.stores,
    issues.map(({ id }) => id),
    c.var.now,
  )
  return c.body(null, 204)
}

/** The named issues, or the first thousand of those a query finds. Never one of another project. */
async function pickIssues(
  c: Context<ApiEnv>,
  projects: ProjectRow[],
  search: IssueSearch,
): Promise<IssueRow[]> {
  const { stores, now } = c.var
  const projectIds = projects.map(({ id }) => id)
  if (search.id) {
    const ids = parseIds('id', search.id)
    if (ids.length > ISSUES_MAX)
      throw new ApiError('invalid', { id: [`At most ${ISSUES_MAX} issues.`] })
    return findIssues(stores, projectIds, ids)
  }
  const question = await askIssues(c, projects, search)
  const { found } = await searchIssues(stores, {
    projectIds,
    issue: question.issue,
    event: bothConditions(question.environment, question.event),
    window: question.window ?? { since: 0, until: now + 1 },
    order: 'date',
    limit: ISSUES_MAX,
    after: null,
    isBackward: false,
  })
  return found.map(({ issue }) => issue)
}
