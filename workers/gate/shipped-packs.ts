import type { Quantities } from '#domain/quantities.ts'

/**
 * Packs that are on R2 and on the queue, and that no month object has confirmed yet.
 *
 *     shipped ( pack_id, pack JSON of ShippedPack )
 *
 * A row comes with the drop of the pack's journal table and goes when the month object has the pack,
 * so a backlog of days costs rows, not memory of every commit.
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
  #packs: Map<string, ShippedPack>

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(
      'CREATE TABLE IF NOT EXISTS shipped(pack_id TEXT PRIMARY KEY, pack TEXT) WITHOUT ROWID',
    )
    const rows = sql.exec('SELECT pack_id, pack FROM shipped ORDER BY pack_id').toArray()
    this.#packs = new Map(
      rows.map((row) => [String(row['pack_id']), JSON.parse(String(row['pack'])) as ShippedPack]),
    )
  }

  get size(): number {
    return this.#packs.size
  }

  /** Oldest first. */
  all(): ShippedPack[] {
    return [...this.#packs.values()]
  }

  /** Notes a pack that went out, or went out again. */
  put(pack: ShippedPack): void {
    this.#sql.exec('INSERT OR REPLACE INTO shipped VALUES(?, ?)', pack.packId, JSON.stringify(pack))
    this.#packs.set(pack.packId, pack)
  }

  /** Forgets packs that their month object has. */
  remove(packIds: string[]): void {
    if (packIds.length === 0) return
    this.#sql.exec(
      'DELETE FROM shipped WHERE pack_id IN (SELECT value FROM json_each(?))',
      JSON.stringify(packIds),
    )
    for (const packId of packIds) this.#packs.delete(packId)
  }
}
