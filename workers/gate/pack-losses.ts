import { type LedgerEntry, sumLedgerEntries } from '#domain/outcome.ts'
import type { PackedItem } from '#domain/pack/pack-format.ts'
import { packItem } from '#store/packed-item.ts'

/** Losses travel in the pack as one item, so that the ledger is applied exactly when its pack is. */
export function packLosses(losses: LedgerEntry[], now: number): PackedItem {
  const meta = { receivedAt: now, quantities: [] }
  return packItem('ledger', null, meta, JSON.stringify(sumLedgerEntries(losses)))
}
