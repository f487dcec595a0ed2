import { DurableObject } from 'cloudflare:workers'

import type { Quantity } from '#domain/data-category.ts'
import { applyLimits } from '#domain/envelope/apply-limits.ts'
import { createsEvent } from '#domain/envelope/item-kind.ts'
import type { ItemFacts } from '#domain/envelope/item-quantities.ts'
import type { EventId } from '#domain/identifier.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { ActiveLimit } from '#domain/quota/active-limit.ts'
import { log } from '#platform/log.ts'
import { loadProjectConfig } from '#store/project-config.ts'
import type { Admission, AdmissionAnswer, AdmissionItem, Verdict } from './admission.ts'
import type { GateEnv } from './gate-env.ts'
import { GroupCommit } from './group-commit.ts'
import { type GateLedger, PackShipper } from './pack-shipper.ts'
import { takeQuota } from './take-quota.ts'

/** Requests that wait for their commit; beyond, memory is at risk. */
const WAITING_BYTES_MAX = 16 * 1024 * 1024
const OVERLOAD_RETRY_SECONDS = 60
/** Event ids remembered to refuse an SDK's repeat; the month object remembers further back. */
const EVENT_IDS_MAX = 20_000
/** A key we do not know may be newer than our configuration: ask D1, but not more often than this. */
const CONFIG_RETRY_MS = 30_000

/**
 * Admits what one project sends. One object per project, so that quotas, duplicates and the ledger
 * are exact. It only wires: arithmetic is in domain/quota, rows in journal.ts.
 */
export class ProjectGate extends DurableObject<GateEnv> {
  readonly #shipper: PackShipper
  readonly #commit: GroupCommit
  readonly #eventIds: Set<EventId>
  #config: ProjectConfig | null
  #configCheckedAt = 0

  constructor(ctx: DurableObjectState, env: GateEnv) {
    super(ctx, env)
    this.#config = ctx.storage.kv.get<ProjectConfig>('config') ?? null
    this.#shipper = new PackShipper(ctx, env, () => this.#config)
    this.#commit = new GroupCommit((requests) => this.#shipper.append(requests))
    this.#eventIds = new Set(this.#shipper.recoveredEventIds)
    if (this.#shipper.hasWork) {
      ctx.blockConcurrencyWhile(() => this.#shipper.arm(Date.now()))
    }
  }

  /**
   * Decides on one request's items and makes the admitted ones durable. Everything the request
   * needs from this object is in this one call.
   */
  async admit(admission: Admission): Promise<AdmissionAnswer> {
    const config = await this.#configFor(admission)
    if (!config) return { status: 'project_unknown' }
    const key = config.keys.find(({ publicKey }) => publicKey === admission.publicKey)
    if (!key) return { status: 'key_unknown' }
    if (!key.isActive) return { status: 'key_disabled' }
    if (admission.configVersion < config.version) return { status: 'config_changed', config }
    if (this.#isFull()) {
      log.warn('gate.journal_full', { project: admission.projectId, bytes: this.#shipper.bytes })
      return { status: 'overloaded', retryAfterSeconds: OVERLOAD_RETRY_SECONDS }
    }

    const { verdicts, limits, losses } = this.#judge(admission, config)
    const items = admission.items.filter((_, index) => isAdmitted(verdicts[index]))
    if (items.length > 0 || admission.losses.length > 0) {
      try {
        await this.#commit.add({ items, losses })
      } catch (error) {
        for (const { eventId } of items) if (eventId) this.#eventIds.delete(eventId)
        throw error
      }
    } else if (losses.length > 0) {
      // Nothing was promised to anybody, so a refusal need not cost a row: it rides with the next.
      await this.#shipper.noteLosses(losses)
    }
    return { status: 'answered', verdicts, limits, configVersion: config.version }
  }

  /** The settings in force, for an isolate that has none or older ones. */
  async readConfig(projectId: number): Promise<ProjectConfig | null> {
    return this.#config ?? (await this.#loadConfig(projectId))
  }

  /** Reads the settings from D1 again: called after somebody changed them. */
  async refresh(): Promise<void> {
    const projectId = this.#config?.projectId ?? this.#shipper.projectId
    if (projectId) await this.#loadConfig(projectId)
  }

  /** The left side of the ledger: received, in flight, and the difference to what was settled. */
  readLedger(): Promise<GateLedger> {
    return this.ctx.blockConcurrencyWhile(() => this.#shipper.readLedger())
  }

  /** Ships what lies here and repeats what nobody confirmed, now. For watchdog and restarts. */
  async wake(): Promise<void> {
    await this.#shipper.shipAll({ isWaking: true })
  }

  override async alarm(): Promise<void> {
    await this.#shipper.shipAll({ isWaking: false })
  }

  #isFull(): boolean {
    return (
      this.#shipper.bytes + this.#commit.waitingBytes > Number(this.env.JOURNAL_BYTES_MAX) ||
      this.#commit.waitingBytes > WAITING_BYTES_MAX
    )
  }

  #judge(
    admission: Admission,
    config: ProjectConfig,
  ): { verdicts: Verdict[]; limits: ActiveLimit[]; losses: LedgerEntry[] } {
    const now = Date.now()
    const losses = [...admission.losses]
    const isDuplicate = admission.items.map((item) => this.#isDuplicate(item))
    const asking = admission.items.filter((_, index) => !isDuplicate[index])
    const limited = applyLimits<ActiveLimit>(
      asking.map(({ facts }) => facts),
      (quantities) => this.#take(quantities, config, admission.publicKey, now),
    )
    losses.push(...limited.losses)
    const rest = limited.verdicts.values()
    const verdicts = admission.items.map(({ eventId, facts, quantities }, index): Verdict => {
      if (isDuplicate[index]) {
        for (const quantity of quantities) {
          losses.push({ ...quantity, outcome: 'invalid', reason: 'duplicate' })
        }
        return 'duplicate'
      }
      const verdict = rest.next().value?.kind ?? 'admitted'
      if (verdict === 'refused') {
        if (eventId && isEvent(facts)) this.#eventIds.delete(eventId)
        return 'rate_limited'
      }
      return verdict
    })
    return { verdicts, limits: limited.advertised, losses }
  }

  /** True for an event whose id came before; an id that is new is remembered. */
  #isDuplicate({ eventId, facts }: AdmissionItem): boolean {
    if (!eventId || !isEvent(facts)) return false
    if (this.#eventIds.has(eventId)) return true
    this.#rememberEventId(eventId)
    return false
  }

  #take(
    quantities: Quantity[],
    config: ProjectConfig,
    publicKey: string,
    now: number,
  ): ActiveLimit | null {
    const quota = takeQuota(this.#shipper.state.windows, config, publicKey, quantities, now)
    this.#shipper.state = { ...this.#shipper.state, windows: quota.windows }
    return quota.refusedBy
  }

  #rememberEventId(eventId: EventId): void {
    this.#eventIds.add(eventId)
    if (this.#eventIds.size > EVENT_IDS_MAX) {
      for (const oldest of this.#eventIds) {
        this.#eventIds.delete(oldest)
        break
      }
    }
  }

  async #configFor({ projectId, publicKey }: Admission): Promise<ProjectConfig | null> {
    const config = this.#config
    if (config?.keys.some((key) => key.publicKey === publicKey)) return config
    if (Date.now() - this.#configCheckedAt < CONFIG_RETRY_MS) return config
    return this.#loadConfig(projectId)
  }

  async #loadConfig(projectId: number): Promise<ProjectConfig | null> {
    const loaded = await loadProjectConfig(this.env.DB, projectId)
    this.#configCheckedAt = Date.now()
    if (!loaded) return this.#config
    this.#config = { ...loaded, version: (this.#config?.version ?? 0) + 1 }
    this.ctx.storage.kv.put('config', this.#config)
    return this.#config
  }
}

/** An item that is its envelope's event: repeats of its id are refused. Attachments only name it. */
function isEvent({ kind, header }: ItemFacts): boolean {
  return kind !== 'attachment' && createsEvent(kind, header)
}

function isAdmitted(verdict: Verdict | undefined): boolean {
  return verdict === 'admitted' || verdict === 'admitted_unkept'
}
