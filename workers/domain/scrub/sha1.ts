/**
 * HMAC-SHA1 (RFC 2104, RFC 3174), synchronous, for the `hash` method only: a pseudonym as Sentry
 * makes it, not a safeguard. WebCrypto would make scrubbing asynchronous.
 */
export function hmacSha1(key: string, message: string): string {
  const encoder = new TextEncoder()
  const given = encoder.encode(key)
  const block = new Uint8Array(BLOCK_BYTES)
  block.set(given.length > BLOCK_BYTES ? sha1(given) : given)
  const inner = sha1(
    joined(
      block.map((byte) => byte ^ 0x36),
      encoder.encode(message),
    ),
  )
  return hex(
    sha1(
      joined(
        block.map((byte) => byte ^ 0x5c),
        inner,
      ),
    ),
  )
}

const BLOCK_BYTES = 64

/** The 20 bytes of the digest. */
export function sha1(message: Uint8Array): Uint8Array {
  const state = new Uint32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0])
  const padded = pad(message)
  const words = new Uint32Array(80)
  for (let offset = 0; offset < padded.byteLength; offset += BLOCK_BYTES) {
    for (let i = 0; i < 16; i += 1) words[i] = padded.getUint32(offset + 4 * i)
    for (let i = 16; i < 80; i += 1) {
      words[i] = rotate(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1)
    }
    mix(state, words)
  }
  const digest = new DataView(new ArrayBuffer(20))
  state.forEach((word, index) => {
    digest.setUint32(4 * index, word)
  })
  return new Uint8Array(digest.buffer)
}

function mix(state: Uint32Array, words: Uint32Array): void {
  let [a, b, c, d, e] = state as unknown as [number, number, number, number, number]
  for (let i = 0; i < 80; i += 1) {
    const choice =
      i < 20
        ? ((b & c) | (~b & d)) + 0x5a827999
        : i < 40
          ? (b ^ c ^ d) + 0x6ed9eba1
          : i < 60
            ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
            : (b ^ c ^ d) + 0xca62c1d6
    const next = (rotate(a, 5) + choice + e + words[i]!) | 0
    e = d
    d = c
    c = rotate(b, 30)
    b = a
    a = next
  }
  for (const [index, word] of [a, b, c, d, e].entries()) state[index] = state[index]! + word
}

/** A one bit, zeros, and the length in bits, to whole blocks. */
function pad(message: Uint8Array): DataView {
  const blocks = Math.floor((message.length + 8) / BLOCK_BYTES) + 1
  const bytes = new Uint8Array(blocks * BLOCK_BYTES)
  bytes.set(message)
  bytes[message.length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setUint32(bytes.length - 8, Math.floor(message.length / 0x20000000))
  view.setUint32(bytes.length - 4, message.length << 3)
  return view
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase()
}
