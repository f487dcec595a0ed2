/**
 * Reads a project's stored events pack by pack, newest first, and says for each kept one which hash it
 * would have. A page is bounded in rows and in objects fetched, and knows where the next one begins.
 */
import type { PicketEvent } from '#domain/event/event.ts'
import { groupEvent } from '#domain/grouping/group-event.ts'
import type { GroupingConfig } from '#domain/grouping/grouping-config.ts'
import { applyOverlay } from '#domain/symbolication/apply-overlay.ts'
import type { Overlay } from '#domain/symbolication/symbolicate-event.ts'
import { overlayKey } from './blob.ts'
import type { MonthEventRow } from './month-rows.ts'
import { readPackedItem } from './packed-item.ts'
import type { ScanPosition } from './regroup-job.ts'
import type { Stores } from './stores.ts'

/** Objects of one page: a request may make a thousand calls, and a pack may have an overlay. */
const PACKS_MAX = 250
/** Packs that are on their way at once; one of them may weigh megabytes. */
const PACKS_AT_ONCE = 6

/** A kept event and its hash under the config that is tried. */
export interface ScannedRow {
  row: MonthEventRow
  hash: string
  title: string
}

export interface ScannedPack {
  month: string
  packId: string
  rows: ScannedRow[]
}

export interface ScannedPage {
  packs: ScannedPack[]
  rows: number
  /** Null when everything since has been read. */
  next: ScanPosition | null
}

/** One page; about `rowsMax` rows, always whole packs. */
export async function scanPage(
  stores: Stores,
  projectId: number,
  config: GroupingConfig,
  { months, before }: ScanPosition,
  { since, rowsMax }: { since: number; rowsMax: number },
): Promise<ScannedPage> {
  const [month, ...older] = months
  if (month === undefined) return { packs: [], rows: 0, next: null }
  const store = stores.projectStore(projectId, month)
  const query = { before, since, packsMax: PACKS_MAX, rowsMax }
  const { packs: read, next } = await store.listPackRows(query)
  const packs: ScannedPack[] = []
  for (let at = 0; at < read.length; at += PACKS_AT_ONCE) {
    const some = read.slice(at, at + PACKS_AT_ONCE)
    const opened = await Promise.all(some.map(({ rows }) => openPack(stores, rows)))
    for (const [index, { packId, rows }] of some.entries()) {
      const open = opened[index]
      if (!open) continue // its retention ended just now
      packs.push({ month, packId, rows: rows.map((row) => scanRow(row, open(row), config)) })
    }
  }
  const rows = packs.reduce((sum, pack) => sum + pack.rows.length, 0)
  if (next !== null) return { packs, rows, next: { months, before: next } }
  return { packs, rows, next: older.length > 0 ? { months: older, before: null } : null }
}

function scanRow(row: MonthEventRow, event: PicketEvent, config: GroupingConfig): ScannedRow {
  const { hashes, title } = groupEvent(event, config)
  return { row, hash: hashes[0], title: title ?? row.title }
}

/** Opens events of one pack, whose object (and overlays, if it has any) is read once and whole. */
async function openPack(
  stores: Stores,
  rows: MonthEventRow[],
): Promise<((row: MonthEventRow) => PicketEvent) | null> {
  const key = rows[0]?.packKey ?? ''
  const hasOverlays = rows.some(({ overlay }) => overlay !== null)
  const [pack, overlays] = await Promise.all([
    readWhole(stores, key),
    hasOverlays ? readWhole(stores, overlayKey(key)) : null,
  ])
  if (!pack) return null
  return ({ offset, length, overlay }) => {
    const event = JSON.parse(readPackedItem(pack.subarray(offset, offset + length)).payload)
    if (!overlay || !overlays) return event as PicketEvent
    const { offset: from, length: bytes } = overlay
    const { payload } = readPackedItem(overlays.subarray(from, from + bytes))
    return applyOverlay(event as PicketEvent, JSON.parse(payload) as Overlay)
  }
}

async function readWhole(stores: Stores, key: string): Promise<Uint8Array | null> {
  const object = await stores.raw.get(key)
  return object && new Uint8Array(await object.arrayBuffer())
}
