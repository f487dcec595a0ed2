import { describe, expect, it } from 'vitest'

import { runKills } from '../../scripts/fault/run-kills.ts'

/** Short forms of `npm run fault:kill`. A failing run names its seed; the long form takes it. */
describe('the product, killed with SIGKILL under load', () => {
  it('keeps every acknowledged event once, each in a row of its own', async () => {
    const seed = Date.now() % 1_000_000
    const report = await runKills({
      events: 150,
      kills: 1,
      killsWhileDraining: 0,
      concurrency: 8,
      stormShare: 0,
      seed,
    })
    expect(report.failures, `seed ${seed}`).toEqual([])
    expect(report.killedAt).toHaveLength(1)
    expect(report.rows).toBe(report.stored)
  })

  it('keeps exact counts of a storm that is thinned', async () => {
    const seed = Date.now() % 1_000_000
    const report = await runKills({
      events: 400,
      kills: 1,
      killsWhileDraining: 1,
      concurrency: 16,
      stormShare: 0.9,
      seed,
    })
    expect(report.failures, `seed ${seed}`).toEqual([])
    expect(report.killedAt).toHaveLength(2)
    expect(report.rows).toBeLessThan(report.stored)
  })
})
