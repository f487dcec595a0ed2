/**
 * The pack: many admitted items in one R2 object, each readable alone.
 *
 *     0        4       5      6          8             12
 *     | "PCKT" | ver 1 | codec| reserved | item count  |
 *     +--------+-------+------+----------+-------------+
 *     | entry 0 (32 bytes) | entry 1 | … | entry n-1    |
 *     +---------------------------------------------------
 *     | item 0 bytes | item 1 bytes | …                  |
 *
 *     entry:  0..16 event id (16 zero bytes when the item has none)
 *            16..20 offset of the item, from the start of the pack
 *            20..24 length of the item
 *            24..28 length of the item once decompressed
 *            28     kind (KINDS)      29..32 reserved
 *
 * Integers are little-endian. Each item is compressed by itself (codec 1 = raw deflate) and holds
 * `item meta JSON, LF, payload`, the grammar of an envelope item. So one item is one range read; the
 * table is for the processor, which reads the whole pack. The journal stores the same entries with
 * the same item bytes, so shipping copies and never re-encodes.
 */
import { fromHex, toHex } from '../identifier.ts'
import { err, ok, type Result } from '../result.ts'

/**
 * Item kinds as stored: those of the protocol that are kept, and `ledger`, which carries losses.
 * Append only: numbers rest in packs for years.
 */
export const KINDS = [
  'event',
  'ledger',
  'transaction',
  'attachment',
  'user_report',
  'feedback',
  'session',
  'sessions',
  'check_in',
  'profile',
  'profile_chunk',
  'replay_event',
  'replay_recording',
  'replay_video',
  'span',
  'log',
  'trace_metric',
  'statsd',
  'metric_buckets',
  'nel',
  'form_data',
] as const
export type PackedKind = (typeof KINDS)[number]

/** One item, compressed. */
export interface PackedItem {
  kind: PackedKind
  /** 32 hex characters, or null. */
  eventId: string | null
  bytes: Uint8Array
  /** Bytes of meta and payload before compression. */
  rawBytes: number
}

/** Where one item stands in its pack. */
export interface PackEntry {
  kind: PackedKind
  eventId: string | null
  offset: number
  length: number
  rawBytes: number
}

export type PackError =
  | { reason: 'not_a_pack' }
  | { reason: 'version_unknown'; version: number }
  | { reason: 'truncated'; wantedBytes: number; gotBytes: number }
  | { reason: 'kind_unknown'; kind: number }

const MAGIC = 0x544b4350 // "PCKT", little-endian
const VERSION = 1
const CODEC_DEFLATE_RAW = 1
const HEADER_BYTES = 12
export const ENTRY_BYTES = 32

/** Builds a pack. The same items always give the same bytes: shipping may be repeated. */
export function encodePack(items: PackedItem[]): Uint8Array<ArrayBuffer> {
  const tableBytes = HEADER_BYTES + items.length * ENTRY_BYTES
  const pack = new Uint8Array(items.reduce((sum, item) => sum + item.bytes.length, tableBytes))
  const view = new DataView(pack.buffer)
  view.setUint32(0, MAGIC, true)
  view.setUint8(4, VERSION)
  view.setUint8(5, CODEC_DEFLATE_RAW)
  view.setUint32(8, items.length, true)
  let offset = tableBytes
  items.forEach((item, index) => {
    writeEntry(pack, HEADER_BYTES + index * ENTRY_BYTES, {
      kind: item.kind,
      eventId: item.eventId,
      offset,
      length: item.bytes.length,
      rawBytes: item.rawBytes,
    })
    pack.set(item.bytes, offset)
    offset += item.bytes.length
  })
  return pack
}

/** Reads the offset table. Item bytes are `pack.subarray(offset, offset + length)`. */
export function decodePack(pack: Uint8Array): Result<PackEntry[], PackError> {
  if (pack.length < HEADER_BYTES) return err({ reason: 'not_a_pack' })
  const view = new DataView(pack.buffer, pack.byteOffset, pack.byteLength)
  if (view.getUint32(0, true) !== MAGIC) return err({ reason: 'not_a_pack' })
  if (view.getUint8(4) !== VERSION) {
    return err({ reason: 'version_unknown', version: view.getUint8(4) })
  }
  const count = view.getUint32(8, true)
  const wantedBytes = HEADER_BYTES + count * ENTRY_BYTES
  if (pack.length < wantedBytes) {
    return err({ reason: 'truncated', wantedBytes, gotBytes: pack.length })
  }
  const entries: PackEntry[] = []
  for (let index = 0; index < count; index += 1) {
    const entry = readEntry(pack, HEADER_BYTES + index * ENTRY_BYTES)
    if (!entry.ok) return entry
    const end = entry.value.offset + entry.value.length
    if (end > pack.length) {
      return err({ reason: 'truncated', wantedBytes: end, gotBytes: pack.length })
    }
    entries.push(entry.value)
  }
  return ok(entries)
}

/** One journal row: the items of one group commit, `entry, bytes` after `entry, bytes`. */
export function encodeJournalRow(items: PackedItem[]): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(items.reduce((sum, item) => sum + ENTRY_BYTES + item.bytes.length, 0))
  let at = 0
  for (const item of items) {
    const { kind, eventId, rawBytes } = item
    writeEntry(row, at, { kind, eventId, rawBytes, offset: 0, length: item.bytes.length })
    row.set(item.bytes, at + ENTRY_BYTES)
    at += ENTRY_BYTES + item.bytes.length
  }
  return row
}

/** The items of one journal row, in order; their bytes are views. */
export function decodeJournalRow(row: Uint8Array): Result<PackedItem[], PackError> {
  const items: PackedItem[] = []
  let at = 0
  while (at < row.length) {
    if (at + ENTRY_BYTES > row.length) {
      return err({ reason: 'truncated', wantedBytes: at + ENTRY_BYTES, gotBytes: row.length })
    }
    const entry = readEntry(row, at)
    if (!entry.ok) return entry
    const { kind, eventId, rawBytes, length } = entry.value
    const end = at + ENTRY_BYTES + length
    if (end > row.length) {
      return err({ reason: 'truncated', wantedBytes: end, gotBytes: row.length })
    }
    items.push({ kind, eventId, rawBytes, bytes: row.subarray(at + ENTRY_BYTES, end) })
    at = end
  }
  return ok(items)
}

function writeEntry(into: Uint8Array, at: number, entry: PackEntry): void {
  const view = new DataView(into.buffer, into.byteOffset + at, ENTRY_BYTES)
  if (entry.eventId) into.set(fromHex(entry.eventId), at)
  view.setUint32(16, entry.offset, true)
  view.setUint32(20, entry.length, true)
  view.setUint32(24, entry.rawBytes, true)
  view.setUint8(28, KINDS.indexOf(entry.kind))
}

function readEntry(from: Uint8Array, at: number): Result<PackEntry, PackError> {
  const view = new DataView(from.buffer, from.byteOffset + at, ENTRY_BYTES)
  const kind = KINDS[view.getUint8(28)]
  if (kind === undefined) return err({ reason: 'kind_unknown', kind: view.getUint8(28) })
  const id = from.subarray(at, at + 16)
  return ok({
    kind,
    eventId: id.some((byte) => byte !== 0) ? toHex(id) : null,
    offset: view.getUint32(16, true),
    length: view.getUint32(20, true),
    rawBytes: view.getUint32(24, true),
  })
}
