import type { PicketEvent } from './event.ts'
import { addClientContexts, type ParseUserAgent } from './normalize/add-client-contexts.ts'
import { checkNames } from './normalize/check-names.ts'
import { cleanTags } from './normalize/clean-tags.ts'
import { collectErrors } from './normalize/collect-errors.ts'
import { completeContexts } from './normalize/complete-contexts.ts'
import { completeExceptions } from './normalize/complete-exceptions.ts'
import { completeFrames } from './normalize/complete-frames.ts'
import { completeLogentry } from './normalize/complete-logentry.ts'
import { completeReport } from './normalize/complete-report.ts'
import { completeRequest } from './normalize/complete-request.ts'
import { correctTimes } from './normalize/correct-times.ts'
import type { Draft } from './normalize/draft.ts'
import { decideType, fillDefaults } from './normalize/fill-defaults.ts'
import { type Geo, inferIpAddress, locateUser } from './normalize/infer-user.ts'
import { shortenLogger } from './normalize/shorten-logger.ts'
import { readEvent } from './schema/event-schema.ts'
import { Notes } from './schema/notes.ts'
import { readMeta } from './schema/read-meta.ts'
import { tagSpans } from './span/tag-spans.ts'
import { breakDown } from './transaction/break-down.ts'
import { completeMeasurements } from './transaction/complete-measurements.ts'
import { addExclusiveTimes } from './transaction/exclusive-time.ts'
import { finishSpans } from './transaction/finish-spans.ts'
import { nameTransaction } from './transaction/name-transaction.ts'
import { scorePerformance } from './transaction/performance-score.ts'
import { trimEvent } from './trim/limits.ts'

/** What is known of an event from outside it. Times are Unix ms. */
export interface NormalizeContext {
  /** Id of the envelope, 32 hex characters; overrules the payload's. */
  eventId: string
  /** When we received it. */
  now: number
  /** When the SDK sent it, by its own clock. */
  sentAt?: number
  /** The SDK's name for itself, `sentry.python/1.45.0`. */
  sdkClient?: string
  /** Address of the connection, by the platform. */
  clientIp?: string
  /** Where that address is, by the platform. */
  geo?: Geo
  /** User-Agent and client hints of the request that brought it, for browsers' own reports. */
  userAgent?: string
  clientHints?: [name: string, value: string][]
  /** Reads User-Agent headers; without it no context is made of them. */
  parseUserAgent?: ParseUserAgent
}

/**
 * From what an SDK sent to what may be stored (spec/event-processing.md §1–§3). Never throws,
 * whatever `raw` holds: what cannot be read becomes null, and `_meta` says why. `raw` is not changed,
 * but the result may share its bags. Time is linear in the size of `raw`.
 */
export function normalizeEvent(
  raw: Record<string, unknown>,
  context: NormalizeContext,
): PicketEvent {
  const clientIp = context.clientIp ?? null
  const notes = new Notes(readMeta(raw['_meta']))
  const event: Draft = readEvent(raw, notes) ?? {}
  event.event_id = context.eventId

  decideType(event, notes)
  correctTimes(event, context, notes)
  finishSpans(event)
  nameTransaction(event, notes)
  completeReport(event, clientIp, {
    userAgent: context.userAgent ?? null,
    clientHints: context.clientHints ?? [],
  })
  inferIpAddress(event, clientIp)
  locateUser(event, clientIp, context.geo ?? null)
  completeLogentry(event, notes)
  cleanTags(event, notes)
  shortenLogger(event, notes)
  checkNames(event, notes)
  completeExceptions(event, notes)
  completeFrames(event)
  addClientContexts(event, context.parseUserAgent)
  completeMeasurements(event, notes)
  scorePerformance(event)
  breakDown(event)
  fillDefaults(event, context.sdkClient ?? null)
  completeRequest(event, notes)
  completeContexts(event)
  addExclusiveTimes(event)
  tagSpans(event)
  collectErrors(event, notes)
  trimEvent(event, notes)
  if (Object.keys(notes.tree).length > 0) event._meta = notes.tree
  return event as PicketEvent
}
