import { describe, expect, inject, it } from 'vitest'

import { Random } from '../../../scripts/fuzz/random.ts'
import { runFuzz } from '../../../scripts/fuzz/run-fuzz.ts'

/** Short form of `npm run fuzz`. A failing run names its seed; the long form takes it. */
describe('recorded envelopes, broken', () => {
  it('are never answered 5xx, and are accounted for', async () => {
    const seed = Date.now() % 1_000_000
    const plan = { envelopes: 1500, concurrency: 8, seed }
    const report = await runFuzz(inject('picket'), plan)
    expect(report.failures, `seed ${seed}`).toEqual([])
    expect(report.difference, `seed ${seed}`).toBe(0)
    // Mutations that only make what is refused at the door would prove nothing.
    expect(report.statuses['200']).toBeGreaterThan(plan.envelopes / 5)
    expect(report.statuses['400']).toBeGreaterThan(plan.envelopes / 20)
  })

  it('are the same for the same seed', () => {
    const numbers = (seed: number) => {
      const random = new Random(seed)
      return Array.from({ length: 20 }, () => random.below(1000))
    }
    expect(numbers(7)).toEqual(numbers(7))
    expect(numbers(7)).not.toEqual(numbers(8))
  })
})
