import { THRESHOLD, type ThinningState, thinEvent } from '#domain/issue/thin-events.ts'
import { insertEvent, settleWeight } from './month-rows.ts'
import type { ApplicableEvent } from './pack-application.ts'
import { streamKey } from './stream.ts'

const HOUR_MS = 3_600_000
/** Streams remembered in memory; any but the storms can be read back from their rows. */
const REMEMBERED_MAX = 10_000

/**
 * Which events of a month get a row of their own (domain/issue/thin-events.ts), stream by stream, so
 * that no row's weight speaks for events that may move to another issue. Streams below the
 * threshold need nothing at rest: the rows of the present hour tell how far it has come. Those past
 * it are the storms; the month object keeps them with its progress.
 */
export class HourlyThinning {
  readonly #sql: SqlStorage
  readonly #states: Map<number, ThinningState>

  constructor(sql: SqlStorage, storms: Record<string, ThinningState>) {
    this.#sql = sql
    this.#states = new Map(Object.entries(storms).map(([key, state]) => [Number(key), state]))
  }

  /** Writes the event's row, or counts it with the last one that has a row. */
  keepOrThin(event: ApplicableEvent, packId: string): void {
    const stream = streamKey(event.hash)
    const before = this.#states.get(stream) ?? this.#readBack(stream, event.at)
    const { state, isKept, settled } = thinEvent(before, event)
    this.#states.set(stream, state)
    if (settled) settleWeight(this.#sql, stream, settled)
    if (isKept) insertEvent(this.#sql, event, packId)
  }

  /** Gives every carry to the row it belongs to. */
  settleAll(): void {
    for (const [stream, state] of this.#states) {
      if (state.carry === 0) continue
      settleWeight(this.#sql, stream, { ...state.last, carry: state.carry })
      this.#states.set(stream, { ...state, carry: 0 })
    }
  }

  /** Streams whose rows were moved: what has come of their hour is read from the rows again. */
  forget(hashes: string[]): void {
    for (const hash of hashes) this.#states.delete(streamKey(hash))
  }

  /** What must rest with the progress: storms of the present hour, and carries not yet settled. */
  storms(now: number): Record<string, ThinningState> {
    const hour = Math.floor(now / HOUR_MS)
    const storms: Record<string, ThinningState> = {}
    for (const [stream, state] of this.#states) {
      const isStorm = state.carry > 0 || (state.hour >= hour && state.count > THRESHOLD)
      if (isStorm) storms[stream] = state
      else if (state.hour < hour || this.#states.size > REMEMBERED_MAX) this.#states.delete(stream)
    }
    return storms
  }

  get hasCarry(): boolean {
    return [...this.#states.values()].some(({ carry }) => carry > 0)
  }

  /** Events of this stream that no row's weight counts yet, and the start of their hour (Unix ms). */
  carryOf(stream: number): { hour: number; carry: number } | null {
    const state = this.#states.get(stream)
    return state && state.carry > 0 ? { hour: state.hour * HOUR_MS, carry: state.carry } : null
  }

  /** Rows with the weights they have at this moment: the last of a storm lacks what is carried. */
  weigh<Row extends { eventId: string; weight: number }>(rows: Row[]): Row[] {
    const carries = new Map<string, number>()
    for (const { last, carry } of this.#states.values()) {
      if (carry > 0) carries.set(last.eventId, carry)
    }
    if (carries.size === 0) return rows
    return rows.map((row) => ({ ...row, weight: row.weight + (carries.get(row.eventId) ?? 0) }))
  }

  #readBack(stream: number, at: number): ThinningState | undefined {
    const start = Math.floor(at / HOUR_MS) * HOUR_MS
    const rows = this.#sql.exec<{
      at: number
      event_id: string
      release: string | null
      environment: string | null
      user: string | null
    }>(
      `SELECT at, event_id, release, environment, user FROM event
       WHERE stream = ? AND at >= ? AND at < ? ORDER BY at, event_id LIMIT ?`,
      stream,
      start,
      start + HOUR_MS,
      THRESHOLD,
    )
    let state: ThinningState | undefined
    for (const row of rows) state = thinEvent(state, { ...row, eventId: row.event_id }).state
    return state
  }
}
