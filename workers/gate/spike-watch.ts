import type { ProjectConfig } from '#domain/project/project-config.ts'
import { counterKey, type Quota } from '#domain/quota/quota.ts'
import {
  countAccepted,
  type HourlyHistory,
  spikeHour,
  spikeLimit,
  spikeQuota,
} from '#domain/quota/spike-protection.ts'
import type { Window } from '#domain/quota/window.ts'

const PLACE = 'accepted'

/**
 * What a project took hour by hour, and the limit that follows from it (domain/quota/spike-protection).
 * The window of the spike quota is the hour's count; when the hour is over the count joins the
 * history, which is written then and at no other time: one row an hour.
 */
export class SpikeWatch {
  readonly #kv: DurableObjectStorage['kv']
  #history: HourlyHistory | undefined
  #made: { hour: number; config: ProjectConfig; quota: Quota } | null = null

  constructor(kv: DurableObjectStorage['kv']) {
    this.#kv = kv
    this.#history = kv.get<HourlyHistory>(PLACE)
  }

  /** The quota of the hour of `now`, Unix ms. */
  quota(config: ProjectConfig, windows: Record<string, Window>, now: number): Quota {
    this.turn(config, windows, now)
    const hour = spikeHour(config.organizationId, now)
    if (this.#made?.hour !== hour || this.#made.config !== config) {
      const { isEnabled, floor } = config.spikeProtection
      const limit = isEnabled ? spikeLimit(this.#history, hour, floor) : null
      this.#made = { hour, config, quota: spikeQuota(limit) }
    }
    return this.#made.quota
  }

  /** Notes the count of an hour that is over. */
  turn(config: ProjectConfig, windows: Record<string, Window>, now: number): void {
    const { organizationId, projectId } = config
    const window = windows[counterKey(ANY_LIMIT, { organizationId, projectId, publicKey: '' })]
    if (!window || window.slot >= spikeHour(organizationId, now)) return
    if (this.#history && this.#history.hour >= window.slot) return
    this.#history = countAccepted(this.#history, window.used, window.slot)
    this.#kv.put(PLACE, this.#history)
  }
}

/** Its counter has one name, whatever the limit. */
const ANY_LIMIT = spikeQuota(null)
