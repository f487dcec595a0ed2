import { z } from 'zod/mini'
import { IssueSort, type IssueStatus } from '#contract/issue.ts'
import type { IssuePageQuery } from '~/api/issue.ts'

/** The list's tabs; `all` is a query without a status. */
export type StatusTab = IssueStatus | 'all'

export const STATUS_TABS: StatusTab[] = ['unresolved', 'resolved', 'ignored', 'all']
export const DEFAULT_QUERY = 'is:unresolved'

/** What the list's URL may say. Anything else is as good as not said. */
export const IssueSearch = z.object({
  query: z.catch(z.optional(z.string()), undefined),
  sort: z.catch(z.optional(IssueSort), undefined),
  cursor: z.catch(z.optional(z.string()), undefined),
})
export type IssueSearch = z.infer<typeof IssueSearch>

export function fromSearch({ query, sort, cursor }: IssueSearch): IssuePageQuery {
  return { query: query ?? DEFAULT_QUERY, sort: sort ?? 'date', cursor }
}

/** Defaults stay out of the URL. */
export function toSearch({ query, sort, cursor }: IssuePageQuery): IssueSearch {
  return {
    query: query === DEFAULT_QUERY ? undefined : query,
    sort: sort === 'date' ? undefined : sort,
    cursor,
  }
}

const STATUS_TERM = /(?:^|\s)is:(unresolved|resolved|ignored)(?=\s|$)/

/** Which tab a query stands under. */
export function tabOf(query: string): StatusTab {
  const found = STATUS_TERM.exec(query)?.[1]
  return STATUS_TABS.find((tab) => tab === found) ?? 'all'
}

/** The query without its status: what the search box shows. */
export function textOf(query: string): string {
  return query.replace(STATUS_TERM, ' ').trim()
}

/** A status typed into the box wins over the tab. */
export function joinQuery(tab: StatusTab, text: string): string {
  if (STATUS_TERM.test(text) || tab === 'all') return text.trim()
  return `is:${tab} ${text}`.trim()
}
