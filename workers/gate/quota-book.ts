import type { Quantity } from '#domain/data-category.ts'
import type { ItemFacts } from '#domain/envelope/item-quantities.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { ActiveLimit } from '#domain/quota/active-limit.ts'
import type { Lease } from '#domain/quota/lease.ts'
import { projectCheckInQuota } from '#domain/quota/monitor-limit.ts'
import {
  isCap,
  isKept,
  keepProbability,
  monthElapsed,
  SAMPLED_REASON,
} from '#domain/quota/monthly-cap.ts'
import { counterKey, type Quota, type Scoping } from '#domain/quota/quota.ts'
import { pruneWindows, type Shortage, takeQuotas } from '#domain/quota/take-quotas.ts'
import { slotOf, type Window, windowShift } from '#domain/quota/window.ts'
import { MonitorWindows } from './monitor-windows.ts'
import type { SpikeWatch } from './spike-watch.ts'

/** Who takes, and what the answer may depend on. */
export interface Taker {
  publicKey: string
  /** Says what a cap leaves out: the same id, the same answer. 32 hex characters. */
  id: string
  /** Unix ms. */
  now: number
  /** True when the leases were just renewed: whoever is still short is refused. */
  isLastTry: boolean
}

/** What one request takes; nothing of it counts before `commit`. */
export interface Draft {
  taker: Taker
  scoping: Scoping
  windows: Record<string, Window>
  /** Those of single monitors. */
  monitors: Map<string, Window>
  /** Leases to renew before this can be decided; then it is drafted anew. */
  shortages: Shortage[]
}

/** `limit` is null where clients are not told: they would stop more than it stops. */
export interface Refusal {
  reason: string
  limit: ActiveLimit | null
}

/** What others use of an organization's quota, as its object last told. */
export interface OthersUse {
  slot: number
  used: number
}

/** What an organization lends and tells; empty objects until it was asked. */
export interface Lent {
  leases: Record<string, Lease>
  others: Record<string, OthersUse>
  /** False while its object does not answer: what it would count is not counted then. */
  isReachable: boolean
}

/**
 * The counters of one gate, and the quotas they stand for. Windows are as durable as what was let in
 * by them: `windowsAtRest` goes into the row of each commit.
 */
export class QuotaBook {
  readonly #lent: Lent
  readonly #spikes: SpikeWatch
  readonly #monitors = new MonitorWindows()
  #windows: Record<string, Window>

  /** `windows` as they came to rest. */
  constructor(windows: Record<string, Window>, spikes: SpikeWatch, lent: Lent) {
    this.#windows = windows
    this.#spikes = spikes
    this.#lent = lent
  }

  begin(config: ProjectConfig, taker: Taker): Draft {
    const { organizationId, projectId } = config
    const scoping = { organizationId, projectId, publicKey: taker.publicKey }
    return { taker, scoping, windows: {}, monitors: new Map(), shortages: [] }
  }

  /** Takes all quantities from every quota that counts them, or nothing from any. */
  take(
    config: ProjectConfig,
    draft: Draft,
    quantities: Quantity[],
    monitor: ItemFacts['monitor'],
  ): Refusal | null {
    const { scoping, taker } = draft
    const { now, isLastTry } = taker
    const ofMonitor = monitor ? this.#monitors.open(monitor, draft.monitors, scoping, now) : null
    const quotas = [...this.#quotas(config, now), ...(ofMonitor?.quotas ?? [])]
    const windows = { ...this.#windows, ...draft.windows }
    if (ofMonitor?.window) windows[ofMonitor.key] = ofMonitor.window
    const counters = { windows, leases: this.#lent.leases }
    const taken = takeQuotas(counters, { quotas, scoping, quantities, now, isLastTry })
    switch (taken.kind) {
      case 'short':
        draft.shortages.push(...taken.shortages)
        return null
      case 'refused':
        return { reason: taken.limit.reason, limit: taken.isTold ? taken.limit : null }
      case 'taken': {
        if (this.#isLeftOut(quotas, windows, taken.windows, draft)) {
          return { reason: SAMPLED_REASON, limit: null }
        }
        for (const [key, window] of Object.entries(taken.windows)) {
          if (key === ofMonitor?.key) draft.monitors.set(key, window)
          else draft.windows[key] = window
        }
        return null
      }
    }
  }

  commit({ windows, monitors }: Draft): void {
    Object.assign(this.#windows, windows)
    for (const [key, window] of monitors) this.#monitors.put(key, window)
  }

  /** What is to be written down at `now` (Unix ms): windows that are not over. */
  windowsAtRest(config: ProjectConfig | null, now: number): Record<string, Window> {
    if (config) this.#spikes.turn(config, this.#windows, now)
    this.#windows = pruneWindows(this.#windows, now)
    return this.#windows
  }

  /** Units this gate has used of a counter in a window. */
  usedIn(key: string, slot: number): number {
    const window = this.#windows[key]
    return window?.slot === slot ? window.used : 0
  }

  /** Every quota in force with its counter, and what this gate has used of it. */
  uses(
    config: ProjectConfig,
    now: number,
  ): { quota: Quota; key: string; slot: number; used: number }[] {
    const { organizationId, projectId } = config
    const monitors = this.#monitors.count(organizationId, now)
    const quotas = [...this.#quotas(config, now), projectCheckInQuota(monitors)]
    return quotas.map((quota) => {
      const slot = slotNow(quota, organizationId, now)
      // of a quota that each key has for itself, the key that used most is told
      const isOfEachKey = quota.scope === 'key' && quota.scopeId === null
      const senders = isOfEachKey
        ? config.keys.map(({ publicKey }) => publicKey)
        : [quota.scopeId ?? '']
      const keys = senders.map((publicKey) =>
        counterKey(quota, { organizationId, projectId, publicKey }),
      )
      const used = Math.max(...keys.map((key) => this.usedIn(key, slot)), 0)
      return { quota, key: keys[0] ?? '', slot, used }
    })
  }

  #quotas(config: ProjectConfig, now: number): Quota[] {
    const spike = this.#spikes.quota(config, this.#windows, now)
    const settled = this.#lent.isReachable
      ? config.quotas
      : config.quotas.filter((quota) => !isShared(quota))
    return [...settled, spike]
  }

  /** True when a cap thins out and this id is among what it leaves out. */
  #isLeftOut(
    quotas: readonly Quota[],
    before: Record<string, Window>,
    after: Record<string, Window>,
    { scoping, taker }: Draft,
  ): boolean {
    return quotas.filter(isCap).some((quota) => {
      const key = counterKey(quota, scoping)
      const slot = after[key]?.slot
      if (slot === undefined) return false
      const ownUse = before[key]?.slot === slot ? before[key].used : 0
      const others = this.#lent.others[key]
      const used = ownUse + (isShared(quota) && others?.slot === slot ? others.used : 0)
      const elapsed = monthElapsed(taker.now)
      return !isKept(taker.id, keepProbability({ used, cap: quota.limit, elapsed }))
    })
  }
}

/** A quota that is spent from leases, because the gates of an organization spend it together. */
export function isShared({ scope, limit }: Quota): boolean {
  return scope === 'organization' && limit !== null && limit > 0
}

function slotNow({ windowSeconds }: Quota, organizationId: number, now: number): number {
  if (windowSeconds === null) return 0
  return slotOf(windowSeconds, now, windowShift(organizationId, windowSeconds))
}
