/**
 * A clock that runs faster, so that an hour of traffic is measured in minutes.
 *
 * The product decides by time: packs close after 2 s, counts flush each 30 s, thinning begins anew
 * each hour. `Date.now`, `setTimeout` and `setAlarm` are scaled together, and events are sent faster
 * by the same factor, so packs form as they would at the true rate. What is not scaled is the work
 * itself: at speed 6 a local R2 write of 3 ms counts as 18 ms, which is nearer to R2 than 3 ms are.
 */

const realNow = Date.now.bind(Date)
const realSetTimeout = globalThis.setTimeout.bind(globalThis)

let speed = 1
let startedAt = 0
let base = 0

/** From now on time runs `factor` times as fast, and starts at `at` (Unix ms). */
export function startClock(factor: number, at: number): void {
  speed = factor
  startedAt = realNow()
  base = at
  Date.now = () => Math.floor(base + (realNow() - startedAt) * speed)
  const scaled = (callback: () => void, ms?: number) => realSetTimeout(callback, (ms ?? 0) / speed)
  globalThis.setTimeout = scaled as typeof globalThis.setTimeout
}

/** When a moment of the scaled clock comes on the real one, Unix ms. */
export function realTime(at: number): number {
  return startedAt === 0 ? at : startedAt + (at - base) / speed
}
