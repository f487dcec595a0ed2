/**
 * multipart/form-data, as it comes: bytes in, in chunks of any size; parts out, in order.
 *
 *     [preamble] --boundary CRLF headers CRLF CRLF data CRLF --boundary CRLF … CRLF --boundary--
 *
 * Data comes out as views on the chunk (or on a copy of it, where the chunk before ended in what may
 * be a delimiter), so a file of any size passes through without being held. What is held is bounded:
 * the head of one part, or less than a delimiter. The boundary cannot contain CR, so a delimiter
 * cannot begin inside another and one walk over the bytes finds them all.
 */
import { err, ok, type Result } from '../result.ts'
import { parameterOf, parseHeaderValue } from './header-parameters.ts'

/** Bytes of the headers of one part, and parts of one body; far above what a crash handler sends. */
const HEAD_BYTES_MAX = 16 * 1024
const PARTS_MAX = 1_000
const BOUNDARY_CHARACTERS_MAX = 70
const PADDING_MAX = 64

export interface PartHead {
  /** Field name; empty where the part has none. */
  name: string
  /** Null for a plain field. Made of what a stranger wrote: never a path. */
  filename: string | null
  contentType: string | null
}

export type MultipartToken =
  | { kind: 'part'; head: PartHead }
  | { kind: 'data'; bytes: Uint8Array }
  | { kind: 'part_end' }
  /** The last delimiter; what follows is ignored. */
  | { kind: 'end' }

export type MultipartError =
  | { reason: 'delimiter_malformed' }
  | { reason: 'head_too_large'; maxBytes: number }
  | { reason: 'too_many_parts'; max: number }
  | { reason: 'end_missing' }

const CR = 0x0d
const LF = 0x0a
const DASH = 0x2d
const SPACE = 0x20
const TAB = 0x09
const EMPTY = new Uint8Array(0)
const HEAD_END = Uint8Array.of(CR, LF, CR, LF)

/** The boundary a content type names; null when it is no multipart, or names none that may be. */
export function multipartBoundary(contentType: string | null): string | null {
  if (contentType === null) return null
  const header = parseHeaderValue(contentType)
  if (!header.value.startsWith('multipart/')) return null
  return checkBoundary(header.parameters.get('boundary') ?? '')
}

/** The boundary of a body that came without its content type: its first line is a delimiter. */
export function embeddedBoundary(start: Uint8Array): string | null {
  if (start[0] !== DASH || start[1] !== DASH) return null
  const line = start.subarray(2, 2 + BOUNDARY_CHARACTERS_MAX + 1)
  const end = line.indexOf(CR)
  return end === -1 ? null : checkBoundary(String.fromCharCode(...line.subarray(0, end)))
}

function checkBoundary(boundary: string): string | null {
  const isBoundary = boundary.length <= BOUNDARY_CHARACTERS_MAX && /^[\x20-\x7e]+$/.test(boundary)
  return isBoundary && !boundary.endsWith(' ') ? boundary : null
}

type State = 'preamble' | 'delimiter' | 'head' | 'data' | 'done'

/** Takes a body apart. Push every chunk, then `end`; after an error it takes nothing more. */
export class MultipartParser {
  readonly #delimiter: Uint8Array
  #state: State = 'preamble'
  /** What of the last chunk could not be judged yet. The first delimiter may lack its CRLF. */
  #held: Uint8Array = Uint8Array.of(CR, LF)
  #parts = 0
  #error: MultipartError | null = null

  constructor(boundary: string) {
    this.#delimiter = new TextEncoder().encode(`\r\n--${boundary}`)
  }

  push(chunk: Uint8Array): Result<MultipartToken[], MultipartError> {
    const tokens: MultipartToken[] = []
    let rest: Uint8Array | null = this.#held.length === 0 ? chunk : join(this.#held, chunk)
    this.#held = EMPTY
    while (!this.#error && rest.length > 0 && this.#state !== 'done') {
      const next: Uint8Array | null = this.#step(rest, tokens)
      if (next === null) {
        this.#held = rest.slice()
        break
      }
      rest = next
    }
    return this.#error ? err(this.#error) : ok(tokens)
  }

  /** Says whether the body was whole. */
  end(): Result<null, MultipartError> {
    if (this.#error) return err(this.#error)
    return this.#state === 'done' ? ok(null) : err({ reason: 'end_missing' })
  }

  /** What is left after one step; null when more bytes are needed to judge the rest, or on error. */
  #step(bytes: Uint8Array, tokens: MultipartToken[]): Uint8Array | null {
    if (this.#state === 'delimiter') return this.#readDelimiterEnd(bytes, tokens)
    if (this.#state === 'head') return this.#readHead(bytes, tokens)
    return this.#readData(bytes, tokens)
  }

  /** The preamble is data of no part. */
  #readData(bytes: Uint8Array, tokens: MultipartToken[]): Uint8Array | null {
    const at = find(bytes, this.#delimiter)
    const to = at === -1 ? bytes.length - tailHeld(bytes, this.#delimiter) : at
    if (this.#state === 'data' && to > 0) {
      tokens.push({ kind: 'data', bytes: bytes.subarray(0, to) })
    }
    if (at === -1) return to === 0 ? null : bytes.subarray(to)
    if (this.#state === 'data') tokens.push({ kind: 'part_end' })
    this.#state = 'delimiter'
    return bytes.subarray(at + this.#delimiter.length)
  }

  /** Behind a delimiter stand `--` at the very end, or padding and CRLF before a head. */
  #readDelimiterEnd(bytes: Uint8Array, tokens: MultipartToken[]): Uint8Array | null {
    if (bytes[0] === DASH && bytes.length > 1 && bytes[1] === DASH) {
      this.#state = 'done'
      tokens.push({ kind: 'end' })
      return EMPTY
    }
    if (bytes[0] === DASH && bytes.length === 1) return null
    let at = 0
    while (bytes[at] === SPACE || bytes[at] === TAB) at += 1
    const isLineEnd = (bytes[at] ?? CR) === CR && (bytes[at + 1] ?? LF) === LF
    if (at > PADDING_MAX || !isLineEnd) return this.#fail({ reason: 'delimiter_malformed' })
    if (at + 1 >= bytes.length) return null
    this.#parts += 1
    if (this.#parts > PARTS_MAX) return this.#fail({ reason: 'too_many_parts', max: PARTS_MAX })
    this.#state = 'head'
    return bytes.subarray(at) // with its CRLF: the end of an empty head is that and one more
  }

  #readHead(bytes: Uint8Array, tokens: MultipartToken[]): Uint8Array | null {
    const end = find(bytes, HEAD_END)
    if ((end === -1 ? bytes.length : end) > HEAD_BYTES_MAX) {
      return this.#fail({ reason: 'head_too_large', maxBytes: HEAD_BYTES_MAX })
    }
    if (end === -1) return null
    tokens.push({ kind: 'part', head: parseHead(bytes.subarray(0, end)) })
    this.#state = 'data'
    return bytes.subarray(end + HEAD_END.length)
  }

  #fail(error: MultipartError): null {
    this.#error = error
    return null
  }
}

/** A part of a body that lies in memory whole. */
export interface Part extends PartHead {
  bytes: Uint8Array
}

/** All parts of a body in memory; their bytes are views on it. */
export function parseMultipart(body: Uint8Array, boundary: string): Result<Part[], MultipartError> {
  const parser = new MultipartParser(boundary)
  const tokens = parser.push(body)
  if (!tokens.ok) return tokens
  const end = parser.end()
  if (!end.ok) return end
  const parts: Part[] = []
  for (const token of tokens.value) {
    if (token.kind === 'part') parts.push({ ...token.head, bytes: EMPTY })
    // one chunk, so one piece of data for each part
    else if (token.kind === 'data') parts.at(-1)!.bytes = token.bytes
  }
  return ok(parts)
}

function parseHead(bytes: Uint8Array): PartHead {
  const head: PartHead = { name: '', filename: null, contentType: null }
  for (const line of new TextDecoder().decode(bytes).split('\r\n')) {
    const colon = line.indexOf(':')
    const field = line.slice(0, Math.max(0, colon)).trim().toLowerCase()
    if (field === 'content-disposition') {
      const disposition = parseHeaderValue(line.slice(colon + 1))
      head.name = parameterOf(disposition, 'name') ?? ''
      head.filename = parameterOf(disposition, 'filename')
    } else if (field === 'content-type') head.contentType = line.slice(colon + 1).trim() || null
  }
  return head
}

/** Where the needle first stands; -1 where it does not. */
function find(bytes: Uint8Array, needle: Uint8Array): number {
  let at = bytes.indexOf(needle[0]!)
  while (at !== -1 && at + needle.length <= bytes.length) {
    let matched = 1
    while (matched < needle.length && bytes[at + matched] === needle[matched]) matched += 1
    if (matched === needle.length) return at
    at = bytes.indexOf(needle[0]!, at + 1)
  }
  return -1
}

/** How many bytes at the end may be the beginning of a delimiter: they start at the last CR. */
function tailHeld(bytes: Uint8Array, delimiter: Uint8Array): number {
  const at = bytes.lastIndexOf(CR)
  const length = bytes.length - at
  if (at === -1 || length >= delimiter.length) return 0
  for (let i = 1; i < length; i += 1) if (bytes[at + i] !== delimiter[i]) return 0
  return length
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
