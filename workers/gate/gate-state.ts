import type { Window } from '#domain/quota/window.ts'

/** Counters and lists of one gate. Plain JSON; every group commit carries a copy. */
export interface GateState {
  projectId: number
  /** Quantities journaled, by month of the pack they went into: the left side of the ledger. */
  received: Record<string, number>
  /** Fixed windows by name: `key:<public key>`, `project`. */
  windows: Record<string, Window>
  /** Packs on R2 and on the queue that no month object has confirmed yet. */
  shipped: ShippedPack[]
}

export interface ShippedPack {
  packId: string
  month: string
  key: string
  items: number
  quantity: number
  bytes: number
  shippedAt: number
  /** When the pointer was last put on the queue, and how often. */
  sentAt: number
  sends: number
}

export function emptyState(projectId: number): GateState {
  return { projectId, received: {}, windows: {}, shipped: [] }
}

/** Months of `received` we keep: the ledger looks back one retention at most. */
const MONTHS_MAX = 14

/** Adds to what was received in a month, forgetting the oldest beyond MONTHS_MAX. */
export function addReceived(state: GateState, month: string, quantity: number): GateState {
  const received = { ...state.received, [month]: (state.received[month] ?? 0) + quantity }
  const months = Object.keys(received).sort().slice(-MONTHS_MAX)
  return { ...state, received: Object.fromEntries(months.map((name) => [name, received[name]!])) }
}

/** A pointer nobody confirmed is sent again after 1 minute, then 2, 4 … at most 60. */
const RESEND_MS = 60_000
const RESEND_MS_MAX = 3_600_000

/** When this pack's pointer should go out again, Unix ms. */
export function resendAt(pack: ShippedPack): number {
  return pack.sentAt + Math.min(RESEND_MS * 2 ** (pack.sends - 1), RESEND_MS_MAX)
}
