import { describe, expect, it } from 'vitest'

import { hmacSha1, sha1 } from './sha1.ts'

const digest = (text: string) =>
  Array.from(sha1(new TextEncoder().encode(text)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')

describe('sha1', () => {
  it.each([
    ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '84983e441c3bd26ebaae4aa1f95129e5e54670f1',
    ],
    ['a'.repeat(1_000_000), '34aa973cd4c4daa4f61eeb2bdbad27316534016f'],
  ])('gives the digest of RFC 3174 (case %#)', (text, expected) => {
    expect(digest(text)).toBe(expected)
  })
})

describe('hmacSha1', () => {
  it('gives the pseudonyms of the spec with the empty key', () => {
    expect(hmacSha1('', 'foobar')).toBe('168197CA3A9D4FE60EDE05116B0A125DA1AB3BD0')
    expect(hmacSha1('', '127.0.0.1')).toBe('AE12FE3B5F129B5CC4CDD2B136B7B7947C4D2741')
  })

  it('gives the digests of RFC 2202 with keys', () => {
    expect(hmacSha1('Jefe', 'what do ya want for nothing?')).toBe(
      'EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79',
    )
    const longKey = String.fromCharCode(0x61).repeat(80)
    expect(hmacSha1(longKey, 'x')).not.toBe(hmacSha1(longKey.slice(1), 'x'))
  })
})
