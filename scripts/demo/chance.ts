/** Chance with a seed: two runs with the same one send the same. */
export interface Chance {
  /** 0 ≤ x < 1. */
  next: () => number
  pick: <Item>(items: readonly Item[]) => Item
  /** As `pick`, but the first is chosen most: the n-th with a weight of 1/n, as errors are in life. */
  pickZipf: <Item>(items: readonly Item[]) => Item
}

/** Mulberry32: 32 bits of state, good enough to look random to a person. */
export function makeChance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)]!
  const pickZipf = <Item>(items: readonly Item[]): Item => {
    const sum = items.reduce((total, _, index) => total + 1 / (index + 1), 0)
    let left = next() * sum
    const index = items.findIndex((_, at) => {
      left -= 1 / (at + 1)
      return left < 0
    })
    return items[index]!
  }
  return { next, pick, pickZipf }
}
