/** A fixed window: at most `count` in each `windowSeconds`. Sentry's key limit has this shape. */
export interface RateLimit {
  count: number
  windowSeconds: number
}

/** How much of the present window is used. `slot` numbers windows since 1970. */
export interface Window {
  slot: number
  used: number
}

export type WindowVerdict = { taken: true } | { taken: false; retryAfterSeconds: number }

/**
 * Takes `quantity` from the window of `now` (Unix ms), or says when the next one opens. A quantity
 * that does not fit takes nothing. Count 0 refuses everything.
 */
export function takeFromWindow(
  before: Window | undefined,
  limit: RateLimit,
  quantity: number,
  now: number,
): [after: Window, verdict: WindowVerdict] {
  const windowMs = limit.windowSeconds * 1000
  const slot = Math.floor(now / windowMs)
  const used = before?.slot === slot ? before.used : 0
  if (used + quantity > limit.count) {
    const retryAfterSeconds = Math.max(1, Math.ceil(((slot + 1) * windowMs - now) / 1000))
    return [{ slot, used }, { taken: false, retryAfterSeconds }]
  }
  return [{ slot, used: used + quantity }, { taken: true }]
}
