/**
 * Leases: one quota counted by many objects at once.
 *
 * A quota of an organization is spent by the gates of all its projects. One object, the pool, owns
 * the limit of the present window and lends parts of it; a gate, the holder, spends its lease without
 * asking anybody and renews it when it is short or old. One message does everything:
 *
 *     holder → pool   slot, version it knows, used, needed, wanted
 *     pool → holder   slot, version, granted, untilAt        (`granted` counts from the window's start)
 *
 * Guarantees, whatever is lost, repeated or overtaken on the way:
 *
 * 1. Never above: all that holders spend in one window is at most the limit. The pool lends no unit
 *    twice, and a holder gives up, as it asks, whatever the pool may take back by that message; a
 *    message that quotes another version than the pool's present one changes nothing.
 * 2. Not far below: a holder is refused only when what others hold unspent and what it needs exceed
 *    what is left. No lease but for a need beyond it is larger than 1/16 of what was then left, and one
 *    grows only as its holder spends. So what a refusal leaves unused is at most the unspent part of
 *    the others' leases, and once idle ones are recalled (`leasesToRecall`), of those of the last 10 s.
 *
 * A window that ends ends its leases; nothing is carried over. A holder that dies keeps its lease to
 * the end of the window: those units count as spent. A holder's counter must be as durable as what it
 * admitted by it.
 */

/** How long a holder spends without reporting. Short: idle units come back; long: few calls. */
export const LEASE_MS = 10_000
/** A lease takes at most this part of what is left, so that late comers find something. */
const SHARE = 16
/** Holders asked at a time to give back what they do not use. */
const RECALLS_MAX = 10

/** What a holder may spend in a window. Plain JSON: it rests beside the counters. */
export interface Lease {
  slot: number
  /** 0 before the pool has answered once. */
  version: number
  /** Units from the start of the window, those used included. */
  granted: number
  /** Units used when it was granted: the difference to now is the pace of spending. */
  usedBefore: number
  /** Report by then, Unix ms. */
  untilAt: number
  /** The pool had not enough for what was needed: ask again only after `untilAt`. */
  isExhausted: boolean
}

export interface LeaseRequest {
  holder: string
  slot: number
  version: number
  used: number
  /** Units without which the item in hand cannot pass; 0 when a lease is only reported. */
  needed: number
  /** Units the holder would like to have unspent, `needed` among them. */
  wanted: number
}

export interface LeaseAnswer {
  slot: number
  version: number
  granted: number
  untilAt: number
  isExhausted: boolean
}

/** The pool of one quota in one window. A Map, because holders are named by strangers' numbers. */
export interface LeasePool {
  slot: number
  holdings: ReadonlyMap<string, Holding>
}

export interface Holding {
  version: number
  granted: number
  /** As last reported. */
  used: number
  untilAt: number
}

export const emptyPool = (slot: number): LeasePool => ({ slot, holdings: new Map() })

/** Units that are neither used nor lent, of a limit that may have been lowered meanwhile. */
export function unlent(pool: LeasePool, limit: number): number {
  let lent = 0
  for (const { granted } of pool.holdings.values()) lent += granted
  return Math.max(0, limit - lent)
}

/**
 * The holder's half of a renewal: what to ask, and the lease as it stands while the answer is out. It
 * wants what it needs and twice what it has spent under this lease, so leases grow with the traffic.
 */
export function requestLease(
  holder: string,
  before: Lease | undefined,
  { slot, used, needed }: { slot: number; used: number; needed: number },
): [lease: Lease, request: LeaseRequest] {
  const lease = before?.slot === slot ? before : freshLease(slot)
  const wanted = needed + (needed === 0 ? 0 : 2 * Math.max(0, used - lease.usedBefore))
  const { version } = lease
  return [
    { ...lease, granted: Math.min(lease.granted, used + wanted) },
    { holder, slot, version, used, needed, wanted },
  ]
}

/** The pool's half: books the report, takes back what is too much, lends what it can. Unix ms. */
export function renewLease(
  before: LeasePool,
  limit: number,
  request: LeaseRequest,
  now: number,
): [pool: LeasePool, answer: LeaseAnswer] {
  const { holder, slot, needed, wanted } = request
  const untilAt = now + LEASE_MS
  if (slot < before.slot) {
    // a clock behind ours: that window is closed
    return [before, { slot, version: 0, granted: 0, untilAt, isExhausted: true }]
  }
  const pool = slot > before.slot ? emptyPool(slot) : before
  const held = pool.holdings.get(holder) ?? { version: 0, granted: 0, used: 0, untilAt: 0 }
  if (request.version !== held.version) {
    const { version, granted } = held
    return [pool, { slot, version, granted, untilAt, isExhausted: false }]
  }
  const used = Math.min(Math.max(request.used, held.used), held.granted)
  const free = unlent(pool, limit) + Math.max(0, held.granted - used)
  const lendable = free < needed ? 0 : Math.max(needed, Math.floor(free / SHARE))
  // never below what the holder may be spending at this moment
  const granted = Math.max(Math.min(held.granted, used + wanted), used + Math.min(wanted, lendable))
  const isExhausted = granted < used + needed
  const holding = { version: held.version + 1, granted, used, untilAt }
  const holdings = new Map(pool.holdings).set(holder, holding)
  return [
    { slot, holdings },
    { slot, version: holding.version, granted, untilAt, isExhausted },
  ]
}

/** The lease after an answer. One that was overtaken by a newer, or is of another window, is ignored. */
export function acceptLease(lease: Lease, answer: LeaseAnswer, used: number): Lease {
  if (answer.slot !== lease.slot || answer.version < lease.version) return lease
  if (answer.version === lease.version && answer.version !== 0) return lease
  return { ...answer, usedBefore: used }
}

/** Holders whose lease is out of date and not spent, the largest rest first: ask them to report. */
export function leasesToRecall(pool: LeasePool, now: number): string[] {
  return [...pool.holdings]
    .filter(([, { untilAt, granted, used }]) => untilAt <= now && granted > used)
    .sort(([, a], [, b]) => b.granted - b.used - (a.granted - a.used))
    .slice(0, RECALLS_MAX)
    .map(([holder]) => holder)
}

const freshLease = (slot: number): Lease => ({
  slot,
  version: 0,
  granted: 0,
  usedBefore: 0,
  untilAt: 0,
  isExhausted: false,
})
