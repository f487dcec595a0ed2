import { describe, expect, it } from 'vitest'

import { importKeySecret, isPublicKey, makePublicKey, verifyPublicKey } from './public-key.ts'

const RANDOM = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const secret = await importKeySecret('a secret of the deployment')

describe('self-certifying keys', () => {
  it('certifies a key for the project it was made for', async () => {
    const key = await makePublicKey(secret, 1_000_000_001, RANDOM)
    expect(isPublicKey(key)).toBe(true)
    expect(key.slice(0, 16)).toBe('0102030405060708')
    expect(await verifyPublicKey(secret, 1_000_000_001, key)).toBe(true)
  })

  it('refuses it for another project, under another secret, and when any digit changed', async () => {
    const key = await makePublicKey(secret, 1_000_000_001, RANDOM)
    const other = await importKeySecret('another secret of 16')
    expect(await verifyPublicKey(secret, 1_000_000_002, key)).toBe(false)
    expect(await verifyPublicKey(other, 1_000_000_001, key)).toBe(false)
    for (let i = 0; i < key.length; i += 1) {
      const digit = key[i] === '0' ? '1' : '0'
      const forged = key.slice(0, i) + digit + key.slice(i + 1)
      expect(await verifyPublicKey(secret, 1_000_000_001, forged)).toBe(false)
    }
  })

  it('refuses a secret that could be guessed', () => {
    expect(() => importKeySecret('short')).toThrow('at least 16')
  })
})
