import { eq } from 'drizzle-orm'

import type { PicketEvent } from '#domain/event/event.ts'
import { monthsBetween } from '#domain/identifier.ts'
import { applyOverlay } from '#domain/symbolication/apply-overlay.ts'
import type { Overlay } from '#domain/symbolication/symbolicate-event.ts'
import { overlayKey, readRange } from './blob.ts'
import type { EventPosition, MonthEventRow } from './month-rows.ts'
import { EVERY_EVENT } from './month-search.ts'
import { readPackedItem } from './packed-item.ts'
import { project } from './schema/project.ts'
import type { Stores } from './stores.ts'
import { streamsOf } from './stream.ts'
import { issuesOfStreams } from './stream-issue.ts'

/** An event row, its issue, and the month it was received in. */
export interface EventRow extends Omit<MonthEventRow, 'tags'> {
  /** 0 when its issue was deleted. */
  issueId: number
  tags: [string, string][]
  month: string
}

/** What a question about an issue's events needs to know of it. */
export interface IssueSpan {
  id: number
  projectId: number
  hashes: string
  firstSeenAt: number
  lastSeenAt: number
}

/** How far back a project's events can lie: the longest retention class. */
const RETENTION_DAYS_MAX = 400
/** Counts trail the events by up to a minute (flushes), so a span is read a little wider. */
export const SPAN_SLACK_MS = 120_000

interface MonthRow {
  row: MonthEventRow
  month: string
}

/** One page of an issue's events, newest first. */
export async function listIssueEvents(
  stores: Stores,
  issue: IssueSpan,
  page: { limit: number; before?: EventPosition },
): Promise<EventRow[]> {
  const rows: EventRow[] = []
  const { streams } = streamsOf(issue)
  for (const month of monthsOf(issue, page.before)) {
    const store = stores.projectStore(issue.projectId, month)
    const limit = page.limit - rows.length
    const position = page.before ?? null
    const more = await store.searchEvents(streams, { ...EVERY_EVENT, limit, position })
    rows.push(...more.map((row) => eventRow(row, month, issue.id)))
    if (rows.length >= page.limit) break
  }
  return rows
}

/** One page of a project's events, newest first. */
export async function listProjectEvents(
  stores: Stores,
  projectId: number,
  page: { limit: number; before?: EventPosition },
): Promise<EventRow[]> {
  const rows: MonthRow[] = []
  for (const month of await monthsOfProject(stores, projectId, page.before?.at ?? Date.now())) {
    const store = stores.projectStore(projectId, month)
    const more = await store.listProjectEvents(page.limit - rows.length, page.before)
    rows.push(...more.map((row) => ({ row, month })))
    if (rows.length >= page.limit) break
  }
  return withIssues(stores, projectId, rows)
}

/** The event with this id, looked for from the newest month back. */
export async function findEvent(
  stores: Stores,
  projectId: number,
  eventId: string,
): Promise<EventRow | null> {
  for (const month of await monthsOfProject(stores, projectId, Date.now())) {
    const row = await stores.projectStore(projectId, month).findEvent(eventId)
    if (row) return (await withIssues(stores, projectId, [{ row, month }]))[0] ?? null
  }
  return null
}

/** Calls one look-up among many projects may make: far below what one request is allowed. */
const LOOKUPS_MAX = 300

/**
 * The event with this id in one of these projects: the newest month of each first. Projects with
 * more months than the calls suffice for are not looked through to their end.
 */
export async function findEventAmong<Project extends { id: number; firstEventAt: number | null }>(
  stores: Stores,
  projects: Project[],
  eventId: string,
  now: number,
): Promise<{ row: EventRow; project: Project } | null> {
  const places = projects.flatMap((project) => {
    const { firstEventAt } = project
    const months = firstEventAt === null ? [] : monthsBetween(firstEventAt - SPAN_SLACK_MS, now)
    return months.map((month) => ({ project, month }))
  })
  places.sort((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : 0))
  const rows = await Promise.all(
    places.slice(0, LOOKUPS_MAX).map(async ({ project, month }) => {
      const row = await stores.projectStore(project.id, month).findEvent(eventId)
      return row && { row, month, project }
    }),
  )
  const found = rows.find((read) => read !== null)
  if (!found) return null
  const [row] = await withIssues(stores, found.project.id, [found])
  return row ? { row, project: found.project } : null
}

/** The events of the issue next to this one, by time of receipt. */
export async function findNeighbours(
  stores: Stores,
  issue: IssueSpan,
  row: EventPosition,
): Promise<{ previousEventId: string | null; nextEventId: string | null }> {
  const before = { at: row.at, eventId: row.eventId }
  const [previous, next] = await Promise.all([
    listIssueEvents(stores, issue, { limit: 1, before }),
    findEventAfter(stores, issue, before),
  ])
  return { previousEventId: previous[0]?.eventId ?? null, nextEventId: next?.eventId ?? null }
}

/** The event as it was admitted, with its overlay laid on. Reads one range (two with an overlay). */
export async function readEvent(
  stores: Stores,
  row: EventRow,
): Promise<{ event: PicketEvent; sizeBytes: number }> {
  const [bytes, overlayBytes] = await Promise.all([
    readRange(stores.raw, row.packKey, row),
    row.overlay ? readRange(stores.raw, overlayKey(row.packKey), row.overlay) : null,
  ])
  const { payload } = readPackedItem(bytes)
  const event = JSON.parse(payload) as PicketEvent
  const overlay = overlayBytes && (JSON.parse(readPackedItem(overlayBytes).payload) as Overlay)
  return { event: applyOverlay(event, overlay), sizeBytes: payload.length }
}

/** Events per issue and hour (start in Unix ms), thinned ones included. */
export async function countIssueHours(
  stores: Stores,
  projectId: number,
  issues: IssueSpan[],
  since: number,
  until: number,
): Promise<Map<number, Map<number, number>>> {
  const counts = new Map<number, Map<number, number>>()
  const streamed = issues.map(streamsOf)
  for (const month of monthsBetween(since, until)) {
    const hours = await stores.projectStore(projectId, month).countHours(streamed, since, until)
    for (const { issueId, hour, quantity } of hours) {
      const ofIssue = counts.get(issueId) ?? new Map<number, number>()
      ofIssue.set(hour, (ofIssue.get(hour) ?? 0) + quantity)
      counts.set(issueId, ofIssue)
    }
  }
  return counts
}

async function findEventAfter(
  stores: Stores,
  issue: IssueSpan,
  position: EventPosition,
): Promise<EventPosition | null> {
  const until = issue.lastSeenAt + SPAN_SLACK_MS
  const { streams } = streamsOf(issue)
  for (const month of monthsBetween(position.at, until).reverse()) {
    const store = stores.projectStore(issue.projectId, month)
    const [row] = await store.searchEvents(streams, {
      ...EVERY_EVENT,
      limit: 1,
      position,
      isAscending: true,
    })
    if (row) return row
  }
  return null
}

export function eventRow(row: MonthEventRow, month: string, issueId: number): EventRow {
  return { ...row, issueId, tags: JSON.parse(row.tags) as [string, string][], month }
}

/** Rows of a project with the issues their streams lead to now. */
async function withIssues(
  stores: Stores,
  projectId: number,
  rows: MonthRow[],
): Promise<EventRow[]> {
  const keys = rows.map(({ row }) => row.stream)
  const issues = await issuesOfStreams(stores, projectId, keys)
  return rows.map(({ row, month }) => {
    const leads = issues.get(row.stream)
    return eventRow(row, month, leads && row.at >= leads.since ? leads.issueId : 0)
  })
}

/** Months the events of an issue can lie in, newest first. */
export function monthsOf(issue: IssueSpan, before?: EventPosition): string[] {
  const until = Math.min(before?.at ?? Number.POSITIVE_INFINITY, issue.lastSeenAt + SPAN_SLACK_MS)
  return monthsBetween(issue.firstSeenAt - SPAN_SLACK_MS, until)
}

/** Months a project can have events in. Asking an object that never was would create it. */
async function monthsOfProject(
  stores: Stores,
  projectId: number,
  until: number,
): Promise<string[]> {
  const { createdAt } = project
  const row = await stores.db
    .select({ createdAt })
    .from(project)
    .where(eq(project.id, projectId))
    .get()
  if (!row) return []
  return monthsBetween(Math.max(row.createdAt, until - RETENTION_DAYS_MAX * 86_400_000), until)
}
