/**
 * The events of one pack, in one row: found by id without an index row per event.
 *
 *     per event, 40 bytes:  0..16 event id   16..24 stream     24..32 received at, Unix ms
 *                          32..36 offset     36..40 length of the item in the pack
 *
 * Numbers are big-endian float64 and uint32. Looking an id up scans the month's blobs with `instr`
 * (about 40 MB per million events, some 10 ms); writing an index entry per event would cost as much
 * as the event's own row (decisions/0003). Thinned events are listed too: they have no row of their
 * own, but their payload can still be read and their id still refuses a repeat.
 */
import { fromHex, toHex } from '#domain/identifier.ts'

export interface EventRef {
  eventId: string
  /** See stream.ts. */
  stream: number
  at: number
  offset: number
  length: number
}

const REF_BYTES = 40

export function encodeRefs(refs: EventRef[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(refs.length * REF_BYTES)
  const view = new DataView(bytes.buffer)
  refs.forEach((ref, index) => {
    const start = index * REF_BYTES
    bytes.set(fromHex(ref.eventId), start)
    view.setFloat64(start + 16, ref.stream)
    view.setFloat64(start + 24, ref.at)
    view.setUint32(start + 32, ref.offset)
    view.setUint32(start + 36, ref.length)
  })
  return bytes
}

export function decodeRefs(blob: ArrayBuffer): EventRef[] {
  const bytes = new Uint8Array(blob)
  const view = new DataView(blob)
  const refs: EventRef[] = []
  for (let start = 0; start + REF_BYTES <= bytes.length; start += REF_BYTES) {
    refs.push({
      eventId: toHex(bytes.subarray(start, start + 16)),
      stream: view.getFloat64(start + 16),
      at: view.getFloat64(start + 24),
      offset: view.getUint32(start + 32),
      length: view.getUint32(start + 36),
    })
  }
  return refs
}
