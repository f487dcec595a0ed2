import { culpritOf } from './describe/culprit.ts'
import { type ErrorMetadata, errorMetadata } from './describe/error-metadata.ts'
import type { PicketEvent } from './event.ts'
import { lastException } from './stacktraces.ts'
import { ellipsize, firstLine } from './text.ts'

/** How an event, and the issue it makes, is called in lists (spec/event-processing.md §3.9). */
export interface EventDescription {
  title: string
  /** Where it happened; `''` when nothing tells. */
  culprit: string
  /** File, transaction or origin, whatever this type of event is looked for by. */
  location: string | null
  level: string
  type: string
  metadata: Record<string, unknown>
  /** True when a handler of last resort caught it: the app, or a request, died of it. */
  isUnhandled: boolean
}

/** Longest first line in a title (spec/event-processing.md §3.9). */
const TITLE_CHARS_MAX = 100

/**
 * Describes an event. `mainExceptionId`: the exception grouping found it to be about, where that is
 * not the last one (`GroupedEvent`).
 */
export function describeEvent(
  event: PicketEvent,
  mainExceptionId: number | null = null,
): EventDescription {
  return {
    ...describeByType(event, mainExceptionId),
    culprit: culpritOf(event),
    level: event.level,
    type: event.type,
    isUnhandled: isUnhandled(event),
  }
}

type Naming = Pick<EventDescription, 'title' | 'location' | 'metadata'>

function describeByType(event: PicketEvent, mainExceptionId: number | null): Naming {
  switch (event.type) {
    case 'error':
      return isMessageWithStack(event)
        ? describeMessageWithStack(event)
        : describeError(errorMetadata(event, mainExceptionId))
    case 'transaction':
      return describeTransaction(event)
    case 'csp':
      return describeReport(event, 'uri', text(event.csp?.['blocked_uri']))
    case 'hpkp':
      return describeReport(event, 'origin', text(event.hpkp?.['hostname']))
    case 'expectct':
      return describeReport(event, 'origin', text(event.expectct?.['hostname']))
    case 'expectstaple':
      return describeReport(event, 'origin', text(event.expectstaple?.['hostname']))
    case 'userreportv2':
      return describeFeedback(event)
    default:
      return describeMessage(event)
  }
}

function describeError(metadata: ErrorMetadata): Naming {
  const { type, value, filename } = metadata
  const name = type ?? metadata.function ?? '<unknown>'
  const line = ellipsize(firstLine(value ?? ''), TITLE_CHARS_MAX)
  const title = type !== undefined && line ? `${name}: ${line}` : name
  return { title, location: filename ?? null, metadata: { ...metadata } }
}

function describeMessage(event: PicketEvent): Naming {
  const title = ellipsize(firstLine(message(event).trimStart()), TITLE_CHARS_MAX)
  const name = title || '<unlabeled event>'
  return { title: name, location: null, metadata: { title: name } }
}

/**
 * A message to which the SDK added where it was said (`captureMessage` of newer ones): on the wire
 * an exception without a type. It is called by its words, not by the function they were said in.
 */
function isMessageWithStack(event: PicketEvent): boolean {
  const exception = lastException(event)
  return exception?.mechanism?.synthetic === true && !exception.type && message(event) !== ''
}

function describeMessageWithStack(event: PicketEvent): Naming {
  const { title, metadata } = describeMessage(event)
  const place = errorMetadata(event, null)
  return { title, location: place.filename ?? null, metadata: { ...place, ...metadata } }
}

function describeTransaction(event: PicketEvent): Naming {
  const name = event.transaction || null
  const title = text(event.contexts?.['trace']?.['description']) || name || '<untitled>'
  return { title, location: name, metadata: { title, ...(name ? { location: name } : {}) } }
}

/** What a user wrote, and how to answer (spec/event-processing.md §1.4, `feedback`). */
function describeFeedback(event: PicketEvent): Naming {
  const { message: words, contact_email: email, name } = event.contexts?.['feedback'] ?? {}
  const metadata = { message: text(words), contact_email: text(email), name: text(name) }
  return { title: 'User Feedback', location: null, metadata }
}

/** Security reports: what was violated, and by whom. */
function describeReport(event: PicketEvent, key: 'uri' | 'origin', source: string): Naming {
  const title = message(event) || '<untitled>'
  return { title, location: source || null, metadata: { message: title, [key]: source } }
}

function message(event: PicketEvent): string {
  return event.logentry?.formatted || event.logentry?.message || ''
}

function isUnhandled(event: PicketEvent): boolean {
  const exceptions = event.exception?.values ?? []
  return exceptions.some((exception) => exception?.mechanism?.handled === false)
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
