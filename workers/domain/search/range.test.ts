import { describe, expect, it } from 'vitest'

import { isInRange, parseDateRange, parseNumberRange } from './range.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const HOUR_MS = 3_600_000

describe('parseNumberRange', () => {
  it('reads every operator as whole numbers from … until', () => {
    const range = (value: string) => parseNumberRange(value)?.range
    expect(range('5')).toEqual({ from: 5, until: 6 })
    expect(range('=5')).toEqual({ from: 5, until: 6 })
    expect(range('>5')).toEqual({ from: 6, until: null })
    expect(range('>=5')).toEqual({ from: 5, until: null })
    expect(range('<5')).toEqual({ from: null, until: 5 })
    expect(range('<=5')).toEqual({ from: null, until: 6 })
    expect(range('>2.5')).toEqual({ from: 3, until: null })
    expect(range('>=2.5')).toEqual({ from: 3, until: null })
    expect(range('<2.5')).toEqual({ from: null, until: 3 })
    expect(range('10k')).toEqual({ from: 10_000, until: 10_001 })
    expect(parseNumberRange('!=5')).toEqual({ range: { from: 5, until: 6 }, isNegated: true })
  })

  it('refuses what is no number', () => {
    for (const text of ['', 'five', '>', '5x', '1e9', '>>5', '9'.repeat(20)]) {
      expect([text, parseNumberRange(text)]).toEqual([text, null])
    }
  })
})

describe('parseDateRange', () => {
  const range = (value: string) => parseDateRange(value, NOW)?.range

  it('reads ages: minus is newer than, plus is older than', () => {
    expect(range('-24h')).toEqual({ from: NOW - 24 * HOUR_MS, until: null })
    expect(range('+2d')).toEqual({ from: null, until: NOW - 48 * HOUR_MS + 1 })
  })

  it('takes a bare day as the day, and a time as a little around it', () => {
    const day = Date.UTC(2026, 0, 5)
    expect(range('2026-01-05')).toEqual({ from: day, until: day + 24 * HOUR_MS })
    const at = Date.UTC(2026, 0, 5, 10)
    expect(range('2026-01-05T10:00')).toEqual({ from: at - 300_000, until: at + 360_000 })
    expect(range('>2026-01-05T10:00:00+01:00')).toEqual({ from: at - HOUR_MS + 1, until: null })
    expect(range('<=2026-01-05')).toEqual({ from: null, until: day + 1 })
  })

  it('refuses what is no time', () => {
    for (const text of ['', 'yesterday', '24h', '-h', '2026-13-40', '2026-01-05T99:00']) {
      expect([text, parseDateRange(text, NOW)]).toEqual([text, null])
    }
  })
})

describe('isInRange', () => {
  it('holds the first and not the last', () => {
    expect([4, 5, 9, 10].map((value) => isInRange(value, { from: 5, until: 10 }))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(isInRange(-1e15, { from: null, until: null })).toBe(true)
  })
})
