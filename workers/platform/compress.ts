import { deflateRawSync, inflateRawSync } from 'node:zlib'

/**
 * Level 3: on our samples 8 % larger than level 6 and half its CPU. CPU is billed by the
 * millisecond, bytes by the gigabyte-month (docs/benchmarks/compression.md).
 */
const LEVEL = 3

/** Compresses one item of a pack. */
export function deflate(bytes: Uint8Array): Uint8Array {
  return deflateRawSync(bytes, { level: LEVEL })
}

/** Opens one item of a pack; throws when it holds more than `bytesMax`. */
export function inflate(bytes: Uint8Array, bytesMax: number): Uint8Array {
  return inflateRawSync(bytes, { maxOutputLength: Math.max(bytesMax, 1) })
}
