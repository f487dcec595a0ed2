import { describe, expect, it } from 'vitest'

import { makeChance } from './chance.ts'

describe('chance', () => {
  it('repeats with the same seed, and not with another', () => {
    const draw = (seed: number): number[] => {
      const chance = makeChance(seed)
      return [chance.next(), chance.next(), chance.next()]
    }
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
  })

  it('picks the first of a Zipf list about twice as often as the second', () => {
    const chance = makeChance(1)
    const counts = { a: 0, b: 0, c: 0 }
    for (let i = 0; i < 11_000; i++) counts[chance.pickZipf(['a', 'b', 'c'] as const)]++
    expect(counts.a / counts.b).toBeCloseTo(2, 0)
    expect(counts.a / counts.c).toBeCloseTo(3, 0)
  })
})
