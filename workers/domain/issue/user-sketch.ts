/**
 * How many different users saw an issue, in at most 260 bytes, however many there are.
 *
 * Up to SPARSE_MAX users their 32-bit hashes are kept and the count is exact (bar a hash collision);
 * beyond, a HyperLogLog of 256 registers estimates it within about 6.5 %. Sketches merge: the users
 * of two months are the users of the merged sketch, each counted once.
 *
 *     sparse:  0x01, then 4 bytes per user, big-endian, ascending
 *     dense:   0x02, then 256 registers of one byte
 */

/** Users counted exactly; 64 × 4 bytes is as large as the dense form. */
const SPARSE_MAX = 64
const REGISTERS = 256
const SPARSE = 1
const DENSE = 2

export const EMPTY_SKETCH: Uint8Array = Uint8Array.of(SPARSE)

/** A 32-bit hash of a user key (FNV-1a with a final mix, enough for counting). */
export function hashUser(user: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < user.length; i += 1) {
    hash = Math.imul(hash ^ user.charCodeAt(i), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** The sketch of the users of both. Either may be empty. */
export function mergeSketches(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a[0] !== DENSE && b[0] !== DENSE) {
    const hashes = new Set([...sparseHashes(a), ...sparseHashes(b)])
    return hashes.size <= SPARSE_MAX ? makeSparse([...hashes]) : makeDense([...hashes])
  }
  const dense = a[0] === DENSE ? a.slice() : makeDense(sparseHashes(a))
  const other = b[0] === DENSE ? b : makeDense(sparseHashes(b))
  for (let i = 1; i <= REGISTERS; i += 1) dense[i] = Math.max(dense[i]!, other[i] ?? 0)
  return dense
}

/** Adds users, given by `hashUser`. */
export function addToSketch(sketch: Uint8Array, hashes: number[]): Uint8Array {
  const unique = [...new Set(hashes)]
  return mergeSketches(sketch, unique.length <= SPARSE_MAX ? makeSparse(unique) : makeDense(unique))
}

/** How many users the sketch holds: exact while sparse, an estimate beyond. */
export function countUsers(sketch: Uint8Array): number {
  if (sketch[0] !== DENSE) return sparseHashes(sketch).length
  let sum = 0
  let zeros = 0
  for (let i = 1; i <= REGISTERS; i += 1) {
    sum += 2 ** -sketch[i]!
    if (sketch[i] === 0) zeros += 1
  }
  // Flajolet et al. 2007: bias constant for 256 registers, linear counting while many are empty.
  const estimate = ((0.7213 / (1 + 1.079 / REGISTERS)) * REGISTERS * REGISTERS) / sum
  const isSmall = estimate <= 2.5 * REGISTERS && zeros > 0
  return Math.round(isSmall ? REGISTERS * Math.log(REGISTERS / zeros) : estimate)
}

function sparseHashes(sketch: Uint8Array): number[] {
  const view = new DataView(sketch.buffer, sketch.byteOffset, sketch.byteLength)
  const hashes: number[] = []
  for (let at = 1; at + 4 <= sketch.length; at += 4) hashes.push(view.getUint32(at))
  return hashes
}

function makeSparse(hashes: number[]): Uint8Array {
  const sketch = new Uint8Array(1 + 4 * hashes.length)
  const view = new DataView(sketch.buffer)
  sketch[0] = SPARSE
  hashes.sort((a, b) => a - b)
  for (const [index, hash] of hashes.entries()) view.setUint32(1 + 4 * index, hash)
  return sketch
}

function makeDense(hashes: number[]): Uint8Array {
  const sketch = new Uint8Array(1 + REGISTERS)
  sketch[0] = DENSE
  for (const hash of hashes) {
    const register = 1 + (hash & (REGISTERS - 1))
    const rank = Math.min(24, Math.clz32(hash >>> 8) - 7)
    sketch[register] = Math.max(sketch[register]!, rank)
  }
  return sketch
}
