import { packOpenedAt } from '#domain/pack/pack-id.ts'
import { addQuantities, type Quantities, sumQuantities } from '#domain/quantities.ts'
import { log } from '#platform/log.ts'
import type { EventRef } from './event-refs.ts'
import { flushIssues } from './flush-issues.ts'
import { HourlyThinning } from './hourly-thinning.ts'
import { insertCompanions } from './insert-companions.ts'
import {
  addEvent,
  loadProgress,
  type MonthProgress,
  moveCounts,
  saveProgress,
  startFlush,
} from './month-progress.ts'
import { MonthReading } from './month-reading.ts'
import { type MovedRow, moveRows, moveRowsBack, type RowMove } from './month-regroup.ts'
import type { IssueDelta, PackApplication } from './pack-application.ts'
import { ACCEPTED, DUPLICATE, type PackLedger, settle } from './pack-ledger.ts'
import { projectOf, storeName } from './store-name.ts'
import { streamKey } from './stream.ts'

interface StoreEnv {
  DB: D1Database
}

/**
 * A pack opened this long after the one before follows a silence: its counts go to D1 at once. Under
 * load packs open every 2 s and a little (gate/pack-shipper.ts), however late a queue brings them.
 */
const QUIET_MS = 5_000
/** Under load D1 hears from a month this often: one row per issue then, not one per issue and pack. */
const FLUSH_MS = 60_000
/** Event ids remembered to call a repeat a duplicate. 100,000 × 32 characters is about 10 MB. */
const EVENT_IDS_MAX = 100_000

/**
 * The event index of one project and one month of receipt. Packs are applied here, each exactly
 * once: rows, ledger and pending counts change in one transaction under the pack's id. Counts reach
 * D1 by numbered flushes, each of which D1 takes once. The month is dropped whole when its retention
 * ends; no event row is ever deleted.
 */
export class ProjectStore extends MonthReading<StoreEnv> {
  protected override thinning: HourlyThinning
  #progress: MonthProgress
  #eventIds: Set<string> | null = null
  #lastOpenedAt = 0
  #lastPackAt = 0
  #lastFlushAt = 0
  #isFlushed = false
  #flushing: Promise<void> | null = null
  #hasAlarm = false
  /** As in store-name.ts; alarms of old objects may not know it before a pack has told. */
  #name: string | null

  constructor(ctx: DurableObjectState, env: StoreEnv) {
    super(ctx, env)
    this.#progress = loadProgress(ctx.storage.kv)
    this.thinning = new HourlyThinning(this.sql, this.#progress.storms)
    this.#name = ctx.id.name ?? null
    if (this.#hasWork()) ctx.waitUntil(this.#resume())
  }

  /** Writes what processing made of a pack; a pack that was applied before changes nothing. */
  async applyPack(application: PackApplication): Promise<{ applied: boolean }> {
    const now = Date.now()
    const openedAt = packOpenedAt(application.packId)
    const isAfterSilence = openedAt - this.#lastOpenedAt > QUIET_MS
    const isFlushDue = isAfterSilence || now - this.#lastFlushAt > FLUSH_MS
    this.#lastOpenedAt = Math.max(this.#lastOpenedAt, openedAt)
    this.#lastPackAt = now
    this.#name = storeName(application.projectId, application.month)
    if (isFlushDue && this.#flushing) await this.#flushing
    const canFlush = isFlushDue && this.#canStartFlush()
    if (!this.#atOnce(() => this.#apply(application, now, canFlush))) return { applied: false }
    if (isFlushDue) await this.#flush()
    if (this.#hasWork()) await this.#arm()
    return { applied: true }
  }

  /** Which of these packs are here, and how much of the ledger has been settled. */
  readProgress(packIds: string[]): { accounted: Quantities; applied: string[] } {
    return { accounted: this.#progress.accounted, applied: this.reader.appliedPacks(packIds) }
  }

  /** What D1 has not been told of these hashes. Nothing is kept twice: a flush takes it from here. */
  pendingCounts(hashes: string[]): Record<string, IssueDelta> {
    const { pending } = this.#progress
    const known = hashes.filter((hash) => pending[hash] !== undefined)
    return Object.fromEntries(known.map((hash) => [hash, pending[hash]!]))
  }

  /** Moves rows of a pack to other streams, and their counts with them; see month-regroup.ts. */
  async moveRows(operationId: number, packId: string, moves: RowMove[]): Promise<number> {
    const moved = this.#move((sql) => moveRows(sql, operationId, packId, moves))
    if (this.#hasWork()) await this.#arm()
    return moved.length
  }

  /** Takes back moves of an operation, `limit` at a time; 0 when none are left. */
  async moveRowsBack(operationId: number, limit: number): Promise<number> {
    const moved = this.#move((sql) => moveRowsBack(sql, operationId, limit))
    if (this.#hasWork()) await this.#arm()
    return moved.length
  }

  /** Tells D1 everything now. False when D1 did not take it. */
  async flushAll(): Promise<boolean> {
    if (!this.#canStartFlush()) await this.#flush()
    if (!this.#canStartFlush()) return false
    this.#settleAndStartFlush(true)
    await this.#flush()
    return this.#canStartFlush()
  }

  override async alarm(): Promise<void> {
    this.#hasAlarm = false
    if (!this.#hasWork()) return
    const now = Date.now()
    const isQuiet = now - this.#lastPackAt >= QUIET_MS
    if (isQuiet || now - this.#lastFlushAt > FLUSH_MS) {
      if (this.#canStartFlush()) this.#settleAndStartFlush(isQuiet)
      await this.#flush()
    }
    if (this.#hasWork()) await this.#arm()
  }

  #move(move: (sql: SqlStorage) => MovedRow[]): MovedRow[] {
    return this.#atOnce(() => {
      // No carry may be left for a row that is about to move.
      this.thinning.settleAll()
      const moved = move(this.sql)
      this.thinning.forget(moved.flatMap(({ fromHash, toHash }) => [fromHash, toHash]))
      const pending = moved.reduce(moveCounts, this.#progress.pending)
      this.#keep({ ...this.#progress, pending, storms: this.thinning.storms(Date.now()) })
      return moved
    })
  }

  /** All of it or nothing, at rest and in memory. */
  #atOnce<T>(work: () => T): T {
    const before = this.#progress
    try {
      return this.ctx.storage.transactionSync(work)
    } catch (error) {
      // Rows are rolled back by the transaction; what we remember of them must go too.
      this.#progress = before
      this.thinning = new HourlyThinning(this.sql, before.storms)
      this.#eventIds = null
      throw error
    }
  }

  #apply(application: PackApplication, now: number, isFlushDue: boolean): boolean {
    if (this.reader.appliedPacks([application.packId]).length > 0) return false
    const before = this.#progress
    const ids = this.#rememberedIds()
    const pending = { ...before.pending }
    const ledger: PackLedger = new Map()
    const refs: EventRef[] = []
    for (const event of application.events) {
      if (ids.has(event.eventId)) {
        settle(ledger, event.at, event.quantities, DUPLICATE)
        continue
      }
      ids.add(event.eventId)
      refs.push({ ...event, stream: streamKey(event.hash) })
      this.thinning.keepOrThin(event, application.packId)
      pending[event.hash] = addEvent(pending[event.hash], event)
      settle(ledger, event.at, event.quantities, ACCEPTED)
    }
    for (const { at, entries } of application.settled) {
      for (const entry of entries) settle(ledger, at, [entry], entry)
    }
    const quantities = this.#writeLedger(ledger)
    insertCompanions(this.sql, application)
    this.reader.insertPack({ ...application, appliedAt: now, refs })
    const storms = this.thinning.storms(now)
    const after = {
      ...before,
      accounted: addQuantities(before.accounted, quantities),
      pending,
      storms,
    }
    this.#keep(isFlushDue ? startFlush(after) : after)
    if (isFlushDue) this.#isFlushed = false
    this.#trimIds(ids)
    return true
  }

  #writeLedger(ledger: PackLedger): Quantities {
    for (const { minute, entry } of ledger.values()) this.reader.addOutcome(minute, entry)
    return sumQuantities([...ledger.values()].map(({ entry }) => entry))
  }

  /** Gives every carry to the row it belongs to (when quiet) and fixes what the flush will say. */
  #settleAndStartFlush(isQuiet: boolean): void {
    this.ctx.storage.transactionSync(() => {
      if (isQuiet) this.thinning.settleAll()
      const storms = this.thinning.storms(Date.now())
      this.#keep(startFlush({ ...this.#progress, storms }))
      this.#isFlushed = false
    })
  }

  /** A new flush may start only when the last one has surely reached D1: they are numbered. */
  #canStartFlush(): boolean {
    return this.#isFlushed || Object.keys(this.#progress.flush.deltas).length === 0
  }

  /** After a restart: says the last flush again (no row if D1 has it), and sees to the rest. */
  async #resume(): Promise<void> {
    if (!this.#canStartFlush()) await this.#flush()
    // An alarm that is due may be what woke us, or may be lost: it rings now. Put off further, an
    // object that sleeps between alarms would put it off for ever.
    const alarmAt = await this.ctx.storage.getAlarm()
    if (alarmAt !== null && alarmAt > Date.now()) this.#hasAlarm = true
    if (this.#hasWork() && !this.#flushing) await this.#arm(alarmAt === null ? QUIET_MS : 0)
  }

  async #flush(): Promise<void> {
    while (this.#flushing) await this.#flushing
    if (this.#isFlushed || this.#name === null) return
    const { number, deltas } = this.#progress.flush
    this.#flushing = this.#flushToD1(this.#name, number, deltas)
    try {
      await this.#flushing
    } finally {
      this.#flushing = null
    }
  }

  async #flushToD1(
    name: string,
    number: number,
    deltas: Record<string, IssueDelta>,
  ): Promise<void> {
    try {
      await flushIssues(this.env.DB, { name, projectId: projectOf(name) }, number, deltas)
      this.#isFlushed = this.#progress.flush.number === number
      this.#lastFlushAt = Date.now()
    } catch (error) {
      // The counts rest here; the alarm tries again.
      log.error('store.flush_failed', { store: name, flush: number, error })
    }
  }

  #hasWork(): boolean {
    const { pending, flush } = this.#progress
    const hasFlush = !this.#isFlushed && Object.keys(flush.deltas).length > 0
    if (hasFlush || Object.keys(pending).length > 0) return true
    return this.thinning.hasCarry
  }

  async #arm(delayMs = QUIET_MS): Promise<void> {
    if (this.#hasAlarm) return
    this.#hasAlarm = true
    await this.ctx.storage.setAlarm(Date.now() + delayMs)
  }

  #keep(progress: MonthProgress): void {
    this.#progress = progress
    saveProgress(this.ctx.storage.kv, progress)
  }

  #rememberedIds(): Set<string> {
    if (!this.#eventIds) {
      const newestFirst = this.reader.newestRefs(EVENT_IDS_MAX)
      this.#eventIds = new Set(newestFirst.reverse().map((ref) => ref.eventId))
    }
    return this.#eventIds
  }

  #trimIds(ids: Set<string>): void {
    for (const oldest of ids) {
      if (ids.size <= EVENT_IDS_MAX) break
      ids.delete(oldest)
    }
  }
}
