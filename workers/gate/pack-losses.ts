import type { LedgerEntry } from '#domain/outcome.ts'
import type { PackedItem } from '#domain/pack/pack-format.ts'
import { packItem } from '#store/packed-item.ts'

/** Losses travel in the pack as one item, so that the ledger is applied exactly when its pack is. */
export function packLosses(losses: LedgerEntry[], now: number): PackedItem {
  return packItem('ledger', null, { receivedAt: now }, JSON.stringify(mergeLosses(losses)))
}

export function sumQuantities(losses: LedgerEntry[]): number {
  return losses.reduce((sum, loss) => sum + loss.quantity, 0)
}

/** Equal losses as one entry. */
function mergeLosses(losses: LedgerEntry[]): LedgerEntry[] {
  const merged = new Map<string, LedgerEntry>()
  for (const loss of losses) {
    const name = JSON.stringify([loss.category, loss.outcome, loss.reason])
    const before = merged.get(name)
    merged.set(name, { ...loss, quantity: loss.quantity + (before?.quantity ?? 0) })
  }
  return [...merged.values()]
}
