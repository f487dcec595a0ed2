/**
 * MD5 (RFC 1321), because the hashes are Sentry's. Written here and not asked of the platform: the
 * one that is synchronous (`node:crypto`) is no part of the domain, and the few kilobytes of one
 * event take microseconds. It guards nothing; no secret depends on it.
 */

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const SINES = Int32Array.from({ length: 64 }, (_, index) =>
  Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32),
)
const BLOCK_BYTES = 64
const LENGTH_BYTES = 8

const encoder = new TextEncoder()

/** 32 lower-case hex characters. Lone surrogates count as `?`, as Python encodes them. */
export function md5(text: string): string {
  const state = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476]
  const blocks = padded(text)
  for (let at = 0; at < blocks.length; at += BLOCK_BYTES / 4) digestBlock(state, blocks, at)
  return state.map(littleEndianHex).join('')
}

/** The text's bytes as little-endian words, with the closing bit and the length in bits. */
function padded(text: string): Int32Array {
  const wellFormed = text.isWellFormed() ? text : text.replace(/[\ud800-\udfff]/gu, '?')
  const bytesMax = wellFormed.length * 3 + LENGTH_BYTES + BLOCK_BYTES
  const bytes = new Uint8Array(Math.ceil(bytesMax / BLOCK_BYTES) * BLOCK_BYTES)
  const length = encoder.encodeInto(wellFormed, bytes).written
  bytes[length] = 0x80
  const end = Math.ceil((length + 1 + LENGTH_BYTES) / BLOCK_BYTES) * BLOCK_BYTES
  const view = new DataView(bytes.buffer)
  view.setUint32(end - 8, length << 3, true)
  view.setUint32(end - 4, Math.floor(length / 2 ** 29), true)
  const words = new Int32Array(end / 4)
  for (let index = 0; index < words.length; index++) words[index] = view.getInt32(index * 4, true)
  return words
}

function digestBlock(state: number[], words: Int32Array, from: number): void {
  let [a, b, c, d] = state as [number, number, number, number]
  for (let step = 0; step < 64; step++) {
    const round = step >> 4
    let mixed: number
    let word: number
    if (round === 0) {
      mixed = (b & c) | (~b & d)
      word = step
    } else if (round === 1) {
      mixed = (d & b) | (~d & c)
      word = (5 * step + 1) & 15
    } else if (round === 2) {
      mixed = b ^ c ^ d
      word = (3 * step + 5) & 15
    } else {
      mixed = c ^ (b | ~d)
      word = (7 * step) & 15
    }
    const sum = (a + mixed + SINES[step]! + words[from + word]!) | 0
    const shift = SHIFTS[(round << 2) | (step & 3)]!
    a = d
    d = c
    c = b
    b = (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0
  }
  state[0] = (state[0]! + a) | 0
  state[1] = (state[1]! + b) | 0
  state[2] = (state[2]! + c) | 0
  state[3] = (state[3]! + d) | 0
}

function littleEndianHex(word: number): string {
  const swapped =
    (word >>> 24) | ((word >>> 8) & 0xff00) | ((word << 8) & 0xff0000) | ((word << 24) >>> 0)
  return (swapped >>> 0).toString(16).padStart(8, '0')
}
