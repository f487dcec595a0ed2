import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * Level 6: bytes are kept for months, CPU is paid once; together cheaper than 1, 3 and 9
 * (docs/benchmarks/compression.md).
 */
const LEVEL = 6

/** Compresses one item of a pack. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: LEVEL })
}

/** Opens one item of a pack; throws when it holds more than `bytesMax`. */
export function inflate(bytes: Uint8Array, bytesMax: number): Uint8Array {
  return inflateRawSync(bytes, { maxOutputLength: Math.max(bytesMax, 1) })
}
