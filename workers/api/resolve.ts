import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'

import { parseShortId } from '#domain/issue/short-id.ts'
import { findIssue, findIssueByNumber, type IssueRow } from '#store/issue.ts'
import { findProject, findProjectById, findRenamedProject } from '#store/project.ts'
import type { ApiEnv, Membership } from './api-env.ts'
import { ApiError } from './on-error.ts'

/**
 * From the names in a path to rows. What the caller may not see does not exist: each of these
 * answers 404 for another organization's organization, project or issue.
 */

/** `:organization` is a slug or, all digits, an id. */
export const resolveOrganization = createMiddleware<ApiEnv>(async (c, next) => {
  const name = c.req.param('organization') ?? ''
  const membership = c.var.caller.memberships.find(
    ({ organization }) => organization.slug === name || String(organization.id) === name,
  )
  if (!membership) throw new ApiError('not_found')
  c.set('membership', membership)
  await next()
})

/** `:project` is a slug or, all digits, an id; comes after `resolveOrganization`. */
export const resolveProject = createMiddleware<ApiEnv>(async (c, next) => {
  const { stores, membership } = c.var
  const name = c.req.param('project') ?? ''
  const project = await findProject(stores, membership.organization.id, name)
  if (!project) return sendOn(c, name)
  c.set('project', project)
  await next()
  return undefined
})

/** A renamed project: a client reads the new slug from the body (spec/web-api.md §1.2). */
async function sendOn(c: Context<ApiEnv>, name: string): Promise<Response> {
  const { stores, membership } = c.var
  const renamed = await findRenamedProject(stores, membership.organization.id, name)
  if (!renamed) throw new ApiError('not_found')
  const { slug } = renamed
  const url = new URL(c.req.url)
  const [api, zero, projects, organization, , ...rest] = url.pathname.split('/').slice(1)
  url.pathname = ['', api, zero, projects, organization, slug, ...rest].join('/')
  c.header('location', url.href)
  const extra = { url: url.href, slug }
  return c.json(
    { slug, detail: { code: 'resource-moved', message: 'Resource has been moved', extra } },
    302,
  )
}

/**
 * `:issue` is a numeric id or, below an organization, a short id such as `SHOP-1F`. Sets the issue,
 * its project and the membership through which it is seen.
 */
export const resolveIssue = createMiddleware<ApiEnv>(async (c, next) => {
  const name = c.req.param('issue') ?? ''
  const issue = /^\d{1,15}$|^\d{16}$/.test(name)
    ? await findIssue(c.var.stores, Number(name))
    : await findByShortId(c, name)
  const project = issue && (await findProjectById(c.var.stores, issue.projectId))
  const membership = project && membershipOf(c, project.organizationId)
  if (!issue || !project || !membership) throw new ApiError('not_found')
  c.set('issue', issue)
  c.set('project', project)
  c.set('membership', membership)
  await next()
})

async function findByShortId(c: Context<ApiEnv>, name: string): Promise<IssueRow | null> {
  const shortId = parseShortId(name)
  if (!shortId || !c.var.membership) return null
  const { stores, membership } = c.var
  const project = await findProject(stores, membership.organization.id, shortId.slug)
  return project && findIssueByNumber(stores, project.id, shortId.number)
}

/** The organization the path names, if it names one, or any of the caller's. */
function membershipOf(c: Context<ApiEnv>, organizationId: number): Membership | undefined {
  const seen = c.var.membership ? [c.var.membership] : c.var.caller.memberships
  return seen.find(({ organization }) => organization.id === organizationId)
}
