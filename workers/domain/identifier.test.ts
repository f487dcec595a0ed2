import { describe, expect, it } from 'vitest'

import {
  fromHex,
  monthOf,
  monthsBetween,
  parseEventId,
  parseProjectId,
  toHex,
} from './identifier.ts'

describe('identifiers', () => {
  it('reads event ids in both textual forms and any case', () => {
    const id = '5f0c1e9ab7d24c3e8f6a90b1c2d3e4f5'
    expect(parseEventId('5F0C1E9A-B7D2-4C3E-8F6A-90B1C2D3E4F5')).toBe(id)
    expect(parseEventId(id)).toBe(id)
  })

  it('refuses other texts and types as event ids', () => {
    expect(['', '5f0c', `${'0'.repeat(31)}g`, 7, null, {}].map(parseEventId)).toEqual(
      Array(6).fill(null),
    )
  })

  it('reads decimal project ids only', () => {
    expect(parseProjectId('1000000001')).toBe(1_000_000_001)
    const bad = ['0', '01', '-1', '1.0', 'shop', '', '9007199254740993', '99999999999999999999']
    expect(bad.map(parseProjectId)).toEqual(bad.map(() => null))
  })

  it('lists months newest first, across a year and from a 31st', () => {
    const from = Date.UTC(2025, 10, 30)
    const until = Date.UTC(2026, 0, 31, 23)
    expect(monthsBetween(from, until)).toEqual(['2026-01', '2025-12', '2025-11'])
    expect(monthsBetween(until, until)).toEqual([monthOf(until)])
    expect(monthsBetween(until, from)).toEqual([])
  })

  it('writes hex and reads it back', () => {
    const bytes = Uint8Array.of(0, 1, 15, 16, 255)
    expect(toHex(bytes)).toBe('00010f10ff')
    expect(fromHex(toHex(bytes))).toEqual(bytes)
  })
})
