import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { isKept, keepProbability, monthElapsed } from './monthly-cap.ts'

/** The id of the n-th event, spread as random ids are. */
const id = (n: number): string => Math.imul(n, 0x9e3779b1).toString(16).padStart(32, '0')

describe('a monthly cap', () => {
  it('keeps everything until half is used, and longer as the month goes by', () => {
    expect(keepProbability({ used: 50, cap: 100, elapsed: 0 })).toBe(1)
    expect(keepProbability({ used: 51, cap: 100, elapsed: 0 })).toBeLessThan(1)
    expect(keepProbability({ used: 75, cap: 100, elapsed: 0.5 })).toBe(1)
    expect(keepProbability({ used: 75, cap: 100, elapsed: 0 })).toBe(0.25)
    expect(keepProbability({ used: 99, cap: 100, elapsed: 1 })).toBe(1)
  })

  it('keeps nothing once it is used up', () => {
    expect(keepProbability({ used: 100, cap: 100, elapsed: 0.9 })).toBe(0)
    expect(keepProbability({ used: 0, cap: 0, elapsed: 0 })).toBe(0)
  })

  it('falls as more is used, rises as time goes by, and stays between 0 and 1', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(share, share, share, share, (a, b, c, d) => {
        const at = (used: number, elapsed: number): number =>
          keepProbability({ used: used * 1_000, cap: 1_000, elapsed })
        const [less, more] = a < b ? [a, b] : [b, a]
        const [early, late] = c < d ? [c, d] : [d, c]
        expect(at(more, c)).toBeLessThanOrEqual(at(less, c))
        expect(at(a, late)).toBeGreaterThanOrEqual(at(a, early))
        expect(at(a, c)).toBeGreaterThanOrEqual(0)
        expect(at(a, c)).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('thins a flood of twenty times the cap on the first day, and still has some left', () => {
    const cap = 10_000
    let used = 0
    let last = 0
    for (let n = 0; n < 20 * cap; n += 1) {
      if (!isKept(id(n), keepProbability({ used, cap, elapsed: 0.01 }))) continue
      used += 1
      last = n
    }
    expect(used).toBeLessThanOrEqual(cap)
    expect(used).toBeGreaterThan(0.97 * cap)
    expect(used).toBeLessThan(0.995 * cap)
    expect(last).toBeGreaterThan(19 * cap) // it never went dark
  })

  it('decides by the id: the same at each asking, and kept at more where kept at less', () => {
    fc.assert(
      fc.property(fc.string(), fc.double({ min: 0, max: 1, noNaN: true }), (eventId, p) => {
        expect(isKept(eventId, p)).toBe(isKept(eventId, p))
        if (isKept(eventId, p / 2)) expect(isKept(eventId, p)).toBe(true)
        expect(isKept(eventId, 1)).toBe(true)
        expect(isKept(eventId, 0)).toBe(false)
      }),
    )
  })

  it('keeps the share it says', () => {
    let kept = 0
    for (let n = 0; n < 20_000; n += 1) if (isKept(id(n), 0.3)) kept += 1
    expect(kept / 20_000).toBeCloseTo(0.3, 1)
  })

  it('knows how much of a month is over', () => {
    expect(monthElapsed(Date.UTC(2026, 1, 1))).toBe(0)
    expect(monthElapsed(Date.UTC(2026, 1, 15))).toBe(0.5)
    expect(monthElapsed(Date.UTC(2026, 11, 31, 23, 59, 59, 999))).toBeLessThan(1)
  })
})
