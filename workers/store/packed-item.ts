import type { PackedItem, PackedKind } from '#domain/pack/pack-format.ts'
import { deflate, inflate } from '#platform/compress.ts'

/** Largest item we would open again: the edge admits 1 MiB payloads, normalizing adds little. */
const ITEM_BYTES_MAX = 8 * 1024 * 1024

/** What Picket notes beside an item's payload. */
export interface ItemMeta {
  /** Unix ms. */
  receivedAt: number
}

/** Compresses `meta JSON, LF, payload` into an item of a pack. */
export function packItem(
  kind: PackedKind,
  eventId: string | null,
  meta: ItemMeta,
  payload: string,
): PackedItem {
  const raw = new TextEncoder().encode(`${JSON.stringify(meta)}\n${payload}`)
  return { kind, eventId, bytes: deflate(raw), rawBytes: raw.length }
}

/** Opens an item of a pack; throws when the bytes are not one. */
export function readPackedItem(bytes: Uint8Array): { meta: ItemMeta; payload: string } {
  const text = new TextDecoder().decode(inflate(bytes, ITEM_BYTES_MAX))
  const end = text.indexOf('\n')
  return { meta: JSON.parse(text.slice(0, end)) as ItemMeta, payload: text.slice(end + 1) }
}
