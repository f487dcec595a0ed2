import type { Context } from 'hono'
import { z } from 'zod'

import type { EventCondition } from '#domain/search/event-condition.ts'
import type { IssueCondition, IssueField } from '#domain/search/issue-condition.ts'
import { type IssueSearch as Refined, refineIssueSearch } from '#domain/search/issue-search.ts'
import { parseSearch } from '#domain/search/parse-search.ts'
import { listActors } from '#store/actor.ts'
import type { TimeWindow } from '#store/issue-events.ts'
import type { IssueOrder } from '#store/issue-list.ts'
import type { ProjectRow } from '#store/project.ts'
import { findActors } from './actor.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { last, list, pageSize } from './query.ts'
import { refuseSearch } from './search-error.ts'
import { parseTimeWindow } from './time-window.ts'

/** What an issue list is asked (spec/web-api.md §6.3). */
export const IssueSearch = z.object({
  query: last.optional(),
  sort: last.optional(),
  limit: pageSize.optional(),
  per_page: pageSize.optional(),
  cursor: last.optional(),
  statsPeriod: last.optional(),
  start: last.optional(),
  end: last.optional(),
  groupStatsPeriod: last.optional(),
  environment: list.optional(),
  project: list.optional(),
  projectSlug: list.optional(),
  group: list.optional(),
  id: list.optional(),
  status: list.optional(),
  shortIdLookup: last.optional(),
  collapse: list.optional(),
})
export type IssueSearch = z.infer<typeof IssueSearch>

/** A search whose words have a meaning. */
export interface IssueQuestion extends Refined {
  /** What the environments alone ask of events: it scopes the counts too. */
  environment: EventCondition | null
  /** Null when no stretch of time was named. */
  window: TimeWindow | null
}

const DEFAULT_QUERY = 'is:unresolved'

export async function askIssues(
  c: Context<ApiEnv>,
  projects: ProjectRow[],
  search: IssueSearch,
): Promise<IssueQuestion> {
  const { stores, membership, caller, now } = c.var
  const parsed = parseSearch(search.query ?? DEFAULT_QUERY)
  if (!parsed.ok) throw refuseSearch(parsed.error)
  const asksAssignees = /assigned/.test(search.query ?? '')
  const actors = asksAssignees ? await listActors(stores, membership.organization.id) : []
  const refined = refineIssueSearch(parsed.value, {
    now,
    projects,
    findAssignees: (name) => findActors(actors, name, caller.user.id).map(({ key }) => key),
  })
  if (!refined.ok) throw refuseSearch(refined.error)
  const window = parseTimeWindow(search, now)
  const environment = environmentCondition(search.environment ?? [])
  const nodes = [refined.value.issue]
  if (search.status) nodes.push({ kind: 'in', field: 'status', values: search.status })
  if (window) nodes.push(range('lastSeenAt', window.since, null))
  if (window) nodes.push(range('firstSeenAt', null, window.until))
  return { issue: { kind: 'all', nodes }, event: refined.value.event, environment, window }
}

/** One of the environments; an empty name is the events that have none. */
export function environmentCondition(names: string[]): EventCondition | null {
  if (names.length === 0) return null
  const named = names.filter((name) => name !== '')
  const patterns = named.map((name) => [name])
  const matches: EventCondition = { kind: 'matches', field: 'environment', patterns, fold: false }
  if (named.length === names.length) return matches
  const absent: EventCondition = { kind: 'not', node: { kind: 'has', field: 'environment' } }
  return { kind: 'any', nodes: [absent, matches] }
}

export function bothConditions(
  a: EventCondition | null,
  b: EventCondition | null,
): EventCondition | null {
  return a && b ? { kind: 'all', nodes: [a, b] } : (a ?? b)
}

/** Orders we keep no scores for look like the nearest one we have. */
const ORDERS = new Map<string, IssueOrder>([
  ['date', 'date'],
  ['inbox', 'date'],
  ['recommended', 'date'],
  ['new', 'new'],
  ['freq', 'freq'],
  ['trends', 'freq'],
  ['user', 'user'],
])

export function parseOrder(sort: string | undefined): IssueOrder {
  const order = ORDERS.get(sort || 'date')
  if (!order) throw new ApiError('invalid', `Sort key '${sort}' not supported.`)
  return order
}

function range(field: IssueField, from: number | null, until: number | null): IssueCondition {
  return { kind: 'range', field, range: { from, until } }
}
