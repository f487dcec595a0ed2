import type { IssueStatus } from '#contract/issue.ts'

/** The list's tabs; `all` is a query without a status. */
export type StatusTab = IssueStatus | 'all'

export const STATUS_TABS: StatusTab[] = ['unresolved', 'resolved', 'ignored', 'all']
export const DEFAULT_QUERY = 'is:unresolved'

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
