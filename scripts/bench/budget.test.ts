import { describe, expect, it } from 'vitest'

import { formatBudgets, isBroken } from './budget.ts'

const budget = (actual: number) => ({ what: 'rows', actual, max: 3, unit: 'rows' })

describe('a budget', () => {
  it('is kept up to its limit', () => {
    expect(isBroken(budget(3))).toBe(false)
    expect(formatBudgets([budget(2.5)])).toBe('  kept    rows  2.5 of 3 rows')
  })

  it('is broken above it, and when nothing could be counted', () => {
    expect(isBroken(budget(3.01))).toBe(true)
    expect(isBroken(budget(Number.NaN))).toBe(true)
    expect(formatBudgets([budget(1234)])).toBe('  BROKEN  rows  1,234 of 3 rows')
  })
})
