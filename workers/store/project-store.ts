import { DurableObject } from 'cloudflare:workers'

import { packOpenedAt } from '#domain/pack/pack-id.ts'
import { addQuantities, type Quantities, sumQuantities } from '#domain/quantities.ts'
import type { SessionCounter } from '#domain/session/session-counts.ts'
import { log } from '#platform/log.ts'
import type { EventRef } from './event-refs.ts'
import { flushIssues } from './flush-issues.ts'
import { HourlyThinning } from './hourly-thinning.ts'
import { insertCompanions } from './insert-companions.ts'
import {
  type AttachmentPlace,
  deleteAttachment,
  listAttachments,
  type StoredAttachment,
} from './month-attachment.ts'
import { type CheckInRow, listCheckIns, listMonitors, type MonitorRow } from './month-check-in.ts'
import { type FeedbackRow, listFeedback, listFeedbackOf } from './month-feedback.ts'
import { countHours, type HourCount } from './month-hours.ts'
import { sumOutcomes } from './month-ledger.ts'
import {
  addEvent,
  loadProgress,
  type MonthProgress,
  saveProgress,
  startFlush,
} from './month-progress.ts'
import {
  type EventPosition,
  type MonthEventRow,
  MonthReader,
  type OutcomeRow,
} from './month-rows.ts'
import { migrateMonth } from './month-schema.ts'
import {
  countTags,
  EVERY_EVENT,
  type IssueMatch,
  type MatchQuery,
  matchIssues,
  type SearchPage,
  searchEvents,
  type TagCount,
  type TagQuery,
} from './month-search.ts'
import { listSessions } from './month-session.ts'
import type { IssueDelta, PackApplication } from './pack-application.ts'
import { ACCEPTED, DUPLICATE, type PackLedger, settle } from './pack-ledger.ts'
import { projectOf, storeName } from './store-name.ts'
import { type Stream, type StreamedIssue, streamKey } from './stream.ts'

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
export class ProjectStore extends DurableObject<StoreEnv> {
  readonly #reader: MonthReader
  #progress: MonthProgress
  #thinning: HourlyThinning
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
    migrateMonth(ctx.storage)
    this.#reader = new MonthReader(ctx.storage.sql)
    this.#progress = loadProgress(ctx.storage.kv)
    this.#thinning = new HourlyThinning(ctx.storage.sql, this.#progress.storms)
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
    if (!this.#applyOnce(application, now, isFlushDue && this.#canStartFlush())) {
      return { applied: false }
    }
    if (isFlushDue) await this.#flush()
    if (this.#hasWork()) await this.#arm()
    return { applied: true }
  }

  /** Which of these packs are here, and how much of the ledger has been settled. */
  readProgress(packIds: string[]): { accounted: Quantities; applied: string[] } {
    return { accounted: this.#progress.accounted, applied: this.#reader.appliedPacks(packIds) }
  }

  findEvent(eventId: string): MonthEventRow | null {
    const row = this.#reader.event(eventId)
    return row && (this.#thinning.weigh([row])[0] ?? null)
  }

  listProjectEvents(limit: number, before?: EventPosition): MonthEventRow[] {
    return this.#thinning.weigh(this.#reader.projectEvents(limit, before))
  }

  /** What D1 has not been told of these hashes. Nothing is kept twice: a flush takes it from here. */
  pendingCounts(hashes: string[]): Record<string, IssueDelta> {
    const { pending } = this.#progress
    const known = hashes.filter((hash) => pending[hash] !== undefined)
    return Object.fromEntries(known.map((hash) => [hash, pending[hash]!]))
  }

  /** Events per issue and hour, thinned ones included. */
  countHours(issues: StreamedIssue[], since: number, until: number): HourCount[] {
    return countHours(this.ctx.storage.sql, issues, { since, until }, this.#thinning)
  }

  /** Which of these issues have events such and such, how many and when. */
  matchIssues(query: MatchQuery): IssueMatch[] {
    return matchIssues(this.ctx.storage.sql, query)
  }

  searchEvents(streams: Stream[], page: SearchPage): MonthEventRow[] {
    return this.#thinning.weigh(searchEvents(this.ctx.storage.sql, streams, page))
  }

  /** The newest event of each stream that has one here. */
  latestEvents(streams: Stream[]): MonthEventRow[] {
    const page = { ...EVERY_EVENT, limit: 1 }
    return streams.flatMap((stream) => this.searchEvents([stream], page))
  }

  countTags(query: TagQuery): TagCount[] {
    return countTags(this.ctx.storage.sql, query)
  }

  /** Outcomes summed by stretches of time; see month-ledger.ts. */
  sumOutcomes(query: { since: number; until: number; bucketMs: number }): OutcomeRow[] {
    return sumOutcomes(this.ctx.storage.sql, query)
  }

  listOutcomes(since: number, until: number): OutcomeRow[] {
    return this.#reader.outcomes(since, until)
  }

  listAttachments(eventIds: string[]): StoredAttachment[] {
    return listAttachments(this.ctx.storage.sql, eventIds)
  }

  deleteAttachment(place: AttachmentPlace): void {
    deleteAttachment(this.ctx.storage.sql, place)
  }

  listSessions(since: number, until: number): SessionCounter[] {
    return listSessions(this.ctx.storage.sql, since, until)
  }

  listMonitors(): MonitorRow[] {
    return listMonitors(this.ctx.storage.sql)
  }

  listCheckIns(slug: string, before: number, limit: number): CheckInRow[] {
    return listCheckIns(this.ctx.storage.sql, slug, before, limit)
  }

  listFeedback(before: number, limit: number): FeedbackRow[] {
    return listFeedback(this.ctx.storage.sql, before, limit)
  }

  listFeedbackOf(eventIds: string[]): FeedbackRow[] {
    return listFeedbackOf(this.ctx.storage.sql, eventIds)
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

  #applyOnce(application: PackApplication, now: number, isFlushDue: boolean): boolean {
    const before = this.#progress
    try {
      return this.ctx.storage.transactionSync(() => this.#apply(application, now, isFlushDue))
    } catch (error) {
      // Rows are rolled back by the transaction; what we remember of them must go too.
      this.#progress = before
      this.#thinning = new HourlyThinning(this.ctx.storage.sql, before.storms)
      this.#eventIds = null
      throw error
    }
  }

  #apply(application: PackApplication, now: number, isFlushDue: boolean): boolean {
    if (this.#reader.appliedPacks([application.packId]).length > 0) return false
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
      this.#thinning.keepOrThin(event, application.packId)
      pending[event.hash] = addEvent(pending[event.hash], event)
      settle(ledger, event.at, event.quantities, ACCEPTED)
    }
    for (const { at, entries } of application.settled) {
      for (const entry of entries) settle(ledger, at, [entry], entry)
    }
    const quantities = this.#writeLedger(ledger)
    insertCompanions(this.ctx.storage.sql, application)
    this.#reader.insertPack({ ...application, appliedAt: now, refs })
    const storms = this.#thinning.storms(now)
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
    for (const { minute, entry } of ledger.values()) this.#reader.addOutcome(minute, entry)
    return sumQuantities([...ledger.values()].map(({ entry }) => entry))
  }

  /** Gives every carry to the row it belongs to (when quiet) and fixes what the flush will say. */
  #settleAndStartFlush(isQuiet: boolean): void {
    this.ctx.storage.transactionSync(() => {
      if (isQuiet) this.#thinning.settleAll()
      const storms = this.#thinning.storms(Date.now())
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
    return this.#thinning.hasCarry
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
      const newestFirst = this.#reader.newestRefs(EVENT_IDS_MAX)
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
