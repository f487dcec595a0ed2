/**
 * Questions about a month's events that no index answers: which issues have an event such and such,
 * how often, and what tags they carry. All read the rows of the named issues' streams only (the
 * primary key begins with the stream) and stop at a bound, newest first.
 */
import { EMPTY_SKETCH, hashName } from '#domain/distinct-sketch.ts'
import { addUsers } from '#domain/issue/user-sketch.ts'
import {
  type EventCondition,
  matchEvent,
  type SearchableEvent,
} from '#domain/search/event-condition.ts'
import { ALWAYS, allOf, type Condition } from './condition.ts'
import { EVENT_COLUMNS, type EventPosition, eventRow, type MonthEventRow } from './month-rows.ts'
import type { Stream, StreamedIssue } from './stream.ts'

/** Rows looked at for one issue in one month, newest first; thinning keeps some hundred an hour. */
const ROWS_MAX = 20_000
const ROWS_OF_STREAM_MIN = 100
/** Values of one tag that are told apart; further ones count for the total only. */
const TAG_VALUES_MAX = 1000
const TAG_KEYS_MAX = 500

const HOUR_MS = 3_600_000

export interface MatchQuery {
  issues: StreamedIssue[]
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
  /** `hour` is its start, Unix ms. */
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
  streams: Stream[]
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

/** A page of everything, newest first. */
export const EVERY_EVENT = {
  condition: null,
  since: 0,
  until: Number.MAX_SAFE_INTEGER,
  position: null,
  isAscending: false,
} as const

type Row = Record<string, SqlStorageValue>

const ALWAYS_WINDOW = { since: 0, until: Number.MAX_SAFE_INTEGER }

const COLUMNS =
  'stream, at, event_id, weight, level, title, platform, environment, "release", user, trace_id, tags'

export function matchIssues(sql: SqlStorage, query: MatchQuery): IssueMatch[] {
  return query.issues.flatMap((issue) => matchIssue(sql, issue, query) ?? [])
}

function matchIssue(
  sql: SqlStorage,
  { id, streams }: StreamedIssue,
  { since, until, condition }: MatchQuery,
): IssueMatch | null {
  const users = new Set<number>()
  const hours = new Map<number, number>()
  let match: Omit<IssueMatch, 'users' | 'hours'> | null = null
  for (const row of readNewest(sql, streams, condition, { since, until })) {
    if (condition && !matchEvent(searchable(row), condition)) continue
    const at = Number(row['at'])
    const quantity = Number(row['weight'])
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS
    const latestEventId = String(row['event_id'])
    match ??= { issueId: id, quantity: 0, firstAt: at, lastAt: at, latestEventId }
    match.quantity += quantity
    match.firstAt = Math.min(match.firstAt, at)
    if (at > match.lastAt) match = { ...match, lastAt: at, latestEventId }
    hours.set(hour, (hours.get(hour) ?? 0) + quantity)
    if (typeof row['user'] === 'string') users.add(hashName(row['user']))
  }
  return (
    match && {
      ...match,
      users: addUsers(EMPTY_SKETCH, [...users]),
      hours: [...hours].map(([hour, quantity]) => ({ hour, quantity })),
    }
  )
}

/** How often each value of each tag stands in an issue's newest events. */
export function countTags(sql: SqlStorage, { streams, condition, key }: TagQuery): TagCount[] {
  const counts = new Map<
    string,
    { total: number; isCut: boolean; values: Map<string, TagValueCount> }
  >()
  for (const row of readNewest(sql, streams, condition, ALWAYS_WINDOW)) {
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
        known.firstAt = Math.min(known.firstAt, at)
        known.lastAt = Math.max(known.lastAt, at)
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

/** Rows of an issue's streams, one stream after the other, each newest first. */
function* readNewest(
  sql: SqlStorage,
  streams: Stream[],
  condition: EventCondition | null,
  window: { since: number; until: number },
): Generator<Row> {
  const narrow = narrowing(condition)
  for (const stream of streams) {
    yield* sql.exec(
      `SELECT ${COLUMNS} FROM event WHERE stream = ? AND at >= ? AND at < ? AND ${narrow.sql}
       ORDER BY at DESC, event_id DESC LIMIT ${rowsMax(streams)}`,
      stream.key,
      Math.max(stream.since, window.since),
      window.until,
      ...narrow.values,
    )
  }
}

/** Events of an issue that fulfil a condition, in the order asked for. */
export function searchEvents(
  sql: SqlStorage,
  streams: Stream[],
  page: SearchPage,
): MonthEventRow[] {
  const sign = page.isAscending ? 1 : -1
  return streams
    .flatMap((stream) => searchStream(sql, stream, rowsMax(streams), page))
    .sort((a, b) => sign * (a.at - b.at || (a.eventId < b.eventId ? -1 : 1)))
    .slice(0, page.limit)
}

function searchStream(
  sql: SqlStorage,
  stream: Stream,
  rows: number,
  { condition, since, until, limit, isAscending, position }: SearchPage,
): MonthEventRow[] {
  const edge = { at: isAscending ? -1 : Number.MAX_SAFE_INTEGER, eventId: '' }
  const { at, eventId } = position ?? edge
  const direction = isAscending ? 'ASC' : 'DESC'
  const narrow = narrowing(condition)
  const read = sql.exec(
    `SELECT ${EVENT_COLUMNS}
     WHERE stream = ? AND (at, event_id) ${isAscending ? '>' : '<'} (?, ?) AND at >= ? AND at < ?
       AND ${narrow.sql}
     ORDER BY at ${direction}, event_id ${direction} LIMIT ${rows}`,
    stream.key,
    at,
    eventId,
    Math.max(stream.since, since),
    until,
    ...narrow.values,
  )
  const found: MonthEventRow[] = []
  for (const row of read) {
    if (condition && !matchEvent(searchable(row), condition)) continue
    found.push(eventRow(row))
    if (found.length >= limit) break
  }
  return found
}

/** A merged issue may have many streams: together they may be read a little further than one. */
function rowsMax(streams: Stream[]): number {
  return Math.max(Math.ceil(ROWS_MAX / streams.length), ROWS_OF_STREAM_MIN)
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
