import { ITEM_CATEGORY } from '#domain/envelope/item-kind.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { PackEntry, PackedKind } from '#domain/pack/pack-format.ts'
import type { SessionBuckets, SessionUpdate } from '#domain/session/parse-session.ts'
import type { Grouping } from '#store/grouping-config.ts'
import type { ApplicableAttachment } from '#store/month-attachment.ts'
import type { CheckInRow } from '#store/month-check-in.ts'
import type { FeedbackRow } from '#store/month-feedback.ts'
import type { TimedEntries } from '#store/pack-application.ts'
import { processAttachment } from './attachment.ts'
import { processCheckIn } from './check-in.ts'
import { type ProcessedEvent, processEvent } from './event.ts'
import { processFeedback, processUserReport } from './feedback.ts'
import { acceptedEntries, invalidEntries } from './kept.ts'
import { processLosses } from './losses.ts'
import { processSession } from './session.ts'

/** What an item becomes in the month's index. */
export type Made =
  | { kind: 'attachment'; attachment: ApplicableAttachment }
  | { kind: 'session'; session: SessionUpdate | SessionBuckets }
  | { kind: 'check_in'; checkIn: CheckInRow }
  | { kind: 'feedback'; feedback: FeedbackRow }
  /** Nothing yet: the pack holds it, and the month notes which kinds are in which pack. */
  | { kind: 'kept' }

/**
 * What a recipe makes of one item. There is no other way out: nothing can vanish. An event's outcome
 * is the month object's to say, for it knows which ids came before.
 */
export type Processed =
  | { kind: 'event'; event: ProcessedEvent }
  | { kind: 'settled'; entries: TimedEntries; made: Made | null }

export type Processor = (
  entry: PackEntry,
  bytes: Uint8Array,
  grouping: Grouping,
) => Processed | Promise<Processed>

const accepted =
  (make: (entry: PackEntry, bytes: Uint8Array) => Made): Processor =>
  (entry, bytes) => ({
    kind: 'settled',
    entries: acceptedEntries(bytes),
    made: make(entry, bytes),
  })

const kept = accepted(() => ({ kind: 'kept' }))
const session = accepted((_, bytes) => ({ kind: 'session', session: processSession(bytes) }))

/** One recipe per kind of item; a new kind does not compile until it has one. */
const PROCESSORS: Record<PackedKind, Processor> = {
  event: async (entry, bytes, grouping) => ({
    kind: 'event',
    event: await processEvent(entry, bytes, grouping),
  }),
  ledger: (_entry, bytes) => ({ kind: 'settled', entries: processLosses(bytes), made: null }),
  attachment: accepted((entry, bytes) => ({
    kind: 'attachment',
    attachment: processAttachment(entry, bytes),
  })),
  session,
  sessions: session,
  check_in: accepted((_, bytes) => ({ kind: 'check_in', checkIn: processCheckIn(bytes) })),
  user_report: accepted((_, bytes) => ({ kind: 'feedback', feedback: processUserReport(bytes) })),
  feedback: (_, bytes) => {
    const feedback = processFeedback(bytes)
    return feedback
      ? { kind: 'settled', entries: acceptedEntries(bytes), made: { kind: 'feedback', feedback } }
      : { kind: 'settled', entries: invalidEntries(bytes, 'no_data'), made: null }
  },
  transaction: kept,
  profile: kept,
  profile_chunk: kept,
  replay_event: kept,
  replay_recording: kept,
  replay_video: kept,
  span: kept,
  log: kept,
  trace_metric: kept,
  statsd: kept,
  metric_buckets: kept,
  nel: kept,
  form_data: kept,
}

export const processItem: Processor = (entry, bytes, grouping) =>
  PROCESSORS[entry.kind](entry, bytes, grouping)

/** The outcome of an item whose recipe failed: it would fail again, so it is not tried again. */
export function failedItem({ kind }: PackEntry): LedgerEntry {
  const category = kind === 'ledger' ? 'unknown' : ITEM_CATEGORY[kind]
  return { category, outcome: 'invalid', reason: 'internal', quantity: 1 }
}
