/**
 * Thinning: a storm of one issue costs a handful of rows, and every count stays exact.
 *
 * Each issue counts its events by the hour. The first THRESHOLD of an hour are all kept. Beyond it
 * an event is kept when it is the first of its release, environment or user we remember, or when the
 * hour's count has grown by GROWTH since the last one kept: a sample that thins out like a logarithm.
 * An event that is not kept adds to the `carry`; the carry is added to the weight of the last kept
 * event when the hour ends or the issue falls silent. So at any moment
 * `sum of weights + carry = events`, and after settling the carry is 0.
 */

import { hashName } from '../distinct-sketch.ts'

/** Events of one issue in one hour that are all kept (plan of the house §2). */
export const THRESHOLD = 200
/** Past the threshold one event is kept per 5 % of growth: 100,000 events keep about 330. */
const GROWTH = 1.05
/** Releases, environments and users remembered per issue and hour; beyond, new ones are not special. */
const REMEMBERED_MAX = 100

const HOUR_MS = 3_600_000

/** What is remembered of one issue's present hour. Plain JSON: it rests in the month object. */
export interface ThinningState {
  hour: number
  count: number
  /** Count at which the next event is kept. */
  nextKeptAt: number
  carry: number
  /** The row that will take the carry. */
  last: { at: number; eventId: string }
  /** Hashes of the releases, environments and users seen in the hour. */
  remembered: number[]
}

export interface ThinningEvent {
  eventId: string
  at: number
  release: string | null
  environment: string | null
  user: string | null
}

export interface Thinned {
  state: ThinningState
  isKept: boolean
  /** An earlier hour's carry, to be added to the weight of that hour's last row. */
  settled: { at: number; eventId: string; carry: number } | null
}

/** Decides whether this event gets a row. Pure: the same sequence always gives the same rows. */
export function thinEvent(before: ThinningState | undefined, event: ThinningEvent): Thinned {
  const hour = Math.floor(event.at / HOUR_MS)
  const last = { at: event.at, eventId: event.eventId }
  if (before === undefined || hour > before.hour) {
    const settled = before && before.carry > 0 ? { ...before.last, carry: before.carry } : null
    const remembered = namesOf(event)
    const state = { hour, count: 1, nextKeptAt: THRESHOLD, carry: 0, last, remembered }
    return { state, isKept: true, settled }
  }
  const count = before.count + 1
  const unseen = namesOf(event).filter((name) => !before.remembered.includes(name))
  const isFirst = unseen.length > 0 && before.remembered.length < REMEMBERED_MAX
  const remembered = isFirst ? [...before.remembered, ...unseen] : before.remembered
  if (count <= THRESHOLD || isFirst || count >= before.nextKeptAt) {
    const nextKeptAt = count < before.nextKeptAt ? before.nextKeptAt : Math.ceil(count * GROWTH)
    return {
      state: { ...before, count, remembered, last, nextKeptAt },
      isKept: true,
      settled: null,
    }
  }
  return { state: { ...before, count, carry: before.carry + 1 }, isKept: false, settled: null }
}

function namesOf(event: ThinningEvent): number[] {
  const names: number[] = []
  if (event.release) names.push(hashName(`r${event.release}`))
  if (event.environment) names.push(hashName(`e${event.environment}`))
  if (event.user) names.push(hashName(`u${event.user}`))
  return names
}
