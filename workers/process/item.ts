import { ITEM_CATEGORY } from '#domain/envelope/item-kind.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { PackEntry, PackedKind } from '#domain/pack/pack-format.ts'
import type { TimedEntries } from '#store/pack-application.ts'
import { type ProcessedEvent, processEvent } from './event.ts'
import { processKept } from './kept.ts'
import { processLosses } from './losses.ts'

/** What a recipe makes of one item. There is no other way out: nothing can vanish. */
export type Processed =
  | { kind: 'event'; event: ProcessedEvent }
  | { kind: 'settled'; entries: TimedEntries }

export type Processor = (entry: PackEntry, bytes: Uint8Array) => Promise<Processed>

const kept: Processor = async (_entry, bytes) => ({ kind: 'settled', entries: processKept(bytes) })

/** One recipe per kind of item; a new kind does not compile until it has one. */
const PROCESSORS: Record<PackedKind, Processor> = {
  event: async (entry, bytes) => ({ kind: 'event', event: await processEvent(entry, bytes) }),
  ledger: async (_entry, bytes) => ({ kind: 'settled', entries: processLosses(bytes) }),
  transaction: kept,
  attachment: kept,
  user_report: kept,
  feedback: kept,
  session: kept,
  sessions: kept,
  check_in: kept,
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

export function processItem(entry: PackEntry, bytes: Uint8Array): Promise<Processed> {
  return PROCESSORS[entry.kind](entry, bytes)
}

/** The outcome of an item whose recipe failed: it would fail again, so it is not tried again. */
export function failedItem({ kind }: PackEntry): LedgerEntry {
  const category = kind === 'ledger' ? 'unknown' : ITEM_CATEGORY[kind]
  return { category, outcome: 'invalid', reason: 'internal', quantity: 1 }
}
