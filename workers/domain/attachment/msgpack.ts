/**
 * Reads MessagePack, which native crash handlers write their events in. Bounded by its input: a length
 * that the bytes left cannot hold is refused before anything is made of it, and so is nesting beyond
 * DEPTH_MAX. What JSON has no word for becomes the nearest: 64-bit integers numbers, extensions null;
 * binary stays bytes.
 */
import { err, ok, type Result } from '../result.ts'

const DEPTH_MAX = 64

export interface MsgpackError {
  reason: 'truncated' | 'too_deep' | 'key_invalid' | 'byte_unknown' | 'trailing_bytes'
  /** Where, in bytes from the start. */
  at: number
}

/** The one value in these bytes. */
export function decodeMsgpack(bytes: Uint8Array): Result<unknown, MsgpackError> {
  const reader = new Reader(bytes)
  const value = reader.read(0)
  if (value.ok && reader.at < bytes.length) return err({ reason: 'trailing_bytes', at: reader.at })
  return value
}

/** All values in these bytes, one after the other: breadcrumb files are appended to. */
export function decodeMsgpackSequence(bytes: Uint8Array): Result<unknown[], MsgpackError> {
  const reader = new Reader(bytes)
  const values: unknown[] = []
  while (reader.at < bytes.length) {
    const value = reader.read(0)
    if (!value.ok) return value
    values.push(value.value)
  }
  return ok(values)
}

type ReadNumber = [bytes: number, get: (view: DataView, at: number) => number]

const UINT8: ReadNumber = [1, (view, at) => view.getUint8(at)]
const UINT16: ReadNumber = [2, (view, at) => view.getUint16(at)]
const UINT32: ReadNumber = [4, (view, at) => view.getUint32(at)]

const NUMBERS: Record<number, ReadNumber> = {
  202: [4, (view, at) => view.getFloat32(at)],
  203: [8, (view, at) => view.getFloat64(at)],
  204: UINT8,
  205: UINT16,
  206: UINT32,
  207: [8, (view, at) => Number(view.getBigUint64(at))],
  208: [1, (view, at) => view.getInt8(at)],
  209: [2, (view, at) => view.getInt16(at)],
  210: [4, (view, at) => view.getInt32(at)],
  211: [8, (view, at) => Number(view.getBigInt64(at))],
}

type Kind = 'binary' | 'extension' | 'text' | 'array' | 'map'

/** Kinds whose length stands before them: the first byte of each, one for each size of length. */
const COUNTED: [kind: Kind, first: number, lengths: ReadNumber[]][] = [
  ['binary', 0xc4, [UINT8, UINT16, UINT32]],
  ['extension', 0xc7, [UINT8, UINT16, UINT32]],
  ['text', 0xd9, [UINT8, UINT16, UINT32]],
  ['array', 0xdc, [UINT16, UINT32]],
  ['map', 0xde, [UINT16, UINT32]],
]

const utf8 = new TextDecoder()

class Reader {
  at = 0
  readonly #bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  read(depth: number): Result<unknown, MsgpackError> {
    const type = this.#bytes[this.at]
    if (type === undefined) return this.#fail('truncated')
    if (depth > DEPTH_MAX) return this.#fail('too_deep')
    this.at += 1
    if (type < 0x80) return ok(type)
    if (type >= 0xe0) return ok(type - 0x100)
    if (type < 0x90) return this.#collect('map', type & 0x0f, depth)
    if (type < 0xa0) return this.#collect('array', type & 0x0f, depth)
    if (type < 0xc0) return this.#collect('text', type & 0x1f, depth)
    if (type === 0xc0) return ok(null)
    if (type === 0xc2 || type === 0xc3) return ok(type === 0xc3)
    if (type >= 0xd4 && type <= 0xd8) return this.#collect('extension', 1 << (type - 0xd4), depth)
    const number = NUMBERS[type]
    if (number) return this.#number(number)
    for (const [kind, first, lengths] of COUNTED) {
      const read = lengths[type - first]
      if (!read) continue
      const length = this.#number(read)
      return length.ok ? this.#collect(kind, length.value, depth) : length
    }
    return this.#fail('byte_unknown') // 0xc1, which nobody may write
  }

  #number([bytes, get]: ReadNumber): Result<number, MsgpackError> {
    const { at } = this
    if (at + bytes > this.#bytes.length) return this.#fail('truncated')
    this.at += bytes
    return ok(get(this.#view, at))
  }

  #collect(kind: Kind, length: number, depth: number): Result<unknown, MsgpackError> {
    // an extension has a byte for its type, an entry of a map two values of a byte at least
    const bytesMin = kind === 'extension' ? length + 1 : kind === 'map' ? 2 * length : length
    const { at } = this
    if (bytesMin > this.#bytes.length - at) return this.#fail('truncated')
    if (kind === 'array') return this.#array(length, depth + 1)
    if (kind === 'map') return this.#map(length, depth + 1)
    this.at += bytesMin
    if (kind === 'extension') return ok(null)
    const bytes = this.#bytes.subarray(at, at + length)
    return ok(kind === 'text' ? utf8.decode(bytes) : bytes)
  }

  #array(length: number, depth: number): Result<unknown[], MsgpackError> {
    const values: unknown[] = []
    while (values.length < length) {
      const value = this.read(depth)
      if (!value.ok) return value
      values.push(value.value)
    }
    return ok(values)
  }

  #map(length: number, depth: number): Result<Record<string, unknown>, MsgpackError> {
    const entries: [string, unknown][] = []
    while (entries.length < length) {
      const key = this.read(depth)
      if (!key.ok) return key
      if (!['string', 'number'].includes(typeof key.value)) return this.#fail('key_invalid')
      const value = this.read(depth)
      if (!value.ok) return value
      entries.push([String(key.value), value.value])
    }
    return ok(Object.fromEntries(entries))
  }

  #fail(reason: MsgpackError['reason']): { ok: false; error: MsgpackError } {
    return err({ reason, at: this.at })
  }
}
