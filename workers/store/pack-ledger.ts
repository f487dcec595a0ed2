import type { Quantity } from '#domain/data-category.ts'
import type { LedgerEntry } from '#domain/outcome.ts'

const MINUTE_MS = 60_000

/** What became of a pack's items, by minute, category, outcome and reason: one row written each. */
export type PackLedger = Map<string, { minute: number; entry: LedgerEntry }>

export const ACCEPTED = { outcome: 'accepted', reason: null } as const
export const DUPLICATE = { outcome: 'invalid', reason: 'duplicate' } as const

/** Adds what became of an item received at `at` (Unix ms). */
export function settle(
  ledger: PackLedger,
  at: number,
  quantities: Quantity[],
  { outcome, reason }: Pick<LedgerEntry, 'outcome' | 'reason'>,
): void {
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS
  for (const { category, quantity } of quantities) {
    const name = JSON.stringify([minute, category, outcome, reason])
    const before = ledger.get(name)?.entry.quantity ?? 0
    ledger.set(name, { minute, entry: { category, outcome, reason, quantity: before + quantity } })
  }
}
