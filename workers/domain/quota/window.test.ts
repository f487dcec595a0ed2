import { describe, expect, it } from 'vitest'

import { pruneWindows } from './take-quotas.ts'
import { slotEndAt, slotOf, takeFromWindow, windowShift } from './window.ts'

const at = (date: string): number => Date.parse(date)

describe('a window of a month', () => {
  it('is the calendar month in UTC, for every organization the same', () => {
    const slot = slotOf('month', at('2026-02-28T23:59:59.999Z'))
    expect(slotOf('month', at('2026-02-01T00:00:00Z'))).toBe(slot)
    expect(slotOf('month', at('2026-03-01T00:00:00Z'))).toBe(slot + 1)
    expect(slotOf('month', at('2027-02-01T00:00:00Z'))).toBe(slot + 12)
    expect(slotEndAt(slot, 'month')).toBe(at('2026-03-01T00:00:00Z'))
    expect(windowShift(1_234, 'month')).toBe(0)
  })

  it('refuses until the month ends', () => {
    const limit = { count: 1, windowSeconds: 'month' } as const
    const now = at('2026-12-31T23:59:30Z')
    const [window, first] = takeFromWindow(undefined, limit, 1, now)
    expect(first).toEqual({ taken: true })
    expect(takeFromWindow(window, limit, 1, now)[1]).toEqual({
      taken: false,
      retryAfterSeconds: 30,
    })
    expect(takeFromWindow(window, limit, 1, at('2027-01-01T00:00:00Z'))[1]).toEqual({ taken: true })
  })

  it('is kept until it ends; a counter of another form is not', () => {
    const slot = slotOf('month', at('2026-02-15T00:00:00Z'))
    const windows = {
      'project:1:month:errors': { slot, used: 3 },
      'key:0123': { slot: 1_000_000, used: 3 },
    }
    const left = (now: string) => Object.keys(pruneWindows(windows, at(now)))
    expect(left('2026-02-28T23:59:59Z')).toEqual(['project:1:month:errors'])
    expect(left('2026-03-01T00:00:00Z')).toEqual([])
  })
})
