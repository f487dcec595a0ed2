/**
 * MD5 (RFC 1321), because the hashes are Sentry's. Written here and not asked of the platform: the
 * one that is synchronous (`node:crypto`) is no part of the domain, and the few kilobytes of one
 * event take microseconds. It guards nothing; no secret depends on it.
 */

const SINES = Int32Array.from({ length: 64 }, (_, index) =>
  Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32),
)
const BLOCK_BYTES = 64
const LENGTH_BYTES = 8
/** Texts up to a third of this share one buffer. */
const SHARED_BYTES = 65_536

const encoder = new TextEncoder()
const shared = new Uint8Array(SHARED_BYTES)

/** 32 lower-case hex characters. Lone surrogates count as `?`, as Python encodes them. */
export function md5(text: string): string {
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476])
  const words = padded(text)
  for (let at = 0; at < words.length; at += BLOCK_BYTES / 4) digestBlock(state, words, at)
  return [...state].map(littleEndianHex).join('')
}

/**
 * The text's bytes with the closing bit and the length in bits, as words. Workers and Node run on
 * little-endian machines only, which is the order MD5 wants.
 */
function padded(text: string): Int32Array {
  const wellFormed = text.isWellFormed() ? text : text.replace(/[\ud800-\udfff]/gu, '?')
  const bytesMax = wellFormed.length * 3 + LENGTH_BYTES + BLOCK_BYTES
  const bytes = bytesMax <= SHARED_BYTES ? shared : new Uint8Array(blockBytes(bytesMax))
  const length = encoder.encodeInto(wellFormed, bytes).written
  const end = blockBytes(length + 1 + LENGTH_BYTES)
  bytes.fill(0, length, end)
  bytes[length] = 0x80
  const words = new Int32Array(bytes.buffer, 0, end / 4)
  words[end / 4 - 2] = length << 3
  words[end / 4 - 1] = length >>> 29
  return words
}

function blockBytes(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES
}

/**
 * Four rounds of sixteen steps, four steps at a time: the registers change places with each. The
 * words are read in place: a helper for it makes V8 give up inlining, and all of this five times
 * slower.
 */
function digestBlock(state: Int32Array, x: Int32Array, from: number): void {
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!

  for (let i = 0; i < 16; i += 4) {
    a = turn(b, a + ((b & c) | (~b & d)) + x[from + (i & 15)]! + SINES[i]!, 7)
    d = turn(a, d + ((a & b) | (~a & c)) + x[from + ((i + 1) & 15)]! + SINES[i + 1]!, 12)
    c = turn(d, c + ((d & a) | (~d & b)) + x[from + ((i + 2) & 15)]! + SINES[i + 2]!, 17)
    b = turn(c, b + ((c & d) | (~c & a)) + x[from + ((i + 3) & 15)]! + SINES[i + 3]!, 22)
  }
  for (let i = 16; i < 32; i += 4) {
    a = turn(b, a + ((d & b) | (~d & c)) + x[from + ((5 * i + 1) & 15)]! + SINES[i]!, 5)
    d = turn(a, d + ((c & a) | (~c & b)) + x[from + ((5 * i + 6) & 15)]! + SINES[i + 1]!, 9)
    c = turn(d, c + ((b & d) | (~b & a)) + x[from + ((5 * i + 11) & 15)]! + SINES[i + 2]!, 14)
    b = turn(c, b + ((a & c) | (~a & d)) + x[from + ((5 * i + 16) & 15)]! + SINES[i + 3]!, 20)
  }
  for (let i = 32; i < 48; i += 4) {
    a = turn(b, a + (b ^ c ^ d) + x[from + ((3 * i + 5) & 15)]! + SINES[i]!, 4)
    d = turn(a, d + (a ^ b ^ c) + x[from + ((3 * i + 8) & 15)]! + SINES[i + 1]!, 11)
    c = turn(d, c + (d ^ a ^ b) + x[from + ((3 * i + 11) & 15)]! + SINES[i + 2]!, 16)
    b = turn(c, b + (c ^ d ^ a) + x[from + ((3 * i + 14) & 15)]! + SINES[i + 3]!, 23)
  }
  for (let i = 48; i < 64; i += 4) {
    a = turn(b, a + (c ^ (b | ~d)) + x[from + ((7 * i) & 15)]! + SINES[i]!, 6)
    d = turn(a, d + (b ^ (a | ~c)) + x[from + ((7 * i + 7) & 15)]! + SINES[i + 1]!, 10)
    c = turn(d, c + (a ^ (d | ~b)) + x[from + ((7 * i + 14) & 15)]! + SINES[i + 2]!, 15)
    b = turn(c, b + (d ^ (c | ~a)) + x[from + ((7 * i + 21) & 15)]! + SINES[i + 3]!, 21)
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
}

function turn(base: number, sum: number, bits: number): number {
  const word = sum | 0
  return (base + ((word << bits) | (word >>> (32 - bits)))) | 0
}

function littleEndianHex(word: number): string {
  const swapped = (word >>> 24) | ((word >>> 8) & 0xff00) | ((word << 8) & 0xff0000) | (word << 24)
  return (swapped >>> 0).toString(16).padStart(8, '0')
}

/** What events without anything to group by have in common. */
export const HASH_OF_NOTHING = md5('')
