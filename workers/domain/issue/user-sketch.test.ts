import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { addToSketch, countUsers, EMPTY_SKETCH, hashUser, mergeSketches } from './user-sketch.ts'

const users = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => hashUser(`id:${from + i}`))

describe('the user sketch', () => {
  it('is exact for 64 users, counting each once', () => {
    const sketch = addToSketch(addToSketch(EMPTY_SKETCH, users(0, 40)), users(20, 64))
    expect(countUsers(sketch)).toBe(64)
  })

  it('stays within three standard errors (20 %) of 100 to 100,000 users in 257 bytes', () => {
    for (const count of [100, 1_000, 10_000, 100_000]) {
      const sketch = addToSketch(EMPTY_SKETCH, users(0, count))
      expect(sketch.length).toBeLessThanOrEqual(257)
      expect(Math.abs(countUsers(sketch) - count) / count).toBeLessThan(0.2)
    }
  })

  it('merges in any order, and counts shared users once', () => {
    const sketch = fc.array(fc.nat(300), { maxLength: 200 }).map((ids) =>
      addToSketch(
        EMPTY_SKETCH,
        ids.map((id) => hashUser(`${id}`)),
      ),
    )
    fc.assert(
      fc.property(sketch, sketch, (a, b) => {
        expect(mergeSketches(a, b)).toEqual(mergeSketches(b, a))
        expect(countUsers(mergeSketches(a, a))).toBe(countUsers(a))
      }),
    )
  })
})
