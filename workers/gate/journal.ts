/**
 * The journal: what was admitted and is not yet in a pack on R2.
 *
 * Each pack that is being filled is one table, named after the pack's id, and each group commit one
 * row in it. When the pack is safe elsewhere its table is dropped, which writes no row (deleting
 * would write one per row: decisions/0002). The id is fixed by the table's name before the first
 * write, so shipping can be repeated after any crash with the same bytes under the same name.
 *
 *     journal_<pack id> ( seq, items BLOB = entries and bytes (domain/pack), quantities JSON, state JSON )
 *
 * `state` is the gate's counters after that commit: they become durable with the items, for no row
 * of their own.
 */

import { decodeJournalRow, encodeJournalRow, type PackedItem } from '#domain/pack/pack-format.ts'
import { isPackId } from '#domain/pack/pack-id.ts'
import { addQuantities, type Quantities } from '#domain/quantities.ts'
import { assert } from '#platform/assert.ts'
import type { GateState } from './gate-state.ts'

const PREFIX = 'journal_'

/** What waits in one pack's table. */
export interface JournaledPack {
  packId: string
  items: number
  /** Ledger quantities the pack will settle. */
  quantities: Quantities
  bytes: number
}

export class Journal {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Packs found after a restart, oldest first, and the counters of the last commit, if any. */
  recover(): { packs: JournaledPack[]; state: GateState | null; eventIds: string[] } {
    const packs: JournaledPack[] = []
    const eventIds: string[] = []
    let state: GateState | null = null
    for (const packId of this.#packIds()) {
      const pack: JournaledPack = { packId, items: 0, quantities: {}, bytes: 0 }
      for (const row of this.#rows(packId)) {
        const items = itemsOf(row['items'])
        pack.items += items.length
        const quantities = JSON.parse(String(row['quantities'])) as Quantities
        pack.quantities = addQuantities(pack.quantities, quantities)
        pack.bytes += items.reduce((sum, item) => sum + item.bytes.length, 0)
        for (const item of items) if (item.eventId) eventIds.push(item.eventId)
        state = JSON.parse(String(row['state'])) as GateState
      }
      packs.push(pack)
    }
    return { packs, state, eventIds }
  }

  open(packId: string): JournaledPack {
    this.#sql.exec(
      `CREATE TABLE ${table(packId)}(seq INTEGER PRIMARY KEY, items BLOB, quantities TEXT, state TEXT)`,
    )
    return { packId, items: 0, quantities: {}, bytes: 0 }
  }

  /** One group commit. Durable when the object's next answer leaves (output gate). */
  append(
    pack: JournaledPack,
    items: PackedItem[],
    quantities: Quantities,
    state: GateState,
  ): JournaledPack {
    const row = encodeJournalRow(items)
    this.#sql.exec(
      `INSERT INTO ${table(pack.packId)}(items, quantities, state) VALUES(?, ?, ?)`,
      row,
      JSON.stringify(quantities),
      JSON.stringify(state),
    )
    return {
      packId: pack.packId,
      items: pack.items + items.length,
      quantities: addQuantities(pack.quantities, quantities),
      bytes: pack.bytes + row.length,
    }
  }

  /** The items of a pack in order of admission. */
  read(packId: string): PackedItem[] {
    const items: PackedItem[] = []
    for (const row of this.#rows(packId)) items.push(...itemsOf(row['items']))
    return items
  }

  drop(packId: string): void {
    this.#sql.exec(`DROP TABLE ${table(packId)}`)
  }

  #rows(packId: string): Iterable<Record<string, SqlStorageValue>> {
    return this.#sql.exec(`SELECT items, quantities, state FROM ${table(packId)} ORDER BY seq`)
  }

  #packIds(): string[] {
    return this.#sql
      .exec("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .toArray()
      .map((row) => String(row['name']))
      .filter((name) => name.startsWith(PREFIX))
      .map((name) => name.slice(PREFIX.length))
  }
}

function table(packId: string): string {
  assert(isPackId(packId), 'a pack id is a ULID')
  return `${PREFIX}${packId}`
}

function itemsOf(row: SqlStorageValue | undefined): PackedItem[] {
  assert(row instanceof ArrayBuffer, 'a journal row holds a blob')
  const items = decodeJournalRow(new Uint8Array(row))
  assert(items.ok, 'a journal row is what we wrote')
  return items.value
}
