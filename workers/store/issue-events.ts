/** Questions about the events of known issues, put to every month they can lie in. */

import { countDistinct, EMPTY_SKETCH } from '#domain/distinct-sketch.ts'
import { monthsBetween } from '#domain/identifier.ts'
import { mergeUsers } from '#domain/issue/user-sketch.ts'
import type { EventCondition } from '#domain/search/event-condition.ts'
import { type EventRow, eventRow, type IssueSpan, monthsOf, SPAN_SLACK_MS } from './event.ts'
import type { EventPosition } from './month-rows.ts'
import type { TagCount, TagValueCount } from './month-search.ts'
import type { Stores } from './stores.ts'
import { streamsOf } from './stream.ts'

/** A stretch of time, Unix ms; `until` is not part of it. */
export interface TimeWindow {
  since: number
  until: number
}

/** What an issue's events in a window that fulfil a condition amount to. */
export interface IssueFigures {
  count: number
  userCount: number
  firstSeenAt: number
  lastSeenAt: number
  latestEventId: string
  /** Events by the start of their hour, Unix ms. */
  hours: Map<number, number>
}

/** Figures of those issues of a project that have such events at all; absent is none. */
export async function matchIssueEvents(
  stores: Stores,
  projectId: number,
  issues: IssueSpan[],
  window: TimeWindow,
  condition: EventCondition | null,
): Promise<Map<number, IssueFigures>> {
  const figures = new Map<number, IssueFigures & { users: Uint8Array }>()
  if (issues.length === 0) return figures
  const streamed = issues.map(streamsOf)
  const { since, until } = clip(window, issues)
  const answers = await Promise.all(
    monthsBetween(since, until).map((month) =>
      stores
        .projectStore(projectId, month)
        .matchIssues({ issues: streamed, since, until, condition }),
    ),
  )
  // Newest month first: the first answer of an issue has its latest event.
  for (const match of answers.flat()) {
    const before = figures.get(match.issueId)
    const users = mergeUsers(before?.users ?? EMPTY_SKETCH, match.users)
    const hours = before?.hours ?? new Map<number, number>()
    for (const { hour, quantity } of match.hours) hours.set(hour, (hours.get(hour) ?? 0) + quantity)
    figures.set(match.issueId, {
      count: (before?.count ?? 0) + match.quantity,
      userCount: countDistinct(users),
      firstSeenAt: Math.min(before?.firstSeenAt ?? match.firstAt, match.firstAt),
      lastSeenAt: Math.max(before?.lastSeenAt ?? match.lastAt, match.lastAt),
      latestEventId: before?.latestEventId ?? match.latestEventId,
      hours,
      users,
    })
  }
  return figures
}

/** One page of an issue's events, nearest to the position first. */
export async function searchIssueEvents(
  stores: Stores,
  issue: IssueSpan,
  page: TimeWindow & {
    condition: EventCondition | null
    limit: number
    position: EventPosition | null
    isAscending: boolean
  },
): Promise<EventRow[]> {
  const rows: EventRow[] = []
  const { streams } = streamsOf(issue)
  const { position, isAscending } = page
  const span = clip(page, [issue])
  const from = isAscending && position ? Math.max(position.at, span.since) : span.since
  const until = !isAscending && position ? Math.min(position.at, span.until) : span.until
  const months = from <= until ? monthsBetween(from, until) : []
  if (isAscending) months.reverse()
  for (const month of months) {
    const store = stores.projectStore(issue.projectId, month)
    const limit = page.limit - rows.length
    const more = await store.searchEvents(streams, { ...page, limit })
    rows.push(...more.map((row) => eventRow(row, month, issue.id)))
    if (rows.length >= page.limit) break
  }
  return rows
}

/** Tags of an issue's events with how often each value stands, most common first. */
export async function countIssueTags(
  stores: Stores,
  issue: IssueSpan,
  query: { key: string | null; condition: EventCondition | null },
): Promise<TagCount[]> {
  const { streams } = streamsOf(issue)
  const answers = await Promise.all(
    monthsOf(issue).map((month) =>
      stores.projectStore(issue.projectId, month).countTags({ streams, ...query }),
    ),
  )
  const counts = new Map<string, TagCount>()
  for (const count of answers.flat()) {
    const before = counts.get(count.key)
    counts.set(count.key, before ? addTagCounts(before, count) : count)
  }
  const sorted = [...counts.values()].map((count) => {
    return { ...count, values: count.values.sort((a, b) => b.quantity - a.quantity) }
  })
  return sorted.sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1))
}

/** Only months in which one of the issues was seen are asked. */
function clip({ since, until }: TimeWindow, issues: IssueSpan[]): TimeWindow {
  const first = Math.min(...issues.map(({ firstSeenAt }) => firstSeenAt)) - SPAN_SLACK_MS
  const final = Math.max(...issues.map(({ lastSeenAt }) => lastSeenAt)) + SPAN_SLACK_MS
  return { since: Math.max(since, first), until: Math.min(until, final) }
}

function addTagCounts(a: TagCount, b: TagCount): TagCount {
  const values = new Map(a.values.map((value) => [value.value, value]))
  for (const value of b.values) {
    const before = values.get(value.value)
    values.set(value.value, before ? addValueCounts(before, value) : value)
  }
  return {
    key: a.key,
    total: a.total + b.total,
    isCut: a.isCut || b.isCut,
    values: [...values.values()],
  }
}

function addValueCounts(a: TagValueCount, b: TagValueCount): TagValueCount {
  return {
    value: a.value,
    quantity: a.quantity + b.quantity,
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
  }
}
