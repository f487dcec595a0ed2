import { THRESHOLD, type ThinningState, thinEvent } from '#domain/issue/thin-events.ts'
import { insertEvent, settleWeight } from './month-rows.ts'
import type { ApplicableEvent } from './pack-application.ts'

const HOUR_MS = 3_600_000
/** Issues remembered in memory; any but the storms can be read back from their rows. */
const REMEMBERED_MAX = 10_000

/**
 * Which events of a month get a row of their own (domain/issue/thin-events.ts). Issues below the
 * threshold need nothing at rest: the rows of the present hour tell how far it has come. Those past
 * it are the storms; the month object keeps them with its progress.
 */
export class HourlyThinning {
  readonly #sql: SqlStorage
  readonly #states: Map<number, ThinningState>

  constructor(sql: SqlStorage, storms: Record<string, ThinningState>) {
    this.#sql = sql
    this.#states = new Map(Object.entries(storms).map(([id, state]) => [Number(id), state]))
  }

  /** Writes the event's row, or counts it with the last one that has a row. */
  keepOrThin(event: ApplicableEvent, packId: string): void {
    const before = this.#states.get(event.issueId) ?? this.#readBack(event)
    const { state, isKept, settled } = thinEvent(before, event)
    this.#states.set(event.issueId, state)
    if (settled) settleWeight(this.#sql, event.issueId, settled)
    if (isKept) insertEvent(this.#sql, event, packId)
  }

  /** Gives every carry to the row it belongs to. */
  settleAll(): void {
    for (const [issueId, state] of this.#states) {
      if (state.carry === 0) continue
      settleWeight(this.#sql, issueId, { ...state.last, carry: state.carry })
      this.#states.set(issueId, { ...state, carry: 0 })
    }
  }

  /** What must rest with the progress: storms of the present hour, and carries not yet settled. */
  storms(now: number): Record<string, ThinningState> {
    const hour = Math.floor(now / HOUR_MS)
    const storms: Record<string, ThinningState> = {}
    for (const [issueId, state] of this.#states) {
      const isStorm = state.carry > 0 || (state.hour >= hour && state.count > THRESHOLD)
      if (isStorm) storms[issueId] = state
      else if (state.hour < hour || this.#states.size > REMEMBERED_MAX) this.#states.delete(issueId)
    }
    return storms
  }

  get hasCarry(): boolean {
    return [...this.#states.values()].some(({ carry }) => carry > 0)
  }

  /** Events of this issue that no row's weight counts yet, and the start of their hour (Unix ms). */
  carryOf(issueId: number): { hour: number; carry: number } | null {
    const state = this.#states.get(issueId)
    return state && state.carry > 0 ? { hour: state.hour * HOUR_MS, carry: state.carry } : null
  }

  #readBack({ issueId, at }: ApplicableEvent): ThinningState | undefined {
    const start = Math.floor(at / HOUR_MS) * HOUR_MS
    const rows = this.#sql.exec<{
      at: number
      event_id: string
      release: string | null
      environment: string | null
      user: string | null
    }>(
      `SELECT at, event_id, release, environment, user FROM event
       WHERE issue_id = ? AND at >= ? AND at < ? ORDER BY at, event_id LIMIT ?`,
      issueId,
      start,
      start + HOUR_MS,
      THRESHOLD,
    )
    let state: ThinningState | undefined
    for (const row of rows) state = thinEvent(state, { ...row, eventId: row.event_id }).state
    return state
  }
}
