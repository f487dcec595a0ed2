/**
 * Questions about a month's events that no index answers: which issues have an event such and such,
 * how often, and what tags they carry. All read the rows of the named issues only (the primary key
 * begins with the issue) and stop at a bound, newest first.
 */
import { addToSketch, EMPTY_SKETCH, hashUser } from '#domain/issue/user-sketch.ts'
import {
  type EventCondition,
  matchEvent,
  type SearchableEvent,
} from '#domain/search/event-condition.ts'
import { ALWAYS, allOf, type Condition } from './condition.ts'
import { EVENT_COLUMNS, type EventPosition, eventRow, type MonthEventRow } from './month-rows.ts'

/** Rows looked at for one issue in one month, newest first; thinning keeps some hundred an hour. */
const ROWS_MAX = 20_000
/** Values of one tag that are told apart; further ones count for the total only. */
const TAG_VALUES_MAX = 1000
const TAG_KEYS_MAX = 500

const HOUR_MS = 3_600_000

export interface MatchQuery {
  issueIds: number[]
  /** Unix ms. */
  since: number
  until: number
  /** Null for every event. */
  condition: EventCondition | null
}

/** What matched of one issue. Plain data: it crosses an RPC. */
export interface IssueMatch {
  issueId: number
  /** Sum of weights. */
  quantity: number
  /** Sketch of the users, see domain/issue/user-sketch.ts. */
  users: Uint8Array
  firstAt: number
  lastAt: number
  latestEventId: string
  /** Newest first; `hour` is its start, Unix ms. */
  hours: { hour: number; quantity: number }[]
}

export interface TagCount {
  key: string
  total: number
  values: TagValueCount[]
  /** True when there were more values than we tell apart. */
  isCut: boolean
}

export interface TagValueCount {
  value: string
  quantity: number
  firstAt: number
  lastAt: number
}

export interface TagQuery {
  issueId: number
  condition: EventCondition | null
  /** One tag, or null for all. */
  key: string | null
}

export interface SearchPage {
  condition: EventCondition | null
  since: number
  until: number
  limit: number
  /** The page starts behind this event. */
  position: EventPosition | null
  /** Oldest first, from the position on. */
  isAscending: boolean
}

type Row = Record<string, SqlStorageValue>

const COLUMNS =
  'issue_id, at, event_id, weight, level, title, platform, environment, "release", user, trace_id, tags'

export function matchIssues(sql: SqlStorage, query: MatchQuery): IssueMatch[] {
  const matches: IssueMatch[] = []
  for (const issueId of query.issueIds) {
    const match = matchIssue(sql, issueId, query)
    if (match) matches.push(match)
  }
  return matches
}

function matchIssue(
  sql: SqlStorage,
  issueId: number,
  { since, until, condition }: MatchQuery,
): IssueMatch | null {
  const users = new Set<number>()
  const hours = new Map<number, number>()
  let match: Omit<IssueMatch, 'users' | 'hours'> | null = null
  const narrow = narrowing(condition)
  const rows = sql.exec(
    `SELECT ${COLUMNS} FROM event
     WHERE issue_id = ? AND at >= ? AND at < ? AND ${narrow.sql}
     ORDER BY at DESC, event_id DESC LIMIT ${ROWS_MAX}`,
    issueId,
    since,
    until,
    ...narrow.values,
  )
  for (const row of rows) {
    if (condition && !matchEvent(searchable(row), condition)) continue
    const at = Number(row['at'])
    const quantity = Number(row['weight'])
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS
    const latestEventId = String(row['event_id'])
    match ??= { issueId, quantity: 0, firstAt: at, lastAt: at, latestEventId }
    match.quantity += quantity
    match.firstAt = at
    hours.set(hour, (hours.get(hour) ?? 0) + quantity)
    if (typeof row['user'] === 'string') users.add(hashUser(row['user']))
  }
  return (
    match && {
      ...match,
      users: addToSketch(EMPTY_SKETCH, [...users]),
      hours: [...hours].map(([hour, quantity]) => ({ hour, quantity })),
    }
  )
}

/** How often each value of each tag stands in an issue's newest events. */
export function countTags(sql: SqlStorage, { issueId, condition, key }: TagQuery): TagCount[] {
  const counts = new Map<
    string,
    { total: number; isCut: boolean; values: Map<string, TagValueCount> }
  >()
  const rows = sql.exec(
    `SELECT ${COLUMNS} FROM event WHERE issue_id = ?
     ORDER BY at DESC, event_id DESC LIMIT ${ROWS_MAX}`,
    issueId,
  )
  for (const row of rows) {
    if (condition && !matchEvent(searchable(row), condition)) continue
    const at = Number(row['at'])
    const quantity = Number(row['weight'])
    for (const [name, value] of JSON.parse(String(row['tags'])) as [string, string][]) {
      if (key !== null && name !== key) continue
      let count = counts.get(name)
      if (!count) {
        if (counts.size >= TAG_KEYS_MAX) continue
        count = { total: 0, isCut: false, values: new Map() }
        counts.set(name, count)
      }
      count.total += quantity
      const known = count.values.get(value)
      if (known) {
        known.quantity += quantity
        known.firstAt = at
      } else if (count.values.size < TAG_VALUES_MAX) {
        count.values.set(value, { value, quantity, firstAt: at, lastAt: at })
      } else {
        count.isCut = true
      }
    }
  }
  return [...counts].map(([name, { total, isCut, values }]) => {
    return { key: name, total, isCut, values: [...values.values()] }
  })
}

/** Events of an issue that fulfil a condition, in the order asked for. */
export function searchEvents(sql: SqlStorage, issueId: number, page: SearchPage): MonthEventRow[] {
  const { condition, since, until, limit, isAscending } = page
  const edge = { at: isAscending ? -1 : Number.MAX_SAFE_INTEGER, eventId: '' }
  const { at, eventId } = page.position ?? edge
  const direction = isAscending ? 'ASC' : 'DESC'
  const narrow = narrowing(condition)
  const rows = sql.exec(
    `SELECT ${EVENT_COLUMNS}
     WHERE issue_id = ? AND (at, event_id) ${isAscending ? '>' : '<'} (?, ?) AND at >= ? AND at < ?
       AND ${narrow.sql}
     ORDER BY at ${direction}, event_id ${direction} LIMIT ${ROWS_MAX}`,
    issueId,
    at,
    eventId,
    since,
    until,
    ...narrow.values,
  )
  const found: MonthEventRow[] = []
  for (const row of rows) {
    if (condition && !matchEvent(searchable(row), condition)) continue
    found.push(eventRow(row))
    if (found.length >= limit) break
  }
  return found
}

/** What SQL can already tell of a condition: plain values of columns that all must have. */
function narrowing(condition: EventCondition | null): Condition {
  if (condition?.kind === 'all') return allOf(condition.nodes.map(narrowing))
  if (condition?.kind !== 'matches' || condition.fold) return ALWAYS
  const { field, patterns } = condition
  if (field !== 'environment' && field !== 'release') return ALWAYS
  if (patterns.some((pattern) => pattern.length > 1)) return ALWAYS
  const values = JSON.stringify(patterns.map(([text]) => text))
  return { sql: `"${field}" IN (SELECT value FROM json_each(?))`, values: [values] }
}

function searchable(row: Row): SearchableEvent {
  let tags: Map<string, string> | null = null
  const text = (name: string): string | null => {
    const value = row[name]
    return typeof value === 'string' ? value : null
  }
  return {
    fields: {
      environment: text('environment'),
      release: text('release'),
      level: text('level'),
      platform: text('platform'),
      title: text('title'),
      user: text('user'),
      trace: text('trace_id'),
      id: text('event_id'),
    },
    tag: (key) => {
      tags ??= new Map(JSON.parse(text('tags') ?? '[]') as [string, string][])
      return tags.get(key) ?? null
    },
  }
}
