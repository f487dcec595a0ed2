/**
 * Spike protection: a project may not suddenly take many times what it used to. The limit of an hour
 * is made of what the project had accepted in the hours of the week before it:
 *
 *     limit = max(FLOOR, 5 × mean of the week's hours, 1.5 × the most this hour of the day took)
 *
 * The mean lets an ordinary day's peak pass; the same hour of other days lets what is regular pass,
 * a nightly batch or one run a week. A spike cannot teach the limit to let it through: only what was
 * accepted is history, so an hour at the limit raises the mean by at most limit/168, and the limit by
 * at most 5/168 of itself. In 24 hours of a flood it grows to (1 + 5/168)^24 < 2.03 times its
 * greatest value of the day before; to 13.3 times where only one day is known. A project
 * younger than a day has no history and no limit: its first day is what we learn from.
 */
import { ERROR_LIKE } from '../data-category.ts'
import { makeQuota, type Quota } from './quota.ts'
import { slotOf, windowShift } from './window.ts'

const HOUR_SECONDS = 3_600
const HOURS_KNOWN_MIN = 24
const HOURS_KEPT = 168
const MEAN_FACTOR = 5
const SEASON_FACTOR = 1.5
const DAY = 24

/** Below this an hour is never a spike: it costs nobody anything. */
export const SPIKE_FLOOR = 1_000

/** What was accepted in each hour, oldest first. Plain JSON. */
export interface HourlyHistory {
  /** The hour of the last count, as `spikeHour` numbers it. */
  hour: number
  /** At most this hour's and the 168 before. */
  counts: number[]
}

/** The hour of `now` (Unix ms): the window that `spikeQuota` counts in for this organization. */
export function spikeHour(organizationId: number, now: number): number {
  return slotOf(HOUR_SECONDS, now, windowShift(organizationId, HOUR_SECONDS))
}

/** Adds accepted events to an hour. Hours in which nothing came count as 0. */
export function countAccepted(
  before: HourlyHistory | undefined,
  quantity: number,
  hour: number,
): HourlyHistory {
  if (!before) return { hour, counts: [quantity] }
  const passed = Math.min(Math.max(0, hour - before.hour), HOURS_KEPT + 1)
  const counts = [...before.counts, ...Array<number>(passed).fill(0)].slice(-(HOURS_KEPT + 1))
  const last = counts.length - 1
  counts[last] = (counts[last] ?? 0) + quantity
  return { hour: Math.max(hour, before.hour), counts }
}

/** How many this hour may take; null while less than a day is known. */
export function spikeLimit(
  history: HourlyHistory | undefined,
  hour: number,
  floor = SPIKE_FLOOR,
): number | null {
  const hours = history ? countAccepted(history, 0, hour).counts.slice(0, -1) : []
  if (hours.length < HOURS_KNOWN_MIN) return null
  const mean = hours.reduce((sum, count) => sum + count, 0) / hours.length
  let season = 0
  for (let ago = DAY; ago <= hours.length; ago += DAY) {
    season = Math.max(season, hours.at(-ago) ?? 0)
  }
  return Math.max(floor, Math.ceil(MEAN_FACTOR * mean), Math.ceil(SEASON_FACTOR * season))
}

/**
 * The limit as a quota like any other; its window is the hour the limit was made for. Without a limit
 * it still counts: what it counted in an hour is what was accepted in it.
 */
export function spikeQuota(limit: number | null): Quota {
  return makeQuota({
    id: 'spike',
    categories: [...ERROR_LIKE],
    scope: 'project',
    limit,
    windowSeconds: HOUR_SECONDS,
    reasonCode: 'smart_rate_limit',
  })
}
