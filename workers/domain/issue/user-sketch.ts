import {
  type DistinctSketch,
  mergeSketches,
  type SketchKind,
  sketchHashes,
} from '../distinct-sketch.ts'

/** Users of an issue in at most 257 bytes: exact up to 64, as many as fit where the dense form would stand; then within about 6.5 %. */
const USERS: SketchKind = { sparseMax: 64, indexBits: 8 }

/** The sketch of the users of both. */
export function mergeUsers(a: DistinctSketch, b: DistinctSketch): DistinctSketch {
  return mergeSketches(USERS, a, b)
}

/** Adds users, given by `hashName`. */
export function addUsers(sketch: DistinctSketch, hashes: number[]): DistinctSketch {
  return mergeUsers(sketch, sketchHashes(USERS, hashes))
}
