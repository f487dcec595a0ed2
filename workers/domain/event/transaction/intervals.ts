/** A stretch of time, start before end; the unit is the caller's. */
export type Interval = [start: number, end: number]

/** How long anything went on: overlaps count once. */
export function unionLength(intervals: Interval[]): number {
  const ordered = intervals.toSorted(([a], [b]) => a - b)
  let length = 0
  let reached = Number.NEGATIVE_INFINITY
  for (const [start, end] of ordered) {
    if (end <= reached) continue
    length += end - Math.max(start, reached)
    reached = end
  }
  return length
}
