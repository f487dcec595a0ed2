import type { Quantities } from '#domain/quantities.ts'
import type { GateState } from './gate-state.ts'

/**
 * Packs that are on R2 and on the queue, and that no month object has confirmed yet.
 *
 *     shipped ( slot, pack JSON of ShippedPack, state JSON of GateState )
 *
 * A row comes with the drop of the pack's journal table, whose counters it takes over. When the month
 * object has the pack its slot is free, and the next pack overwrites it: under load a pack costs one
 * row, not one to come, one to go and one for the counters. Rows of confirmed packs that a restart
 * finds are asked for once more, which is harmless. A backlog of days costs rows, not memory of every
 * commit.
 */
export interface ShippedPack {
  packId: string
  month: string
  key: string
  items: number
  quantities: Quantities
  bytes: number
  /** When the pointer was last put on the queue (Unix ms), and how often. */
  sentAt: number
  sends: number
}

/** A pointer nobody confirmed is sent again after 1 minute, then 2, 4 … at most 60. */
const RESEND_MS = 60_000
const RESEND_MS_MAX = 3_600_000

/** When this pack's pointer should go out again, Unix ms. */
export function resendAt(pack: ShippedPack): number {
  return pack.sentAt + Math.min(RESEND_MS * 2 ** (pack.sends - 1), RESEND_MS_MAX)
}

export class ShippedPacks {
  readonly #sql: SqlStorage
  readonly #packs = new Map<string, ShippedPack>()
  readonly #slots = new Map<string, number>()
  #free: number[] = []
  #slotCount = 0

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec('CREATE TABLE IF NOT EXISTS shipped(slot INTEGER PRIMARY KEY, pack TEXT, state TEXT)')
    for (const row of sql.exec('SELECT slot, pack FROM shipped').toArray()) {
      const pack = JSON.parse(String(row['pack'])) as ShippedPack
      this.#packs.set(pack.packId, pack)
      this.#slots.set(pack.packId, Number(row['slot']))
      this.#slotCount = Math.max(this.#slotCount, Number(row['slot']) + 1)
    }
  }

  get size(): number {
    return this.#packs.size
  }

  /** Oldest first. */
  all(): ShippedPack[] {
    return [...this.#packs.values()].sort((a, b) => (a.packId < b.packId ? -1 : 1))
  }

  /** The counters as they were when the newest pack was shipped; null when there is none. */
  newestState(): GateState | null {
    const newest = this.all().at(-1)
    if (!newest) return null
    const slot = this.#slots.get(newest.packId)!
    const row = this.#sql.exec('SELECT state FROM shipped WHERE slot = ?', slot).one()
    return JSON.parse(String(row['state'])) as GateState
  }

  /** Notes a pack that went out, or went out again, and the counters as they are now. */
  put(pack: ShippedPack, state: GateState): void {
    const slot = this.#slots.get(pack.packId) ?? this.#free.pop() ?? this.#slotCount
    this.#sql.exec(
      'INSERT OR REPLACE INTO shipped VALUES(?, ?, ?)',
      slot,
      JSON.stringify(pack),
      JSON.stringify(state),
    )
    this.#slotCount = Math.max(this.#slotCount, slot + 1)
    this.#slots.set(pack.packId, slot)
    this.#packs.set(pack.packId, pack)
  }

  /** Forgets packs that their month object has. */
  remove(packIds: string[]): void {
    for (const packId of packIds) {
      const slot = this.#slots.get(packId)
      if (slot !== undefined) this.#free.push(slot)
      this.#slots.delete(packId)
      this.#packs.delete(packId)
    }
  }

  /** True when rows of confirmed packs are all that is left. */
  get isSpent(): boolean {
    return this.#packs.size === 0 && this.#slotCount > 0
  }

  /** Deletes the rows of confirmed packs; the counters must rest elsewhere by then. */
  clear(): void {
    this.#sql.exec('DELETE FROM shipped')
    this.#free = []
    this.#slotCount = 0
  }
}
