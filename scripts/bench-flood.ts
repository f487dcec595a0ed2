import { formatNumber } from './bench/budget.ts'
import { measureNeighbour } from './bench/flood/neighbour.ts'

/** Guarantee 5 of the architecture: one project's flood slows no other project. */
const P95_RATIO_MAX = 1.5
const ROUNDS = 3

const { calm, flooded, refusedPerSecond, floodCalls } = await measureNeighbour(ROUNDS)
const ratio = flooded.p95 / calm.p95
console.log(`refused             ${formatNumber(refusedPerSecond)} requests/s`)
console.log(`object calls        ${floodCalls} for all that was refused`)
console.log(
  `neighbour, calm     p50 ${formatNumber(calm.p50)} ms, p95 ${formatNumber(calm.p95)} ms`,
)
console.log(
  `neighbour, flooded  p50 ${formatNumber(flooded.p50)} ms, p95 ${formatNumber(flooded.p95)} ms`,
)
console.log(`p95 ratio           ${formatNumber(ratio)} of ${P95_RATIO_MAX} at most`)
process.exit(ratio <= P95_RATIO_MAX ? 0 : 1)
