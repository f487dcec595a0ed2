import { describe, expect, it } from 'vitest'
import { formatAgo, formatDuration, formatUtc, formatUtcShort, parseTime } from './time-text.ts'

const NOW = Date.parse('2026-11-24T14:50:31Z')
const SECOND = 1000
const DAY = 86_400 * SECOND

describe('formatAgo', () => {
  it.each([
    [0, 'now'],
    [44 * SECOND, 'now'],
    [45 * SECOND, '1m ago'],
    [59 * 60 * SECOND, '59m ago'],
    [60 * 60 * SECOND, '1h ago'],
    [6.9 * DAY, '6d ago'],
    [7 * DAY, '1w ago'],
    [364 * DAY, '52w ago'],
    [365 * DAY, '1y ago'],
  ])('%d ms before now is %s', (ms, says) => {
    expect(formatAgo(NOW - ms, NOW)).toBe(says)
  })
})

it('says how long something took in one unit', () => {
  expect([0, 42_000, 60_000, 3 * 3_600_000].map(formatDuration)).toEqual(['0s', '42s', '1m', '3h'])
})

it('writes UTC with and without what a narrow column has no room for', () => {
  expect(formatUtc(NOW)).toBe('2026-11-24 14:50:31 UTC')
  expect(formatUtcShort(NOW)).toBe('11-24 14:50')
})

describe('parseTime', () => {
  it('reads ISO dates and Unix seconds', () => {
    expect(parseTime('2026-11-24T14:50:31.000000Z')).toBe(NOW)
    expect(parseTime(NOW / 1000)).toBe(NOW)
  })

  it.each([null, undefined, '', 'yesterday', {}, [], Number.NaN, 1e300])('refuses %j', (value) => {
    expect(parseTime(value)).toBeUndefined()
  })
})
