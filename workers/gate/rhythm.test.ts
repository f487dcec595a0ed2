import { describe, expect, it } from 'vitest'

import { commitDelayMs, LINGER_MS, noteArrival, noteCommit, QUIET, type Rhythm } from './rhythm.ts'

/** The rhythm after arrivals every `gapMs`, ending at `until`. */
function steady(gapMs: number, until: number): Rhythm {
  let rhythm = QUIET
  for (let at = until - 100 * gapMs; at <= until; at += gapMs) rhythm = noteArrival(rhythm, at)
  return rhythm
}

/** Group sizes when requests arrive at these times whatever the answers take. */
function groupsOf(arrivals: number[]): number[] {
  let rhythm = QUIET
  let waiting = { requests: 0, bytes: 0, firstAt: 0 }
  let commitAt = Number.POSITIVE_INFINITY
  const groups: number[] = []
  const commit = (): void => {
    groups.push(waiting.requests)
    rhythm = noteCommit(rhythm, waiting.requests)
    waiting = { requests: 0, bytes: 0, firstAt: 0 }
    commitAt = Number.POSITIVE_INFINITY
  }
  for (const at of arrivals) {
    if (commitAt <= at) commit()
    if (waiting.requests === 0) waiting.firstAt = at
    waiting.requests += 1
    rhythm = noteArrival(rhythm, at)
    const delay = commitDelayMs(rhythm, waiting, at)
    if (delay === 0) commit()
    else commitAt = at + delay
  }
  return groups
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

  it('gathers what a linger brings, though it began with groups of one', () => {
    const arrivals = Array.from({ length: 3000 }, (_, index) => 1_000_000 + 20 * index)
    const groups = groupsOf(arrivals).slice(-100)
    const mean = groups.reduce((sum, requests) => sum + requests, 0) / groups.length
    expect(mean).toBeGreaterThan(8)
    expect(Math.max(...groups)).toBeLessThanOrEqual(1 + LINGER_MS / 20)
  })

  it('looks how many come as soon as there is load', () => {
    const arrivals = Array.from({ length: 100 }, (_, index) => 1_000_000 + 40 * index)
    const groups = groupsOf(arrivals)
    const firstGroup = groups.findIndex((requests) => requests > 1)
    expect(groups.slice(firstGroup, firstGroup + 5).every((requests) => requests >= 4)).toBe(true)
  })

  it('learns that callers have become fewer', () => {
    let rhythm = steady(2, 500_000)
    for (let i = 0; i < 100; i += 1) rhythm = noteCommit(rhythm, 8)
    for (let i = 0; i < 70; i += 1) rhythm = noteCommit(rhythm, 3)
    rhythm = noteCommit(rhythm, 3)
    expect(commitDelayMs(rhythm, { ...alone(500_000), requests: 3 }, 500_000)).toBe(0)
  })

  it('waits for one more now and then, or groups could never grow', () => {
    let rhythm = steady(2, 500_000)
    const eight = { ...alone(500_000), requests: 8 }
    const delays = Array.from({ length: 64 }, () => {
      rhythm = noteCommit(rhythm, 8)
      return commitDelayMs(rhythm, eight, 500_000)
    })
    expect(delays.filter((delay) => delay > 0)).toHaveLength(2)
    expect(Math.max(...delays)).toBeLessThanOrEqual(25)
  })

  it('does not keep callers in lock-step waiting for one more', () => {
    const rhythm = noteCommit(steady(2, 500_000), 8)
    expect(commitDelayMs(rhythm, { ...alone(500_000), requests: 8 }, 500_000)).toBe(0)
    expect(commitDelayMs(rhythm, { ...alone(500_000), requests: 7 }, 500_000)).toBeGreaterThan(0)
  })

  it('commits before a row grows large', () => {
    const rhythm = noteCommit(steady(2, 500_000), 300)
    expect(commitDelayMs(rhythm, { requests: 250, bytes: 1, firstAt: 500_000 }, 500_000)).toBe(0)
    expect(commitDelayMs(rhythm, { requests: 2, bytes: 600_000, firstAt: 500_000 }, 500_000)).toBe(
      0,
    )
  })
})
