/**
 * Lets whatever else waits for this isolate run first: requests above all. An isolate serves many at
 * once on one thread, so work in a long row must step aside now and then.
 */
export function nextTurn(): Promise<void> {
  return scheduler.wait(0)
}
