import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { countDistinct, EMPTY_SKETCH, hashName } from '../distinct-sketch.ts'
import { addUsers, mergeUsers } from './user-sketch.ts'

const users = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => hashName(`id:${from + i}`))

describe('the user sketch', () => {
  it('is exact for 64 users, counting each once', () => {
    const sketch = addUsers(addUsers(EMPTY_SKETCH, users(0, 40)), users(20, 64))
    expect(countDistinct(sketch)).toBe(64)
  })

  it('stays within three standard errors (20 %) of 100 to 100,000 users in 257 bytes', () => {
    for (const count of [100, 1_000, 10_000, 100_000]) {
      const sketch = addUsers(EMPTY_SKETCH, users(0, count))
      expect(sketch.length).toBeLessThanOrEqual(257)
      expect(Math.abs(countDistinct(sketch) - count) / count).toBeLessThan(0.2)
    }
  })

  it('merges in any order, and counts shared users once', () => {
    const sketch = fc.array(fc.nat(300), { maxLength: 200 }).map((ids) =>
      addUsers(
        EMPTY_SKETCH,
        ids.map((id) => hashName(`${id}`)),
      ),
    )
    fc.assert(
      fc.property(sketch, sketch, (a, b) => {
        expect(mergeUsers(a, b)).toEqual(mergeUsers(b, a))
        expect(countDistinct(mergeUsers(a, a))).toBe(countDistinct(a))
      }),
    )
  })
})
