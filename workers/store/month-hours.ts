import type { StreamedIssue } from './stream.ts'

const HOUR_MS = 3_600_000

/** Events of one issue in one hour; `hour` is its start, Unix ms. */
export interface HourCount {
  issueId: number
  hour: number
  quantity: number
}

/** Events that no row's weight counts yet (hourly-thinning.ts). */
interface Carries {
  carryOf(stream: number): { hour: number; carry: number } | null
}

/** Events per issue and hour of a month between `since` and `until` (Unix ms), thinned ones included. */
export function countHours(
  sql: SqlStorage,
  issues: StreamedIssue[],
  { since, until }: { since: number; until: number },
  thinning: Carries,
): HourCount[] {
  const asked = issues.flatMap(({ id, streams }) =>
    streams.map((stream) => ({ issue: id, key: stream.key, from: Math.max(since, stream.since) })),
  )
  const hours = sql
    .exec<{ issue: number; hour: number; quantity: number }>(
      `SELECT asked.value->>'issue' AS issue, at / ${HOUR_MS} AS hour, SUM(weight) AS quantity
       FROM json_each(?) AS asked CROSS JOIN event
       WHERE stream = asked.value->>'key' AND at >= asked.value->>'from' AND at < ?
       GROUP BY issue, hour`,
      JSON.stringify(asked),
      until,
    )
    .toArray()
    .map(({ issue, hour, quantity }) => ({ issueId: issue, hour: hour * HOUR_MS, quantity }))
  for (const { issue, key } of asked) {
    const carried = thinning.carryOf(key)
    if (carried) hours.push({ issueId: issue, hour: carried.hour, quantity: carried.carry })
  }
  return hours
}
