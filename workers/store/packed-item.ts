import type { Quantity } from '#domain/data-category.ts'
import type { PackedItem, PackedKind } from '#domain/pack/pack-format.ts'
import { deflate, inflate } from '#platform/compress.ts'

/** Largest item we would open again: the edge admits 50 MiB profiles at most. */
const ITEM_BYTES_MAX = 64 * 1024 * 1024
const LF = 0x0a

/** What Picket notes beside an item's payload. */
export interface ItemMeta {
  /** Unix ms. */
  receivedAt: number
  /** What the item counts in the ledger. */
  quantities: Quantity[]
  /** What of the item's own header is needed to read it: `filename`, `content_type`, `platform` … */
  header?: Record<string, unknown>
  /** Where the payload is, if it is too large for a pack; then it is empty here. */
  blob?: { key: string; bytes: number }
}

/** Compresses `meta JSON, LF, payload` into an item of a pack. */
export function packItem(
  kind: PackedKind,
  eventId: string | null,
  meta: ItemMeta,
  payload: string | Uint8Array,
): PackedItem {
  const head = new TextEncoder().encode(`${JSON.stringify(meta)}\n`)
  const body = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
  const raw = new Uint8Array(head.length + body.length)
  raw.set(head)
  raw.set(body, head.length)
  return { kind, eventId, bytes: deflate(raw), rawBytes: raw.length }
}

/** Opens an item of a pack; throws when the bytes are not one. */
export function openPackedItem(bytes: Uint8Array): { meta: ItemMeta; payload: Uint8Array } {
  const raw = inflate(bytes, ITEM_BYTES_MAX)
  const end = raw.indexOf(LF)
  const meta = JSON.parse(new TextDecoder().decode(raw.subarray(0, end))) as ItemMeta
  return { meta, payload: raw.subarray(end + 1) }
}

/** Opens an item whose payload is text. */
export function readPackedItem(bytes: Uint8Array): { meta: ItemMeta; payload: string } {
  const { meta, payload } = openPackedItem(bytes)
  return { meta, payload: new TextDecoder().decode(payload) }
}
