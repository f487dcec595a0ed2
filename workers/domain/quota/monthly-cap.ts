/**
 * A monthly cap that thins out before it cuts: a month whose quota is gone in a day is a month in the
 * dark. With u the used share of the cap and e the share of the month that has passed, events are
 * kept with the probability
 *
 *     start = 0.5 + 0.5 e                    the share that may be used by now without a thought
 *     p     = 1                              while u ≤ start
 *     p     = ((1 − u) / (1 − start))²       beyond
 *     p     = 0                              when u ≥ 1
 *
 * Only kept events are used, so what is left falls like 1/n as n more come: with room R left at the
 * start, R/(1 + n/R). A flood of twenty times the cap on the first day leaves about 2 % of that room,
 * and still keeps one event in some hundreds. The cap holds: at u ≥ 1 nothing is kept. An event kept
 * with probability p stands for 1/p of its like. Whether one is kept its id decides: the same event is
 * kept or not wherever and however often it is asked.
 */
import { hashName } from '../distinct-sketch.ts'
import type { Quota } from './quota.ts'

const START_SHARE = 0.5

/** Under what reason the ledger counts what was left out: no client is told, nothing is full yet. */
export const SAMPLED_REASON = 'sampled_usage_exceeded'

/** Quotas of a month are caps: they thin out before they cut. */
export function isCap(quota: Quota): quota is Quota & { limit: number } {
  return quota.windowSeconds === 'month' && quota.limit !== null && quota.limit > 0
}

export interface CapUse {
  /** Both in the unit of the category. A cap of 0 keeps nothing. */
  used: number
  cap: number
  /** Share of the month that has passed, 0 to 1. */
  elapsed: number
}

/** With what probability the next event is kept, 0 to 1. */
export function keepProbability({ used, cap, elapsed }: CapUse): number {
  if (used >= cap) return 0
  const share = used / cap
  const start = START_SHARE + (1 - START_SHARE) * Math.min(1, Math.max(0, elapsed))
  if (share <= start) return 1
  return ((1 - share) / (1 - start)) ** 2
}

/** Whether the event of this id is kept at this probability. Kept at one, it is kept at any above. */
export function isKept(eventId: string, probability: number): boolean {
  return hashName(eventId) / 2 ** 32 < probability
}

/** Share of the month of `now` (Unix ms) that has passed, in UTC. */
export function monthElapsed(now: number): number {
  const date = new Date(now)
  const startAt = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
  const endAt = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
  return (now - startAt) / (endAt - startAt)
}
