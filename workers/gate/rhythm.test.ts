import { describe, expect, it } from 'vitest'

import { commitDelayMs, LINGER_MS, noteArrival, noteCommit, QUIET, type Rhythm } from './rhythm.ts'

/** The rhythm after arrivals every `gapMs`, ending at `until`. */
function steady(gapMs: number, until: number): Rhythm {
  let rhythm = QUIET
  for (let at = until - 100 * gapMs; at <= until; at += gapMs) rhythm = noteArrival(rhythm, at)
  return rhythm
}

const alone = (firstAt: number) => ({ requests: 1, bytes: 1000, firstAt })

describe('the rhythm of commits', () => {
  it('commits at once in a quiet project', () => {
    expect(commitDelayMs(QUIET, alone(1000), 1000)).toBe(0)
    expect(commitDelayMs(steady(1000, 500_000), alone(500_000), 500_000)).toBe(0)
  })

  it('lets requests gather under load, never beyond the linger', () => {
    const rhythm = steady(20, 500_000)
    const delay = commitDelayMs(rhythm, alone(500_000), 500_000)
    expect(delay).toBeGreaterThan(0)
    expect(delay).toBeLessThanOrEqual(LINGER_MS)
    expect(commitDelayMs(rhythm, alone(500_000), 500_000 + LINGER_MS)).toBe(0)
  })

  it('does not keep callers in lock-step waiting for one more', () => {
    const rhythm = noteCommit(steady(2, 500_000), 8)
    expect(commitDelayMs(rhythm, { ...alone(500_000), requests: 8 }, 500_000)).toBe(0)
    expect(commitDelayMs(rhythm, { ...alone(500_000), requests: 7 }, 500_000)).toBeGreaterThan(0)
  })

  it('commits before a row grows large', () => {
    const rhythm = noteCommit(steady(2, 500_000), 200)
    expect(commitDelayMs(rhythm, { requests: 100, bytes: 1, firstAt: 500_000 }, 500_000)).toBe(0)
    expect(commitDelayMs(rhythm, { requests: 2, bytes: 600_000, firstAt: 500_000 }, 500_000)).toBe(
      0,
    )
  })
})
