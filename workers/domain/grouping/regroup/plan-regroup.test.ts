import { describe, expect, it } from 'vitest'

import { planRegroup, type RegroupInput } from './plan-regroup.ts'
import { addToTally, type RegroupTally } from './regroup-tally.ts'

/** `[stream, new hash, events]`. */
const tallyOf = (...lines: [stream: number, hash: string, count: number][]): RegroupTally =>
  addToTally(
    [],
    lines.map(([stream, hash, weight], at) => ({
      stream,
      hash,
      weight,
      at,
      title: hash,
      eventId: String(at),
    })),
  )

/** Streams -1, -2 … have the hashes h1, h2 … and lead to issues 1, 2 … unless told otherwise. */
function inputOf(
  tally: RegroupTally,
  {
    issueOf = (stream: number) => -stream,
    ...more
  }: Partial<RegroupInput> & {
    issueOf?: (stream: number) => number
  } = {},
): RegroupInput {
  const keys = [...new Set(tally.map(({ stream }) => stream))]
  const streams = new Map(keys.map((key) => [key, { issueId: issueOf(key), hash: `h${-key}` }]))
  const counts = new Map<number, number>()
  for (const { stream, count } of tally) {
    counts.set(issueOf(stream), (counts.get(issueOf(stream)) ?? 0) + count)
  }
  const hashes = new Map(keys.map((key) => [`h${-key}`, issueOf(key)]))
  const issues = [...counts].map(([id, count]) => ({ id, count }))
  return { tally, streams, hashes, issues, merges: [], ...more }
}

describe('planning a regrouping', () => {
  it('changes nothing when every hash stays', () => {
    const plan = planRegroup(inputOf(tallyOf([-1, 'h1', 4], [-2, 'h2', 1])))
    expect(plan).toEqual({ groups: [], moves: [] })
  })

  it('joins issues whose events get one hash, under the largest', () => {
    const { groups, moves } = planRegroup(
      inputOf(tallyOf([-1, 'n', 2], [-2, 'n', 7], [-3, 'h3', 1])),
    )
    expect(moves).toEqual([])
    expect(groups).toMatchObject([{ target: 2, newHashes: ['n'], count: 9 }])
    expect(groups[0]!.issues.sort()).toEqual([1, 2])
  })

  it('splits an issue whose events get several, and moves the fewer', () => {
    const { groups, moves } = planRegroup(inputOf(tallyOf([-1, 'a', 5], [-1, 'b', 2])))
    expect(moves).toMatchObject([{ stream: -1, hash: 'b', count: 2, from: 1 }])
    expect(groups).toMatchObject([
      { target: 1, issues: [1], newHashes: ['a'], count: 5 },
      { target: null, issues: [], newHashes: ['b'], count: 2 },
    ])
  })

  it('lets events that keep their hash stay, however few they are', () => {
    const { groups, moves } = planRegroup(inputOf(tallyOf([-1, 'h1', 1], [-1, 'n', 9])))
    expect(moves).toMatchObject([{ hash: 'n', count: 9 }])
    expect(groups).toMatchObject([
      { target: 1, count: 1 },
      { target: null, count: 9 },
    ])
  })

  it('moves events to an issue that has their new hash already', () => {
    const input = inputOf(tallyOf([-1, 'h1', 3], [-1, 'h2', 2], [-2, 'h2', 4]))
    const { groups, moves } = planRegroup(input)
    expect(moves).toMatchObject([{ stream: -1, hash: 'h2', from: 1 }])
    expect(groups).toMatchObject([
      { target: 1, count: 3 },
      { target: 2, count: 6, newHashes: [] },
    ])
  })

  it('keeps together what was merged, and joins what is named', () => {
    const together = inputOf(tallyOf([-1, 'a', 1], [-2, 'b', 1]), { issueOf: () => 1 })
    expect(planRegroup(together).groups).toMatchObject([{ target: 1, count: 2 }])
    const named = inputOf(tallyOf([-1, 'h1', 1], [-2, 'h2', 2]), { merges: [[1, 2]] })
    expect(planRegroup(named).groups).toMatchObject([{ target: 2, count: 3 }])
  })

  it('leaves streams alone that lead nowhere', () => {
    const input = { ...inputOf(tallyOf([-1, 'n', 1])), streams: new Map(), issues: [] }
    expect(planRegroup(input).groups).toEqual([])
  })

  it('neither loses nor invents events, whatever is proposed', () => {
    let seed = 1
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    for (let round = 0; round < 200; round += 1) {
      const lines = Array.from({ length: 1 + random(30) }, (): [number, string, number] => [
        -1 - random(8),
        random(3) === 0 ? `h${1 + random(8)}` : `n${random(6)}`,
        1 + random(9),
      ])
      const tally = tallyOf(...lines)
      const input = inputOf(tally, { issueOf: (stream) => 1 + (-stream % 5) })
      const { groups } = planRegroup(input)
      const touched = new Set(groups.flatMap(({ issues }) => issues))
      const untouched = input.issues.filter(({ id }) => !touched.has(id))
      const after = [...groups, ...untouched].reduce((sum, { count }) => sum + count, 0)
      expect(after).toBe(lines.reduce((sum, [, , count]) => sum + count, 0))
      expect(groups.every(({ count }) => count >= 0)).toBe(true)
      expect(groups.flatMap(({ issues }) => issues)).toHaveLength(touched.size)
    }
  })
})
