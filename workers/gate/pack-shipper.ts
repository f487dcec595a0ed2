/**
 * From the journal to the queue.
 *
 *     open ──(full, 2 s old, or quiet)──► sealed ──R2 put, queue send──► shipped ──store confirms──► gone
 *
 * A pack's table, its R2 object and its message carry one id, fixed before the first write. Whatever
 * step a crash interrupts is done again with the same bytes; the month object applies each id once.
 * A shipped pack is remembered until the month object says it has it: a queue may lose its memory
 * (the local one does when it is killed) and the pointer is simply sent again.
 */
import { monthOf } from '#domain/identifier.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import { encodePack, type PackedItem } from '#domain/pack/pack-format.ts'
import { makePackId, packOpenedAt } from '#domain/pack/pack-id.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import {
  addQuantities,
  type Quantities,
  subtractQuantities,
  sumQuantities,
} from '#domain/quantities.ts'
import { assert } from '#platform/assert.ts'
import { log } from '#platform/log.ts'
import { inRegion } from '#platform/region.ts'
import { sendPack } from '#queue/send-pack.ts'
import { packKey } from '#store/blob.ts'
import { storeName } from '#store/store-name.ts'
import type { GateEnv } from './gate-env.ts'
import { addReceived, emptyState, type GateState } from './gate-state.ts'
import type { CommitRequest } from './group-commit.ts'
import { Journal, type JournaledPack } from './journal.ts'
import { packLosses } from './pack-losses.ts'
import { resendAt, type ShippedPack, ShippedPacks } from './shipped-packs.ts'

/** A pack is shipped when it holds this much, or is this old, or at once when nothing came before. */
const PACK_ITEMS_MAX = 1_000
const PACK_BYTES_MAX = 1024 * 1024
const PACK_AGE_MS = 2_000
/** Shipped packs are asked for after this long; a month object applies a pack in well under it. */
const CONFIRM_MS = 1_500
/** Losses that wait for a commit to ride with are written by themselves after this long. */
const LOSSES_MS = 10_000
/** After a failed shipment: 1 s, 2 s, 4 s … at most a minute. */
const BACKOFF_MS = 1_000
const BACKOFF_MS_MAX = 60_000
const CONFIRM_MS_MAX = 60_000

export interface GateLedger {
  /** Taken in, ever (14 months). */
  received: Quantities
  /** Settled by the month objects under a named outcome. */
  accounted: Quantities
  inFlight: {
    /** Items not yet in a shipped pack, packs not yet applied, and items in both. */
    journal: number
    packs: number
    items: number
    quantities: Quantities
    /** Unix ms. */
    oldestAt: number | null
  }
  /** received − accounted − in flight: nothing, or something is lost or counted twice. */
  difference: Quantities
}

export class PackShipper {
  state: GateState
  readonly recoveredEventIds: string[]
  readonly #ctx: DurableObjectState
  readonly #env: GateEnv
  readonly #config: () => ProjectConfig | null
  readonly #windows: (now: number) => GateState['windows']
  readonly #journal: Journal
  readonly #shipped: ShippedPacks
  #open: JournaledPack | null = null
  #sealed: JournaledPack[]
  #losses: LedgerEntry[] = []
  #shipping: Promise<void> | null = null
  #failures = 0
  #confirmations = 0
  #alarmAt = Number.POSITIVE_INFINITY
  #lastAppendAt = 0
  #openedAt = 0

  /** `windows` are the counters of quotas, to be written with what was let in by them. */
  constructor(
    ctx: DurableObjectState,
    env: GateEnv,
    config: () => ProjectConfig | null,
    windows: (now: number) => GateState['windows'],
  ) {
    this.#ctx = ctx
    this.#env = env
    this.#config = config
    this.#windows = windows
    this.#journal = new Journal(ctx.storage.sql)
    this.#shipped = new ShippedPacks(ctx.storage.sql)
    const recovered = this.#journal.recover()
    this.#sealed = recovered.packs
    this.recoveredEventIds = recovered.eventIds
    // The counters of the last commit, of the last shipment, or those at rest, whichever is newest.
    this.state = recovered.state ?? this.#shipped.newestState() ?? emptyState(0)
  }

  get projectId(): number {
    return this.#config()?.projectId ?? this.state.projectId
  }

  /** Compressed bytes that are in the journal and nowhere else. */
  get bytes(): number {
    return this.#journaled().reduce((sum, pack) => sum + pack.bytes, 0)
  }

  get hasWork(): boolean {
    return this.#journaled().length > 0 || this.#shipped.size > 0
  }

  /** Writes one group commit and decides whether its pack is to leave. Synchronous, may throw. */
  append(requests: CommitRequest[]): void {
    const now = Date.now()
    const wasQuiet = now - this.#lastAppendAt > PACK_AGE_MS
    this.#lastAppendAt = now
    const losses = [...this.#losses, ...requests.flatMap((request) => request.losses)]
    const admitted = requests.flatMap((request) => request.items)
    const items: PackedItem[] = [...admitted]
    if (losses.length > 0) items.push(packLosses(losses, now))
    const counted = admitted.flatMap((item) => item.quantities)
    const quantities = sumQuantities([...counted, ...losses])

    const pack = this.#openPack(now)
    const received = addReceived(this.state, monthOf(packOpenedAt(pack.packId)), quantities)
    const state = { ...received, projectId: this.projectId, windows: this.#windows(now) }
    this.#open = this.#journal.append(pack, items, quantities, state)
    this.state = state
    this.#losses = []
    const isFull = this.#open.items >= PACK_ITEMS_MAX || this.#open.bytes >= PACK_BYTES_MAX
    if (isFull || wasQuiet) {
      this.#seal()
      this.#ctx.waitUntil(this.shipAll({ isWaking: false }))
    }
  }

  /** Counts losses that need no row of their own. */
  async noteLosses(losses: LedgerEntry[]): Promise<void> {
    this.#losses.push(...losses)
    await this.arm(Date.now() + LOSSES_MS)
  }

  /** Makes sure an alarm rings by `at`, Unix ms. Setting one is a row, so an earlier one is kept. */
  async arm(at: number): Promise<void> {
    if (this.#alarmAt <= at) return
    this.#alarmAt = at
    await this.#ctx.storage.setAlarm(at)
  }

  /** Ships every pack that is due; one at a time, whoever asks. Never throws: it tries again. */
  async shipAll({ isWaking }: { isWaking: boolean }): Promise<void> {
    if (this.#alarmAt <= Date.now()) this.#alarmAt = Number.POSITIVE_INFINITY
    this.#sealIfDue(isWaking)
    while (this.#shipping) await this.#shipping
    this.#shipping = this.#shipAndConfirm(isWaking)
    try {
      await this.#shipping
    } finally {
      this.#shipping = null
    }
  }

  /** Called while the object takes no other event, so that both sides stand still. */
  async readLedger(): Promise<GateLedger> {
    const journaled = this.#journaled()
    const packs = [...journaled, ...this.#shipped.all()]
    const months = new Set([
      ...Object.keys(this.state.received),
      ...packs.map((pack) => monthOf(packOpenedAt(pack.packId))),
    ])
    let accounted: Quantities = {}
    const applied = new Set<string>()
    for (const month of months) {
      const packIds = packs.map((pack) => pack.packId)
      const progress = await this.#store(month).readProgress(packIds)
      accounted = addQuantities(accounted, progress.accounted)
      for (const packId of progress.applied) applied.add(packId)
    }
    const open = packs.filter((pack) => !applied.has(pack.packId))
    const received = sumOf(Object.values(this.state.received))
    const inFlight = sumOf(open.map((pack) => pack.quantities))
    const oldest = open.map((pack) => packOpenedAt(pack.packId)).sort((a, b) => a - b)[0]
    return {
      received,
      accounted,
      inFlight: {
        journal: journaled.reduce((sum, pack) => sum + pack.items, 0),
        packs: open.length,
        items: open.reduce((sum, pack) => sum + pack.items, 0),
        quantities: inFlight,
        oldestAt: oldest ?? null,
      },
      difference: subtractQuantities(subtractQuantities(received, accounted), inFlight),
    }
  }

  #journaled(): JournaledPack[] {
    return this.#open ? [...this.#sealed, this.#open] : this.#sealed
  }

  #openPack(now: number): JournaledPack {
    if (this.#open && monthOf(packOpenedAt(this.#open.packId)) !== monthOf(now)) this.#seal()
    if (this.#open) return this.#open
    // ids sort as packs were opened, also within one millisecond: the last one has the counters
    this.#openedAt = Math.max(now, this.#openedAt + 1)
    const packId = makePackId(this.#openedAt, crypto.getRandomValues(new Uint8Array(16)))
    this.#open = this.#journal.open(packId)
    this.#ctx.waitUntil(this.arm(now + PACK_AGE_MS))
    return this.#open
  }

  #seal(): void {
    if (this.#open) this.#sealed.push(this.#open)
    this.#open = null
  }

  #sealIfDue(isWaking: boolean): void {
    if (this.#losses.length > 0) this.append([])
    const age = this.#open ? Date.now() - packOpenedAt(this.#open.packId) : 0
    if (isWaking || age >= PACK_AGE_MS) this.#seal()
  }

  async #shipAndConfirm(isWaking: boolean): Promise<void> {
    try {
      for (let pack = this.#sealed[0]; pack; pack = this.#sealed[0]) await this.#ship(pack)
      await this.#confirm(isWaking)
      this.#failures = 0
    } catch (error) {
      this.#failures += 1
      log.error('gate.ship_failed', { project: this.projectId, failures: this.#failures, error })
    }
    await this.#armForRest()
  }

  async #ship(pack: JournaledPack): Promise<void> {
    const config = this.#config()
    assert(config, 'a project whose items were admitted has settings')
    const { packId } = pack
    const month = monthOf(packOpenedAt(packId))
    const key = packKey(config.retention, config.projectId, month, packId)
    const bytes = encodePack(this.#journal.read(packId))
    await this.#env.RAW.put(key, bytes)
    const shipped: ShippedPack = {
      packId,
      month,
      key,
      items: pack.items,
      quantities: pack.quantities,
      bytes: bytes.length,
      sentAt: Date.now(),
      sends: 1,
    }
    await this.#send(shipped)
    this.#ctx.storage.transactionSync(() => {
      this.#journal.drop(packId)
      this.#shipped.put(shipped, this.state)
    })
    this.#sealed = this.#sealed.filter((other) => other.packId !== packId)
    this.#confirmations = 0
  }

  #send({ packId, month, key, items, bytes, sends }: ShippedPack): Promise<void> {
    const { projectId } = this
    const pack = { packId, projectId, month, key, items, bytes, sends }
    return sendPack(this.#env.PACKS, { version: 1, ...pack })
  }

  /** Forgets shipped packs that their month object has, and repeats pointers that seem lost. */
  async #confirm(isWaking: boolean): Promise<void> {
    const now = Date.now()
    const due = this.#shipped.all().filter((pack) => isWaking || now - pack.sentAt >= CONFIRM_MS)
    if (due.length === 0) return
    const applied = new Set<string>()
    for (const month of new Set(due.map((pack) => pack.month))) {
      const packIds = due.filter((pack) => pack.month === month).map((pack) => pack.packId)
      const progress = await this.#store(month).readProgress(packIds)
      for (const packId of progress.applied) applied.add(packId)
    }
    this.#shipped.remove([...applied])
    for (const pack of due) {
      if (applied.has(pack.packId) || !(isWaking || resendAt(pack) <= now)) continue
      await this.#send(pack)
      this.#shipped.put({ ...pack, sentAt: now, sends: pack.sends + 1 }, this.state)
    }
  }

  /** The next alarm, if anything is left: each has a reason, an idle gate has none. */
  async #armForRest(): Promise<void> {
    const now = Date.now()
    if (this.#failures > 0) {
      await this.arm(now + Math.min(BACKOFF_MS * 2 ** (this.#failures - 1), BACKOFF_MS_MAX))
    } else if (this.#open) {
      await this.arm(packOpenedAt(this.#open.packId) + PACK_AGE_MS)
    } else if (this.#shipped.size > 0) {
      await this.arm(now + Math.min(PACK_AGE_MS * 2 ** this.#confirmations, CONFIRM_MS_MAX))
      this.#confirmations += 1
    } else if (this.#shipped.isSpent) {
      this.#shipped.rest(this.state)
    }
  }

  #store(month: string) {
    const namespace = inRegion(this.#env.PROJECT_STORE, this.#env.JURISDICTION)
    return namespace.getByName(storeName(this.projectId, month))
  }
}

function sumOf(list: Quantities[]): Quantities {
  return list.reduce(addQuantities, {})
}
