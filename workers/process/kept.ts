import type { LedgerEntry } from '#domain/outcome.ts'
import type { TimedEntries } from '#store/pack-application.ts'
import { openPackedItem } from '#store/packed-item.ts'

/** The ledger entries of an item that is kept: accepted, in every category it counts. */
export function acceptedEntries(bytes: Uint8Array): TimedEntries {
  return entriesOf(bytes, { outcome: 'accepted', reason: null })
}

/** The ledger entries of an item that turned out to say nothing. */
export function invalidEntries(bytes: Uint8Array, reason: string): TimedEntries {
  return entriesOf(bytes, { outcome: 'invalid', reason })
}

function entriesOf(
  bytes: Uint8Array,
  outcome: Pick<LedgerEntry, 'outcome' | 'reason'>,
): TimedEntries {
  const { receivedAt, quantities } = openPackedItem(bytes).meta
  return { at: receivedAt, entries: quantities.map((quantity) => ({ ...quantity, ...outcome })) }
}
