import { checkInQuotas, monitorQuota } from '#domain/quota/monitor-limit.ts'
import { counterKey, type Quota, type Scoping } from '#domain/quota/quota.ts'
import { slotOf, type Window, windowShift } from '#domain/quota/window.ts'

/** All limits of check-ins are of a minute, so all their windows begin and end together. */
const WINDOW_SECONDS = 60

/**
 * How often each monitor checked in during the present minute. In memory only: what an eviction
 * forgets is at most a minute's worth of a limit that is there against jobs that run wild.
 */
export class MonitorWindows {
  #slot = 0
  #windows = new Map<string, Window>()

  /** Monitors heard of in the minute of `now`, Unix ms. */
  count(organizationId: number, now: number): number {
    this.#turn(organizationId, now)
    return this.#windows.size
  }

  /**
   * The quotas of one check-in, the counter of its monitor, and how that stands. `drafted` are counters
   * of the same request that are not put yet.
   */
  open(
    monitor: { slug: string; environment: string },
    drafted: ReadonlyMap<string, Window>,
    scoping: Scoping,
    now: number,
  ): { quotas: Quota[]; key: string; window: Window | undefined } {
    const known = this.count(scoping.organizationId, now)
    const key = counterKey(monitorQuota(monitor), scoping)
    const environments = known + drafted.size + 1 // those of both are few, and only widen the limit
    const window = drafted.get(key) ?? this.#windows.get(key)
    return { quotas: checkInQuotas({ ...monitor, environments }), key, window }
  }

  put(key: string, window: Window): void {
    if (window.slot === this.#slot) this.#windows.set(key, window)
  }

  #turn(organizationId: number, now: number): void {
    const slot = slotOf(WINDOW_SECONDS, now, windowShift(organizationId, WINDOW_SECONDS))
    if (slot === this.#slot) return
    this.#slot = slot
    this.#windows = new Map()
  }
}
