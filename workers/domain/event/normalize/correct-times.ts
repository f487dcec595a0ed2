/** Puts an event's times on the server's clock (spec/event-processing.md §3.1). */
import type { Breadcrumb } from '../event.ts'
import type { Notes } from '../schema/notes.ts'
import type { Span } from '../schema/span-schema.ts'
import { roundToMicroseconds } from '../schema/timestamp.ts'
import type { Draft } from './draft.ts'

/** A clock that is off by less is believed (spec/event-processing.md §3.1). Seconds. */
const DRIFT_MIN_S = 55 * 60
/** How far ahead of us an event may be. Seconds. */
const FUTURE_MAX_S = 60
/** How old an event may be. Seconds. */
const AGE_MAX_S = 30 * 86_400

/** `now` and `sentAt` are Unix ms; times in events are Unix seconds. */
export function correctTimes(
  event: Draft,
  { now, sentAt }: { now: number; sentAt?: number },
  notes: Notes,
): void {
  const received = roundToMicroseconds(now / 1000)
  correctDrift(event, received, sentAt === undefined ? null : sentAt / 1000, notes)
  forgetStaleParts(event, notes)
  correctDate(event, received, notes)
  event.received = received
  event.timestamp ??= received
}

/** An SDK says when it sent: what differs from our clock then, differs everywhere. */
function correctDrift(event: Draft, received: number, sentAt: number | null, notes: Notes): void {
  const stated = event.type === 'transaction' ? event.timestamp : null
  const sent = sentAt ?? stated ?? null
  if (sent === null || Math.abs(received - sent) < DRIFT_MIN_S) return
  shiftTimes(event, received - sent)
  noteShift('clock_drift', sent, received, notes)
}

/** What still lies in the future or far back happened now, as far as anybody can tell. */
function correctDate(event: Draft, received: number, notes: Notes): void {
  const { timestamp } = event
  // Before 1970 nothing is corrected: the event is refused (reject-event.ts).
  if (typeof timestamp !== 'number' || timestamp < 0) return
  const isFuture = timestamp > received + FUTURE_MAX_S
  if (!isFuture && timestamp >= received - AGE_MAX_S) return
  shiftTimes(event, received - timestamp)
  event.timestamp = received
  noteShift(isFuture ? 'future_timestamp' : 'past_timestamp', timestamp, received, notes)
}

/** Spans and breadcrumbs of before 1970 are dropped one by one. */
function forgetStaleParts(event: Draft, notes: Notes): void {
  forgetStale(breadcrumbsOf(event), ['breadcrumbs', 'values'], notes)
  forgetStale(spansOf(event), ['spans'], notes)
}

interface Timed {
  timestamp?: number | null
  start_timestamp?: number | null
}

function forgetStale(parts: (Timed | null)[], path: string[], notes: Notes): void {
  for (const [index, part] of parts.entries()) {
    const isStale = (part?.timestamp ?? 0) < 0 || (part?.start_timestamp ?? 0) < 0
    if (!isStale) continue
    parts[index] = null
    notes.at([...path, index], () => notes.invalid('timestamp is too stale'))
  }
}

function shiftTimes(event: Draft, seconds: number): void {
  for (const part of [event as Timed, ...breadcrumbsOf(event), ...spansOf(event)]) {
    if (typeof part?.timestamp === 'number') {
      part.timestamp = roundToMicroseconds(part.timestamp + seconds)
    }
    if (typeof part?.start_timestamp === 'number') {
      part.start_timestamp = roundToMicroseconds(part.start_timestamp + seconds)
    }
  }
}

function breadcrumbsOf(event: Draft): (Breadcrumb | null)[] {
  return event.breadcrumbs?.values ?? []
}

function spansOf(event: Draft): (Span | null)[] {
  return (event['spans'] as (Span | null)[] | null | undefined) ?? []
}

function noteShift(kind: string, sdkTime: number, serverTime: number, notes: Notes): void {
  const data = { sdk_time: isoTime(sdkTime), server_time: isoTime(serverTime) }
  notes.at(['timestamp'], () => notes.error(kind, data))
}

/** RFC 3339 with a numeric zone, as Sentry writes these. `seconds` lies within `Date`'s range. */
function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(/(?:\.000)?Z$/, '+00:00')
}
