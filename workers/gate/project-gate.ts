import { DurableObject } from 'cloudflare:workers'

import type { EventId } from '#domain/identifier.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { LeaseRequest } from '#domain/quota/lease.ts'
import type { Shortage } from '#domain/quota/take-quotas.ts'
import { log } from '#platform/log.ts'
import { inRegion } from '#platform/region.ts'
import { loadProjectConfig } from '#store/project-config.ts'
import type { Admission, AdmissionAnswer } from './admission.ts'
import type { GateEnv } from './gate-env.ts'
import { GroupCommit } from './group-commit.ts'
import { isAdmitted, type Judgement, judgeAdmission } from './judge-admission.ts'
import { OrganizationLeases } from './organization-leases.ts'
import type { LeaseHolder } from './organization-quota.ts'
import { type GateLedger, PackShipper } from './pack-shipper.ts'
import { isShared, QuotaBook } from './quota-book.ts'
import { type QuotaUse, showQuotaUse } from './quota-use.ts'
import { SpikeWatch } from './spike-watch.ts'

/** Requests that wait for their commit; beyond, memory is at risk. */
const WAITING_BYTES_MAX = 16 * 1024 * 1024
const OVERLOAD_RETRY_SECONDS = 60
/** Event ids remembered to refuse an SDK's repeat; the month object remembers further back. */
const EVENT_IDS_MAX = 20_000
/** A key we do not know may be newer than our configuration: ask D1, but not more often than this. */
const CONFIG_RETRY_MS = 30_000
/** A gate that began anew, or gave a lease back, learns what it holds by one question and asks by the next. */
const LEASE_QUESTIONS_MAX = 3

/**
 * Admits what one project sends. One object per project, so that quotas, duplicates and the ledger
 * are exact. It only wires: arithmetic is in domain/quota, rows in journal.ts.
 */
export class ProjectGate extends DurableObject<GateEnv> implements LeaseHolder {
  readonly #shipper: PackShipper
  readonly #commit: GroupCommit
  readonly #eventIds: Set<EventId>
  readonly #leases: OrganizationLeases
  readonly #book: QuotaBook
  #config: ProjectConfig | null
  #version: number
  #configCheckedAt = 0

  constructor(ctx: DurableObjectState, env: GateEnv) {
    super(ctx, env)
    const { kv } = ctx.storage
    const atRest = kv.get<ProjectConfig>('config')
    // Settings that an older version of us wrote lack what this one needs: they are asked for again.
    this.#config = atRest?.quotas ? atRest : null
    this.#version = atRest?.version ?? 0
    this.#shipper = new PackShipper(
      ctx,
      env,
      () => this.#config,
      (now) => this.#book.windowsAtRest(this.#config, now),
    )
    this.#leases = new OrganizationLeases((organizationId) => this.#organization(organizationId))
    this.#book = new QuotaBook(this.#shipper.state.windows, new SpikeWatch(kv), this.#leases)
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

    const { verdicts, limits, losses, eventIds } = await this.#judge(admission, config)
    const items = admission.items.filter((_, index) => isAdmitted(verdicts[index]))
    if (items.length > 0 || admission.losses.length > 0) {
      try {
        await this.#commit.add({ items, losses })
      } catch (error) {
        for (const eventId of eventIds) this.#eventIds.delete(eventId)
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

  /** The quotas in force and what is used of each; of an organization's, what all its projects use. */
  async readQuotas(projectId: number): Promise<QuotaUse[]> {
    const config = await this.readConfig(projectId)
    if (!config) return []
    const uses = this.#book.uses(config, Date.now())
    const shared = uses.filter(({ quota }) => isShared(quota))
    const ofAll = await this.#leases.readUse(config.organizationId, shared)
    return uses.map((use) => showQuotaUse(use.quota, ofAll[shared.indexOf(use)] ?? use.used))
  }

  /** Gives back what this gate was lent and does not use. Called by its organization's object. */
  async giveBack(recall: { key: string; slot: number; version: number }): Promise<LeaseRequest> {
    const { key, slot } = recall
    const holder = String(this.#shipper.projectId)
    return this.#leases.giveBack(holder, recall, this.#book.usedIn(key, slot))
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

  /** Decides at once, unless a lease of the organization's is short: then after it was renewed. */
  async #judge(admission: Admission, config: ProjectConfig): Promise<Judgement> {
    const judged = this.#judgeNow(admission, config)
    if (judged.kind === 'judged') return judged.judgement
    return this.#leases.inTurn(async () => {
      for (let questions = 0; ; questions += 1) {
        const isLastTry = questions === LEASE_QUESTIONS_MAX
        const judged = this.#judgeNow(admission, config, isLastTry)
        if (judged.kind === 'judged') return judged.judgement
        await this.#leases.renew(config, judged.shortages, (key, slot) =>
          this.#book.usedIn(key, slot),
        )
      }
    })
  }

  /** Nothing comes in between: what is judged here is counted when this returns. */
  #judgeNow(
    admission: Admission,
    config: ProjectConfig,
    isLastTry = false,
  ): { kind: 'judged'; judgement: Judgement } | { kind: 'short'; shortages: Shortage[] } {
    const { publicKey, items } = admission
    const id = items.find(({ eventId }) => eventId)?.eventId ?? crypto.randomUUID()
    const draft = this.#book.begin(config, { publicKey, id, now: Date.now(), isLastTry })
    const judgement = judgeAdmission(
      admission,
      (eventId) => this.#eventIds.has(eventId),
      (quantities, monitor) => this.#book.take(config, draft, quantities, monitor),
    )
    if (draft.shortages.length > 0) return { kind: 'short', shortages: draft.shortages }
    this.#book.commit(draft)
    for (const eventId of judgement.eventIds) this.#rememberEventId(eventId)
    return { kind: 'judged', judgement }
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

  #organization(organizationId: number) {
    const namespace = inRegion(this.env.ORGANIZATION_QUOTA, this.env.JURISDICTION)
    return namespace.getByName(String(organizationId))
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
    this.#version += 1
    this.#config = { ...loaded, version: this.#version }
    this.ctx.storage.kv.put('config', this.#config)
    return this.#config
  }
}
