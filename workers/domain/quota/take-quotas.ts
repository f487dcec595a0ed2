/**
 * An item must pass every quota that counts it; if one refuses, none is charged. So all are asked
 * first, and their windows change together or not at all.
 *
 * Quotas of an organization are spent from leases (lease.ts): the counter here is what this holder
 * used, and what it may use is what its lease grants.
 */
import type { Quantity } from '../data-category.ts'
import type { ActiveLimit } from './active-limit.ts'
import type { Lease } from './lease.ts'
import { counterKey, countsCategory, isForSender, type Quota, type Scoping } from './quota.ts'
import {
  slotEndAt,
  slotOf,
  takeFromWindow,
  type Window,
  type WindowLength,
  windowShift,
} from './window.ts'

/** The longest delay a client is told: a limit that was raised is noticed within it. */
export const ADVERTISED_SECONDS_MAX = 300
/** How long clients wait for what is refused outright; about what Relay tells them. */
const REFUSED_SECONDS = 60

export interface Taking {
  quotas: readonly Quota[]
  scoping: Scoping
  /** All of one item, or of the items that are let in together. */
  quantities: readonly Quantity[]
  /** Unix ms. */
  now: number
  /** True when leases were just renewed: whoever is still short is refused. */
  isLastTry?: boolean
}

/** What this holder counts, and what it was lent; both by `counterKey`. */
export interface Counters {
  windows: Readonly<Record<string, Window>>
  /** Absent where no quota is shared: then organization quotas are counted here like all others. */
  leases?: Readonly<Record<string, Lease>>
}

export type Taken =
  /** Only the windows that changed; lay them over the others. */
  | { kind: 'taken'; windows: Record<string, Window> }
  /** `isTold`: clients may hear of it, and isolates may remember it. */
  | { kind: 'refused'; limit: ActiveLimit; isTold: boolean }
  /** These leases are spent or out of date: renew them, then ask once more, as `isLastTry`. */
  | { kind: 'short'; shortages: Shortage[] }

export interface Shortage {
  key: string
  quota: Quota
  slot: number
  /** Units this taking needs. */
  needed: number
}

/** Takes all quantities from every quota that counts them, or nothing from any. */
export function takeQuotas(counters: Counters, taking: Taking): Taken {
  const windows: Record<string, Window> = {}
  const shortages: Shortage[] = []
  const refusals: Refusal[] = []
  for (const quota of taking.quotas) {
    const quantity = isForSender(quota, taking.scoping)
      ? quantityFor(quota, taking.quantities)
      : null
    if (quantity === null) continue
    const judged = judge(quota, quantity, counters, taking)
    if (judged.kind === 'fits') windows[judged.key] = judged.window
    else if (judged.kind === 'short') shortages.push(judged.shortage)
    else if (judged.kind === 'refused') refusals.push(judged.refusal)
  }
  const refusal = refusals.sort(byWeight)[0]
  if (refusal) return { kind: 'refused', ...refusal }
  return shortages.length > 0 ? { kind: 'short', shortages } : { kind: 'taken', windows }
}

type Judged =
  | { kind: 'fits'; key: string; window: Window }
  | { kind: 'short'; shortage: Shortage }
  | { kind: 'refused'; refusal: Refusal }
  /** A quota that neither counts nor refuses. */
  | { kind: 'idle' }

function judge(quota: Quota, quantity: number, counters: Counters, taking: Taking): Judged {
  const { scoping, now } = taking
  const { id, limit, windowSeconds } = quota
  if (limit === 0) return { kind: 'refused', refusal: refusalBy(quota, REFUSED_SECONDS, now) }
  if (id === null || windowSeconds === null) return { kind: 'idle' }
  const key = counterKey(quota, scoping)
  const shift = windowShift(scoping.organizationId, windowSeconds)
  const slot = slotOf(windowSeconds, now, shift)
  const isShared = counters.leases !== undefined && quota.scope === 'organization' && limit !== null
  const lease = isShared ? ownValue(counters.leases, key) : undefined
  const granted = lease?.slot === slot ? lease.granted : 0
  const count = isShared ? granted : (limit ?? Number.POSITIVE_INFINITY)
  const [window, verdict] = takeFromWindow(
    ownValue(counters.windows, key),
    { count, windowSeconds },
    quantity,
    now,
    shift,
  )
  if (isShared && !taking.isLastTry) {
    const isDue = lease?.slot !== slot || lease.untilAt <= now
    if (isDue || (!verdict.taken && !lease.isExhausted)) {
      return { kind: 'short', shortage: { key, quota, slot, needed: quantity } }
    }
  }
  if (verdict.taken) return { kind: 'fits', key, window }
  // what others do not use of a shared quota may come back before its window ends
  const seconds = Math.min(
    verdict.retryAfterSeconds,
    isShared ? REFUSED_SECONDS : ADVERTISED_SECONDS_MAX,
  )
  return { kind: 'refused', refusal: refusalBy(quota, seconds, now) }
}

/**
 * The counters whose window is not over at `now`: the others would begin anew anyway. A key tells its
 * window (`counterKey`).
 */
export function pruneWindows(
  windows: Readonly<Record<string, Window>>,
  now: number,
): Record<string, Window> {
  const isOver = (key: string, { slot }: Window): boolean => {
    const length = windowOfKey(key)
    const shift = length === 'month' ? 0 : length // whatever its shift
    return !(slotEndAt(slot, length, shift) > now)
  }
  return Object.fromEntries(Object.entries(windows).filter(([key, window]) => !isOver(key, window)))
}

/** NaN for a key that is none of ours: its window never ends and never began. */
function windowOfKey(key: string): WindowLength {
  const length = key.split(':', 3)[2]
  return length === 'month' ? length : Number(length)
}

/** What of these quantities a quota counts; null where none is its business. */
function quantityFor(quota: Quota, quantities: readonly Quantity[]): number | null {
  const counted = quantities.filter(({ category }) => countsCategory(quota, category))
  return counted.length === 0 ? null : counted.reduce((sum, { quantity }) => sum + quantity, 0)
}

interface Refusal {
  limit: ActiveLimit
  isTold: boolean
}

function refusalBy(quota: Quota, retryAfterSeconds: number, now: number): Refusal {
  const { categories, scope } = quota
  const untilAt = now + retryAfterSeconds * 1000
  const limit = { categories, scope, reason: quota.reasonCode ?? '', untilAt }
  return { limit, isTold: quota.isTold }
}

/** Of several refusals the one that lasts: whoever waits for it has waited for all. */
function byWeight(a: Refusal, b: Refusal): number {
  return Number(b.isTold) - Number(a.isTold) || b.limit.untilAt - a.limit.untilAt
}

function ownValue<Value>(
  record: Readonly<Record<string, Value>> | undefined,
  key: string,
): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined
}
