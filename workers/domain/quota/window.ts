/** A fixed window: at most `count` in each `windowSeconds`. Sentry's key limit has this shape. */
export interface RateLimit {
  count: number
  windowSeconds: number
}

/** Seconds, or a calendar month in UTC: what people plan and pay by. */
export type WindowLength = number | 'month'

/** How much of the present window is used. `slot` numbers windows since 1970. */
export interface Window {
  slot: number
  used: number
}

export type WindowVerdict = { taken: true } | { taken: false; retryAfterSeconds: number }

/**
 * By how much the windows of an organization are shifted, in seconds: so that not everybody's hour
 * begins in the same second (spec/ingest.md §6.3).
 */
export function windowShift(organizationId: number, windowSeconds: WindowLength): number {
  return windowSeconds === 'month' ? 0 : organizationId % windowSeconds
}

/** The number of the window that `now` (Unix ms) is in. */
export function slotOf(windowSeconds: WindowLength, now: number, shiftSeconds = 0): number {
  if (windowSeconds !== 'month') return Math.floor((now / 1000 - shiftSeconds) / windowSeconds)
  const date = new Date(now)
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth()
}

/** When this window ends, Unix ms. */
export function slotEndAt(slot: number, windowSeconds: WindowLength, shiftSeconds = 0): number {
  if (windowSeconds === 'month') return Date.UTC(1970, slot + 1, 1)
  return ((slot + 1) * windowSeconds + shiftSeconds) * 1000
}

/**
 * Takes `quantity` from the window of `now` (Unix ms), or says when the next one opens. A quantity
 * that does not fit takes nothing. Count 0 refuses everything.
 */
export function takeFromWindow(
  before: Window | undefined,
  limit: { count: number; windowSeconds: WindowLength },
  quantity: number,
  now: number,
  shiftSeconds = 0,
): [after: Window, verdict: WindowVerdict] {
  const slot = slotOf(limit.windowSeconds, now, shiftSeconds)
  const used = before?.slot === slot ? before.used : 0
  if (used + quantity > limit.count) {
    const waitMs = slotEndAt(slot, limit.windowSeconds, shiftSeconds) - now
    const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000))
    return [
      { slot, used },
      { taken: false, retryAfterSeconds },
    ]
  }
  return [{ slot, used: used + quantity }, { taken: true }]
}
