import type { LedgerEntry } from '#domain/outcome.ts'
import type { TimedEntries } from '#store/pack-application.ts'
import { readPackedItem } from '#store/packed-item.ts'

/** Losses the edge and the gate noted, as they travelled in the pack (gate/pack-losses.ts). */
export function processLosses(bytes: Uint8Array): TimedEntries {
  const { meta, payload } = readPackedItem(bytes)
  return { at: meta.receivedAt, entries: JSON.parse(payload) as LedgerEntry[] }
}
