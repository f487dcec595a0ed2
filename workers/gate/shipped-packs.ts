import type { Quantities } from '#domain/quantities.ts'
import type { GateState } from './gate-state.ts'

/**
 * Packs that are on R2 and on the queue, and that no month object has confirmed yet.
 *
 *     shipped ( slot, pack JSON of ShippedPack or NULL, state JSON of GateState )
 *
 * A row comes with the drop of the pack's journal table, whose counters it takes over. When the month
 * object has the pack its slot is free, and the next pack overwrites it: under load a pack costs one
 * row, not one to come, one to go and one for the counters. Rows of confirmed packs that a restart
 * finds are asked for once more, which is harmless. When all are confirmed slot 0 is left, with the
 * counters and no pack. A backlog of days costs rows, not memory of every commit.
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
  #isAtRest = true

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec('CREATE TABLE IF NOT EXISTS shipped(slot INTEGER PRIMARY KEY, pack TEXT, state TEXT)')
    for (const row of sql.exec('SELECT slot, pack FROM shipped').toArray()) {
      const slot = Number(row['slot'])
      this.#slotCount = Math.max(this.#slotCount, slot + 1)
      if (row['pack'] === null) this.#free.push(slot)
      else this.#hold(JSON.parse(String(row['pack'])) as ShippedPack, slot)
    }
  }

  get size(): number {
    return this.#packs.size
  }

  /** Oldest first. */
  all(): ShippedPack[] {
    return [...this.#packs.values()].sort((a, b) => (a.packId < b.packId ? -1 : 1))
  }

  /** The counters as they were when the newest pack was shipped or confirmed; null before the first. */
  newestState(): GateState | null {
    const newest = this.all().at(-1)
    const slot = newest ? this.#slots.get(newest.packId)! : 0
    const [row] = this.#sql.exec('SELECT state FROM shipped WHERE slot = ?', slot).toArray()
    return row ? (JSON.parse(String(row['state'])) as GateState) : null
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
    this.#hold(pack, slot)
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
    return this.#packs.size === 0 && !this.#isAtRest
  }

  /** Leaves nothing of the confirmed packs, and the counters as they are now. */
  rest(state: GateState): void {
    this.#sql.exec('DELETE FROM shipped WHERE slot > 0')
    this.#sql.exec('UPDATE shipped SET pack = NULL, state = ?', JSON.stringify(state))
    this.#free = [0]
    this.#slotCount = 1
    this.#isAtRest = true
  }

  #hold(pack: ShippedPack, slot: number): void {
    this.#slots.set(pack.packId, slot)
    this.#packs.set(pack.packId, pack)
    this.#isAtRest = false
  }
}
