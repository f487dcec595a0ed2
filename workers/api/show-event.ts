import type { EventRow as ContractEventRow, Event } from '#contract/event.ts'
import type { EventDescription } from '#domain/event/describe-event.ts'
import type { EventError, EventUser, PicketEvent } from '#domain/event/event.ts'
import { eventTags } from '#domain/event/event-tags.ts'
import type { EventRow } from '#store/event.ts'
import type { IssueRow } from '#store/issue.ts'
import { isoDate } from './date.ts'
import { dateOfSeconds, showEntries } from './event-entry/entries.ts'

/** An event as it was read back, with its row and its neighbours in the issue. */
export interface ReadEvent {
  row: EventRow
  event: PicketEvent
  /** How it is called, by the exception grouping found it to be about. */
  description: EventDescription
  sizeBytes: number
  neighbours: { previousEventId: string | null; nextEventId: string | null }
}

/** A full event. Nothing that a client reads as an object is null (spec/web-api.md §0, trap 19). */
export function showEvent(
  { row, event, description, sizeBytes, neighbours }: ReadEvent,
  projectId: number,
) {
  const { title, culprit, location, type, metadata } = description
  const { entries, meta } = showEntries(event)
  return {
    id: row.eventId,
    eventID: row.eventId,
    groupID: String(row.issueId),
    projectID: String(projectId),
    title,
    culprit,
    location,
    message: event.logentry?.formatted ?? event.logentry?.message ?? '',
    type,
    metadata,
    platform: event.platform,
    dateCreated: dateOfSeconds(event.timestamp) ?? isoDate(row.at),
    dateReceived: isoDate(row.at),
    size: sizeBytes,
    entries,
    tags: showTags(eventTags(event)),
    contexts: withoutNull(event.contexts),
    context: event.extra ?? {},
    user: event.user ? showEventUser(event.user) : null,
    sdk: event.sdk ?? null,
    packages: event.modules ?? {},
    dist: event.dist ?? null,
    release: event.release ? { version: event.release, shortVersion: event.release } : null,
    errors: (event.errors ?? []).map(showError),
    fingerprints: event.fingerprint ?? [],
    occurrence: null,
    crashFile: null,
    userReport: null,
    sdkUpdates: [],
    resolvedWith: [],
    previousEventID: neighbours.previousEventId,
    nextEventID: neighbours.nextEventId,
    sampling: { weight: row.weight, sampled: row.isThinned || row.weight > 1 },
    _meta: { ...showMeta(event), entries: meta },
  } satisfies Event
}

/** A row of an event list: what the index knows, without reading the payload. */
export function showEventRow(row: EventRow, issue: IssueRow) {
  return {
    id: row.eventId,
    eventID: row.eventId,
    groupID: String(row.issueId),
    projectID: String(issue.projectId),
    'event.type': issue.type,
    title: row.title,
    message: row.title,
    location: issue.location,
    culprit: issue.culprit,
    user: showRowUser(row.user),
    tags: showTags(row.tags),
    platform: row.platform,
    dateCreated: isoDate(row.at),
    crashFile: null,
    metadata: {},
    sampling: { weight: row.weight, sampled: row.isThinned || row.weight > 1 },
  } satisfies ContractEventRow
}

function showTags(tags: [string, string][]): { key: string; value: string }[] {
  return tags
    .map(([key, value]) => ({ key, value }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

function showEventUser(user: EventUser) {
  return {
    id: textOrNull(user.id),
    email: textOrNull(user.email),
    username: textOrNull(user.username),
    ip_address: textOrNull(user.ip_address),
    name: textOrNull(user.name),
    geo: user.geo ?? null,
    data: user.data ?? null,
  }
}

/** From the index's one word (`id:1`, `email:…`, see domain/event/event-user.ts). */
function showRowUser(key: string | null) {
  if (key === null) return null
  const kind = key.slice(0, key.indexOf(':'))
  const value = key.slice(key.indexOf(':') + 1)
  const of = (name: string): string | null => (kind === name ? value : null)
  return {
    id: of('id'),
    email: of('email'),
    username: of('username'),
    ip_address: of('ip'),
    name: null,
  }
}

function withoutNull(contexts: PicketEvent['contexts']): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(contexts ?? {}).flatMap(([name, context]) => (context ? [[name, context]] : [])),
  )
}

function showMeta({ _meta: meta }: PicketEvent): Record<string, unknown> {
  return {
    message: meta?.['logentry'] ?? null,
    user: meta?.['user'] ?? null,
    contexts: meta?.['contexts'] ?? null,
    context: meta?.['extra'] ?? null,
    packages: meta?.['modules'] ?? null,
    tags: meta?.['tags'] ?? {},
    sdk: meta?.['sdk'] ?? null,
  }
}

/** What went wrong while an event was read, in plain words; other types stand for themselves. */
const ERROR_MESSAGES = new Map([
  ['invalid_data', 'A value had the wrong form and was dropped'],
  ['invalid_attribute', 'A field had a name we cannot keep and was dropped'],
  ['missing_attribute', 'A field that must be there was missing'],
  ['value_too_long', 'A value was longer than its limit and was cut'],
  ['clock_drift', "The sender's clock was wrong; times were corrected"],
  ['past_timestamp', 'The event is older than we keep events; its time was set to now'],
  ['future_timestamp', 'The event lies in the future; its time was set to now'],
  ['invalid_environment', 'The environment had a name that is not allowed'],
])

function showError({ type, ...rest }: EventError) {
  return { type, message: ERROR_MESSAGES.get(type) ?? type, data: rest }
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
