/** A stretch of bytes that reads as text. */
export interface TextRun {
  /** Offset of its first byte. */
  start: number
  text: string
  encoding: 'utf-8' | 'utf-16le'
}

/** Shorter runs are chance (spec/event-processing.md §5.6). */
const CHARACTERS_MIN = 5
/** Longer runs are read in pieces, so that memory stays bounded. */
const RUN_BYTES_MAX = 1 << 20

/** A mark of byte order is a character like any other here: offsets must stay true. */
const PLAIN = { fatal: false, ignoreBOM: true }

/** Runs of UTF-8 without control characters other than tabs and line breaks. */
export function utf8Runs(bytes: Uint8Array): TextRun[] {
  const runs: TextRun[] = []
  const decoder = new TextDecoder('utf-8', PLAIN)
  let start = 0
  const close = (end: number) => {
    if (end - start >= CHARACTERS_MIN) {
      const text = decoder.decode(bytes.subarray(start, end))
      if (text.length >= CHARACTERS_MIN) runs.push({ start, text, encoding: 'utf-8' })
    }
    start = end
  }
  for (let at = 0; at < bytes.length; ) {
    const width = characterWidth(bytes, at)
    if (width === 0 || at - start >= RUN_BYTES_MAX) close(at)
    at += Math.max(1, width)
    if (width === 0) start = at
  }
  close(bytes.length)
  return runs
}

/** Runs of UTF-16LE with at least one ASCII character: other bytes pair up to rare ones by chance. */
export function utf16Runs(bytes: Uint8Array): TextRun[] {
  return [...utf16RunsFrom(bytes, 0), ...utf16RunsFrom(bytes, 1)]
}

function utf16RunsFrom(bytes: Uint8Array, offset: number): TextRun[] {
  const runs: TextRun[] = []
  const decoder = new TextDecoder('utf-16le', PLAIN)
  let start = offset
  let hasAscii = false
  const close = (end: number) => {
    const isLong = end - start >= 2 * CHARACTERS_MIN
    if (isLong && hasAscii) {
      runs.push({ start, text: decoder.decode(bytes.subarray(start, end)), encoding: 'utf-16le' })
    }
    start = end
    hasAscii = false
  }
  for (let at = offset; at + 1 < bytes.length; at += 2) {
    const unit = bytes[at]! | (bytes[at + 1]! << 8)
    if (!isTextUnit(unit)) {
      close(at)
      start = at + 2
    } else if (at - start >= RUN_BYTES_MAX) {
      close(at)
    }
    if (unit < 0x80 && isTextUnit(unit)) hasAscii = true
  }
  close(bytes.length - ((bytes.length - offset) % 2))
  return runs
}

function isTextUnit(unit: number): boolean {
  if (unit < 0x20) return isBreak(unit)
  return unit !== 0x7f && (unit < 0xd800 || (unit > 0xdfff && unit < 0xfffe && unit !== 0xfeff))
}

function isBreak(code: number): boolean {
  return code === 0x09 || code === 0x0a || code === 0x0d
}

/** Bytes of the UTF-8 character at an offset; 0 when there is none, or a control character. */
function characterWidth(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!
  if (first < 0x80) return (first >= 0x20 && first !== 0x7f) || isBreak(first) ? 1 : 0
  if (first < 0xc2 || first > 0xf4) return 0
  const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  for (let index = 1; index < width; index += 1) {
    if (((bytes[at + index] ?? 0) & 0xc0) !== 0x80) return 0
  }
  return isShortest(first, bytes[at + 1]!) ? width : 0
}

/** Neither longer than need be, nor a surrogate, nor beyond Unicode. */
function isShortest(first: number, second: number): boolean {
  if (first === 0xe0) return second >= 0xa0
  if (first === 0xed) return second < 0xa0
  if (first === 0xf0) return second >= 0x90
  return first !== 0xf4 || second < 0x90
}
