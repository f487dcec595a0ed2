import { describe, expect, it } from 'vitest'

import { categoryUnit, DATA_CATEGORIES, DATA_CATEGORY_ID, dataCategory } from './data-category.ts'
import { INVALID_REASONS, type LedgerEntry, sumLedgerEntries } from './outcome.ts'

describe('data categories', () => {
  it('have an id each, from 0 to 37 without a gap, and none for `unknown`', () => {
    const ids = DATA_CATEGORIES.map((name) => DATA_CATEGORY_ID[name]).sort((a, b) => a - b)
    expect(ids).toEqual(Array.from({ length: 39 }, (_, index) => index - 1))
    expect(DATA_CATEGORY_ID.unknown).toBe(-1)
  })

  it('are known by their names, and by those SDKs use besides', () => {
    expect(dataCategory('log_byte')).toBe('log_byte')
    expect(dataCategory('user_report_v2')).toBe('feedback')
    expect(['internal', '', 7, null, '__proto__', 'toString'].map(dataCategory)).toEqual(
      Array(6).fill('unknown'),
    )
  })

  it('count things, or bytes, or time', () => {
    const inBytes = DATA_CATEGORIES.filter((name) => categoryUnit(name) === 'bytes')
    expect(inBytes).toEqual(['attachment', 'log_byte', 'trace_metric_byte'])
    expect(categoryUnit('profile_duration_ui')).toBe('milliseconds')
    expect(categoryUnit('attachment_item')).toBe('count')
  })
})

describe('ledger entries', () => {
  const entry = (fields: Partial<LedgerEntry> = {}): LedgerEntry => ({
    category: 'error',
    outcome: 'invalid',
    reason: 'no_data',
    quantity: 1,
    ...fields,
  })

  it('add up where category, outcome and reason are the same', () => {
    const entries = [
      entry(),
      entry({ reason: null }),
      entry({ quantity: 4 }),
      entry({ reason: '' }),
    ]
    expect(sumLedgerEntries(entries)).toEqual([
      entry({ quantity: 5 }),
      entry({ reason: null }),
      entry({ reason: '' }),
    ])
    expect(entries[0]?.quantity).toBe(1)
  })

  it('have reasons that are named once each', () => {
    expect(new Set(INVALID_REASONS).size).toBe(INVALID_REASONS.length)
  })
})
