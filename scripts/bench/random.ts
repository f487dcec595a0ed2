/** Numbers in [0, 1) that a seed repeats exactly (mulberry32). */
export type Random = () => number

export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** 32 hex characters. */
export function randomEventId(random: Random): string {
  let id = ''
  for (let i = 0; i < 4; i += 1) {
    id += Math.floor(random() * 4_294_967_296)
      .toString(16)
      .padStart(8, '0')
  }
  return id
}

/** Picks 0 … `count - 1`, the n-th as often as 1/(n + 1): few things happen often, most seldom. */
export function zipf(count: number, random: Random): () => number {
  const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  const bounds = weights.map((weight) => {
    sum += weight / total
    return sum
  })
  return () => {
    const at = random()
    const index = bounds.findIndex((bound) => at < bound)
    return index === -1 ? count - 1 : index
  }
}
