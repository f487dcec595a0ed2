import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod/mini'
import { Issue, type IssueSort, type IssueStatus } from '#contract/issue.ts'
import { IssueTag } from '#contract/issue-tag.ts'
import { type PageLinks, parseLinkHeader } from './cursor.ts'
import { type ProjectPath, projectPath } from './project.ts'
import { parseAnswer, request, send } from './request.ts'

export const ISSUES_PER_PAGE = 50

export type IssuePageQuery = { query: string; sort: IssueSort; cursor?: string }

/** One page of issues. `hits` is the whole list's size where the server counted it. */
export type IssuePage = { issues: Issue[]; links: PageLinks; hits?: number }

const REFETCH_MS = 30_000
/** An issue without events is so new that its figures are still being added up. */
const REFETCH_NEW_MS = 2000

function refetchMs(issues: Issue[]): number {
  return issues.some(({ count }) => count === '0') ? REFETCH_NEW_MS : REFETCH_MS
}

export function issueList(path: ProjectPath, { query, sort, cursor }: IssuePageQuery) {
  return queryOptions({
    queryKey: ['issues', path.org, path.project, { query, sort, cursor }],
    queryFn: async ({ signal }): Promise<IssuePage> => {
      // A query that is nothing but a short id, such as SHOP-1F, finds that issue.
      const search = new URLSearchParams({
        query,
        sort,
        limit: String(ISSUES_PER_PAGE),
        shortIdLookup: '1',
      })
      if (cursor !== undefined) search.set('cursor', cursor)
      const url = `${projectPath(path)}/issues/?${search}`
      const response = await send(url, { signal })
      const hits = Number.parseInt(response.headers.get('x-hits') ?? '', 10)
      return {
        issues: parseAnswer(z.array(Issue), url, await response.json()),
        links: parseLinkHeader(response.headers.get('link')),
        hits: Number.isNaN(hits) ? undefined : hits,
      }
    },
    refetchInterval: ({ state }) =>
      cursor === undefined ? refetchMs(state.data?.issues ?? []) : false,
  })
}

export function issuePath(org: string, issueId: string): string {
  return `/organizations/${encodeURIComponent(org)}/issues/${encodeURIComponent(issueId)}`
}

export function issueDetail(org: string, issueId: string) {
  return queryOptions({
    queryKey: ['issue', org, issueId],
    queryFn: ({ signal }) => request(Issue, `${issuePath(org, issueId)}/`, { signal }),
    refetchInterval: ({ state }) => (state.data ? refetchMs([state.data]) : false),
  })
}

/** Every tag of an issue with its most common values; the most frequent tag first. */
export function issueTags(org: string, issueId: string) {
  return queryOptions({
    queryKey: ['issue-tags', org, issueId],
    staleTime: 60_000,
    queryFn: ({ signal }) =>
      request(z.array(IssueTag), `${issuePath(org, issueId)}/tags/`, { signal }),
  })
}

/** Sets the status of many issues at once; the server applies it to all of them or to none. */
export async function changeStatus(org: string, ids: string[], status: IssueStatus): Promise<void> {
  const search = new URLSearchParams(ids.map((id) => ['id', id]))
  const url = `/organizations/${encodeURIComponent(org)}/issues/?${search}`
  await send(url, { method: 'PUT', body: { status } })
}
