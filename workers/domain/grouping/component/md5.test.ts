import { describe, expect, it } from 'vitest'

import { md5 } from './md5.ts'

describe('MD5', () => {
  it.each([
    ['', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['a', '0cc175b9c0f1b6a831c399e269772661'],
    ['abc', '900150983cd24fb0d6963f7d28e17f72'],
    ['message digest', 'f96b697d7cb7938d525a2f31aaf161d0'],
    ['abcdefghijklmnopqrstuvwxyz', 'c3fcd3d76192e4007dfb496cca67e13b'],
    ['1234567890'.repeat(8), '57edf4a22be3c955ac49da2e2107b67a'],
    ['x'.repeat(55), '04364420e25c512fd958a70738aa8f72'],
    ['x'.repeat(56), '668a72d5ba17f08e62dabcafad6db14b'],
    ['x'.repeat(64), 'c1bb4f81d892b2d57947682aeb252456'],
    ['ä€😀', '972aa4745c500e8d41674c689f51c9a8'],
    ['y'.repeat(100_000), 'f0a7af634b47967c6cf3a0aaaaa50d17'],
  ])('of %s', (text, hash) => {
    expect(md5(text)).toBe(hash)
  })

  it('takes lone surrogates for question marks', () => {
    expect(md5('a\ud800b')).toBe(md5('a?b'))
    expect(md5('a\ud83d\ude00b')).not.toBe(md5('a??b'))
  })

  it('does not remember a longer text that came before', () => {
    const long = 'y'.repeat(100_000)
    expect([md5(long), md5('abc')]).toEqual([
      'f0a7af634b47967c6cf3a0aaaaa50d17',
      '900150983cd24fb0d6963f7d28e17f72',
    ])
  })
})
