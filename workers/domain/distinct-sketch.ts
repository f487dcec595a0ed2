/**
 * How many different names were seen, in bounded space, however many there are.
 *
 * Up to `sparseMax` names their 32-bit hashes are kept and the count is exact (bar a hash collision);
 * beyond, a HyperLogLog of 2^indexBits registers estimates it. Sketches of one kind merge: names seen
 * on both sides count once.
 *
 *     empty:   no bytes, or 0x01 alone
 *     sparse:  0x01, then 4 bytes for each name, big-endian, ascending
 *     dense:   0x02, then 2^indexBits registers of one byte
 */
const SPARSE = 1
const DENSE = 2

export type DistinctSketch = Uint8Array

export const EMPTY_SKETCH: DistinctSketch = new Uint8Array(0)

/** A kind of sketch: names counted exactly, and the bits of a hash that choose its register. */
export interface SketchKind {
  sparseMax: number
  /** At least 7: the bias constant below is that of 128 registers and more. */
  indexBits: number
}

/** A 32-bit hash of a name (FNV-1a with a final mix, enough for counting). */
export function hashName(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i += 1) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A sketch of these names, given by `hashName`. */
export function sketchHashes(kind: SketchKind, hashes: Iterable<number>): DistinctSketch {
  const unique = new Set(hashes)
  if (unique.size > kind.sparseMax) return makeDense(kind, unique)
  if (unique.size === 0) return EMPTY_SKETCH
  const sketch = new Uint8Array(1 + 4 * unique.size)
  const view = new DataView(sketch.buffer)
  sketch[0] = SPARSE
  const sorted = [...unique].sort((a, b) => a - b)
  for (const [index, hash] of sorted.entries()) view.setUint32(1 + 4 * index, hash)
  return sketch
}

/** The sketch of the names of both. */
export function mergeSketches(
  kind: SketchKind,
  a: DistinctSketch,
  b: DistinctSketch,
): DistinctSketch {
  if (a[0] !== DENSE && b[0] !== DENSE) {
    return sketchHashes(kind, [...hashesIn(a), ...hashesIn(b)])
  }
  const merged = a[0] === DENSE ? a.slice() : makeDense(kind, hashesIn(a))
  const other = b[0] === DENSE ? b : makeDense(kind, hashesIn(b))
  for (let i = 1; i < merged.length; i += 1) merged[i] = Math.max(merged[i]!, other[i] ?? 0)
  return merged
}

/** How many names: exact while sparse, an estimate beyond. */
export function countDistinct(sketch: DistinctSketch): number {
  if (sketch[0] !== DENSE) return hashesIn(sketch).length
  const registers = sketch.length - 1
  let sum = 0
  let zeros = 0
  for (let i = 1; i <= registers; i += 1) {
    sum += 2 ** -sketch[i]!
    if (sketch[i] === 0) zeros += 1
  }
  // Flajolet et al. 2007: bias constant for m ≥ 128, linear counting while many are empty.
  const estimate = ((0.7213 / (1 + 1.079 / registers)) * registers * registers) / sum
  const isSmall = estimate <= 2.5 * registers && zeros > 0
  return Math.round(isSmall ? registers * Math.log(registers / zeros) : estimate)
}

function hashesIn(sketch: DistinctSketch): number[] {
  const view = new DataView(sketch.buffer, sketch.byteOffset, sketch.byteLength)
  const hashes: number[] = []
  for (let at = 1; at + 4 <= sketch.length; at += 4) hashes.push(view.getUint32(at))
  return hashes
}

function makeDense({ indexBits }: SketchKind, hashes: Iterable<number>): DistinctSketch {
  const registers = 2 ** indexBits
  const sketch = new Uint8Array(1 + registers)
  sketch[0] = DENSE
  for (const hash of hashes) {
    const register = 1 + (hash & (registers - 1))
    const rank = Math.clz32(hash >>> indexBits) - indexBits + 1
    sketch[register] = Math.max(sketch[register]!, rank)
  }
  return sketch
}
