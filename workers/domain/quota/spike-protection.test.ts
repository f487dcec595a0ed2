import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { counterKey } from './quota.ts'
import {
  countAccepted,
  type HourlyHistory,
  SPIKE_FLOOR,
  spikeHour,
  spikeLimit,
  spikeQuota,
} from './spike-protection.ts'
import { takeQuotas } from './take-quotas.ts'

const HOUR = 490_000

/** A history of these hours, the last of them just over. */
const history = (counts: number[]): HourlyHistory =>
  countAccepted({ hour: HOUR - 1, counts: [...counts] }, 0, HOUR)
const flat = (count: number, hours = 168): number[] => Array<number>(hours).fill(count)

describe('spike protection', () => {
  it('knows no limit in the first day of a project', () => {
    expect(spikeLimit(undefined, HOUR)).toBeNull()
    expect(spikeLimit(history(flat(5_000, 23)), HOUR)).toBeNull()
    expect(spikeLimit(history(flat(5_000, 24)), HOUR)).toBe(25_000)
  })

  it('lets five times the mean pass, and never less than the floor', () => {
    expect(spikeLimit(history(flat(2_000)), HOUR)).toBe(10_000)
    expect(spikeLimit(history(flat(1)), HOUR)).toBe(SPIKE_FLOOR)
    expect(spikeLimit(history(flat(1)), HOUR, 10)).toBe(10)
  })

  it('lets a batch pass that comes at this hour each day, or once a week', () => {
    const daily = flat(0).map((_, index) => (index % 24 === 0 ? 40_000 : 0))
    expect(spikeLimit(history(daily), HOUR)).toBe(60_000)
    expect(spikeLimit(history([40_000, ...flat(0, 167)]), HOUR)).toBe(60_000)
    const otherHour = flat(0).map((_, index) => (index % 24 === 1 ? 40_000 : 0))
    expect(spikeLimit(history(otherHour), HOUR)).toBeLessThan(10_000)
  })

  it('counts hours in which nothing came, and forgets what is older than a week', () => {
    const busy = history(flat(1_000))
    const quiet = countAccepted(busy, 7, HOUR + 84)
    expect(quiet.counts).toHaveLength(169)
    expect(quiet.counts.at(-1)).toBe(7)
    expect(spikeLimit(quiet, HOUR + 84, 1)).toBe(2_500)
    expect(spikeLimit(quiet, HOUR + 84 + 400, 1)).toBe(1)
  })

  it('grows in a day of flood to less than 2.03 times the most it was', () => {
    const hours = fc.array(fc.nat(20_000), { minLength: 168, maxLength: 168 })
    fc.assert(
      fc.property(hours, (counts) => {
        const start = history(counts)
        const before = Array.from({ length: 24 }, (_, ahead) => spikeLimit(start, HOUR + ahead)!)
        let flood = start
        let last = 0
        for (let ahead = 0; ahead < 24; ahead += 1) {
          last = spikeLimit(flood, HOUR + ahead)!
          flood = countAccepted(flood, last, HOUR + ahead)
        }
        // hours of the old week drop out of `before` without the flood: compare with the first, too
        expect(last).toBeLessThanOrEqual(2.03 * Math.max(...before) + 24)
      }),
    )
  })

  it('grows on the second day of a life to no more than 13.3 times', () => {
    let flood = history(flat(1_000, 24))
    const first = spikeLimit(flood, HOUR)!
    let last = 0
    for (let ahead = 0; ahead < 24; ahead += 1) {
      last = spikeLimit(flood, HOUR + ahead)!
      flood = countAccepted(flood, last, HOUR + ahead)
    }
    expect(last / first).toBeGreaterThan(5)
    expect(last / first).toBeLessThan(13.3)
  })

  it('is a quota whose window is the hour it was made for', () => {
    const scoping = { organizationId: 7, projectId: 42, publicKey: 'k' }
    const now = 1_772_359_200_000
    const quota = spikeQuota(2)
    const taken = takeQuotas(
      { windows: { [counterKey(quota, scoping)]: { slot: spikeHour(7, now), used: 2 } } },
      { quotas: [quota], scoping, quantities: [{ category: 'error', quantity: 1 }], now },
    )
    expect(taken).toMatchObject({
      kind: 'refused',
      limit: {
        reason: 'smart_rate_limit',
        scope: 'project',
        categories: ['default', 'error', 'security'],
      },
    })
  })
})
