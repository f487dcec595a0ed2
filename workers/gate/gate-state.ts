import { addQuantities, type Quantities } from '#domain/quantities.ts'
import type { Window } from '#domain/quota/window.ts'

/** Counters of one gate. Plain JSON; every group commit carries a copy. */
export interface GateState {
  projectId: number
  /** Quantities journaled, by month of the pack they went into: the left side of the ledger. */
  received: Record<string, Quantities>
  /** What is used of each quota, by the key of its counter (domain/quota). */
  windows: Record<string, Window>
}

export function emptyState(projectId: number): GateState {
  return { projectId, received: {}, windows: {} }
}

/** Months of `received` we keep: the ledger looks back one retention at most. */
const MONTHS_MAX = 14

/** Adds to what was received in a month, forgetting the oldest beyond MONTHS_MAX. */
export function addReceived(state: GateState, month: string, quantities: Quantities): GateState {
  const received = {
    ...state.received,
    [month]: addQuantities(state.received[month] ?? {}, quantities),
  }
  const months = Object.keys(received).sort().slice(-MONTHS_MAX)
  return { ...state, received: Object.fromEntries(months.map((name) => [name, received[name]!])) }
}
