import type { InvalidReason } from '#domain/outcome.ts'
import type { PackEntry, PackedKind } from '#domain/pack/pack-format.ts'
import type { TimedLosses } from '#store/pack-application.ts'
import { type ProcessedEvent, processEvent } from './event.ts'
import { processLosses } from './losses.ts'

/** What a recipe makes of one item. There is no other way out: nothing can vanish. */
export type Processed =
  | { kind: 'event'; event: ProcessedEvent }
  | { kind: 'losses'; losses: TimedLosses }

export type Processor = (entry: PackEntry, bytes: Uint8Array) => Promise<Processed>

/** One recipe per kind of item; a new kind does not compile until it has one. */
const PROCESSORS: Record<PackedKind, Processor> = {
  event: async (entry, bytes) => ({ kind: 'event', event: await processEvent(entry, bytes) }),
  ledger: async (_entry, bytes) => ({ kind: 'losses', losses: processLosses(bytes) }),
}

export function processItem(entry: PackEntry, bytes: Uint8Array): Promise<Processed> {
  return PROCESSORS[entry.kind](entry, bytes)
}

/** The outcome of an item whose recipe failed: it would fail again, so it is not tried again. */
export const ITEM_FAILED: InvalidReason = 'internal'
