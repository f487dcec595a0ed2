import {
  type DistinctSketch,
  hashName,
  mergeSketches,
  type SketchKind,
  sketchHashes,
} from '../distinct-sketch.ts'

/** In at most 4 KiB: exact up to as many names as fit where the dense form would stand, then within 1.6 %. */
const NAMES: SketchKind = { sparseMax: 1024, indexBits: 12 }

/** A sketch of these names. */
export function sketchNames(names: Iterable<string>): DistinctSketch {
  return sketchHashes(NAMES, [...names].map(hashName))
}

/** The sketch of the names of both. */
export function mergeNames(a: DistinctSketch, b: DistinctSketch): DistinctSketch {
  return mergeSketches(NAMES, a, b)
}
