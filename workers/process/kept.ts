import type { TimedEntries } from '#store/pack-application.ts'
import { openPackedItem } from '#store/packed-item.ts'

/**
 * An item that is kept as it came and shown by a later version of Picket: its pack holds it, the
 * month object notes which kinds are in which pack, and the ledger calls it accepted.
 */
export function processKept(bytes: Uint8Array): TimedEntries {
  const { receivedAt, quantities } = openPackedItem(bytes).meta
  return {
    at: receivedAt,
    entries: quantities.map((quantity) => ({ ...quantity, outcome: 'accepted', reason: null })),
  }
}
