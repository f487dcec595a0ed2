/**
 * How many different names were seen, in at most 4 KiB, however many there are.
 *
 * Up to SPARSE_MAX names their 32-bit hashes are kept and the count is exact, but for two names of one
 * hash: at SPARSE_MAX names one chance in 8000. Beyond, a HyperLogLog of 4096 registers estimates it
 * within 1.6 %. Sketches merge: names seen on both sides count once.
 *
 *     empty:   no bytes
 *     sparse:  0x01, then 4 bytes for each name, big-endian, ascending
 *     dense:   0x02, then 4096 registers of one byte
 */
import { hashUser } from '../issue/user-sketch.ts'

/** Names counted exactly: as many as fit where the dense form would stand. */
const SPARSE_MAX = 1024
const INDEX_BITS = 12
const REGISTERS = 2 ** INDEX_BITS
const SPARSE = 1
const DENSE = 2

export type DistinctSketch = Uint8Array

export const EMPTY_SKETCH: DistinctSketch = new Uint8Array(0)

/** A sketch of these names. */
export function sketchOf(names: Iterable<string>): DistinctSketch {
  const hashes = new Set<number>()
  for (const name of names) hashes.add(hashUser(name))
  return fromHashes(hashes)
}

/** The sketch of the names of both. */
export function mergeSketches(a: DistinctSketch, b: DistinctSketch): DistinctSketch {
  if (a.length === 0) return b
  if (b.length === 0) return a
  if (a[0] === SPARSE && b[0] === SPARSE)
    return fromHashes(new Set([...hashesIn(a), ...hashesIn(b)]))
  const merged = a[0] === DENSE ? a.slice() : makeDense(hashesIn(a))
  const other = b[0] === DENSE ? b : makeDense(hashesIn(b))
  for (let i = 1; i <= REGISTERS; i += 1) merged[i] = Math.max(merged[i]!, other[i] ?? 0)
  return merged
}

/** How many names: exact while sparse, an estimate beyond. */
export function countDistinct(sketch: DistinctSketch): number {
  if (sketch[0] !== DENSE) return hashesIn(sketch).length
  let sum = 0
  let zeros = 0
  for (let i = 1; i <= REGISTERS; i += 1) {
    sum += 2 ** -sketch[i]!
    if (sketch[i] === 0) zeros += 1
  }
  // Flajolet et al. 2007: bias constant for 4096 registers, linear counting while many are empty.
  const estimate = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum
  const isSmall = estimate <= 2.5 * REGISTERS && zeros > 0
  return Math.round(isSmall ? REGISTERS * Math.log(REGISTERS / zeros) : estimate)
}

function fromHashes(hashes: Set<number>): DistinctSketch {
  if (hashes.size > SPARSE_MAX) return makeDense(hashes)
  if (hashes.size === 0) return EMPTY_SKETCH
  const sketch = new Uint8Array(1 + 4 * hashes.size)
  const view = new DataView(sketch.buffer)
  sketch[0] = SPARSE
  const sorted = [...hashes].sort((a, b) => a - b)
  for (const [index, hash] of sorted.entries()) view.setUint32(1 + 4 * index, hash)
  return sketch
}

function hashesIn(sketch: DistinctSketch): number[] {
  const view = new DataView(sketch.buffer, sketch.byteOffset, sketch.byteLength)
  const hashes: number[] = []
  for (let at = 1; at + 4 <= sketch.length; at += 4) hashes.push(view.getUint32(at))
  return hashes
}

function makeDense(hashes: Iterable<number>): DistinctSketch {
  const sketch = new Uint8Array(1 + REGISTERS)
  sketch[0] = DENSE
  for (const hash of hashes) {
    const register = 1 + (hash & (REGISTERS - 1))
    const rank = Math.clz32(hash >>> INDEX_BITS) - INDEX_BITS + 1
    sketch[register] = Math.max(sketch[register]!, rank)
  }
  return sketch
}
