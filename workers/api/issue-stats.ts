import type { StatSeries } from '#contract/issue.ts'
import { countIssueHours } from '#store/event.ts'
import type { IssueRow } from '#store/issue.ts'
import type { Stores } from '#store/stores.ts'

const HOUR_MS = 3_600_000

/** The sparklines an issue can have: how many buckets, of how many hours each. */
const SERIES = {
  '24h': { buckets: 24, hours: 1 },
  '14d': { buckets: 14, hours: 24 },
  '30d': { buckets: 30, hours: 24 },
} as const
type SeriesName = keyof typeof SERIES

/** When the earliest bucket of a series begins, Unix ms; the last one holds `now`. */
function seriesStart(name: SeriesName, now: number): number {
  const { buckets, hours } = SERIES[name]
  const bucketMs = hours * HOUR_MS
  return Math.floor(now / bucketMs) * bucketMs - (buckets - 1) * bucketMs
}

/** Hours (start in Unix ms) summed into `[Unix seconds, events]`, empty buckets included. */
export function makeSeries(
  name: SeriesName,
  hours: Map<number, number> | undefined,
  now: number,
): StatSeries {
  const { buckets, hours: hoursEach } = SERIES[name]
  const bucketMs = hoursEach * HOUR_MS
  const start = seriesStart(name, now)
  const counts = new Array<number>(buckets).fill(0)
  for (const [hour, quantity] of hours ?? []) {
    const bucket = Math.floor((hour - start) / bucketMs)
    if (bucket >= 0 && bucket < buckets) counts[bucket]! += quantity
  }
  return counts.map((count, index) => [(start + index * bucketMs) / 1000, count])
}

/** Events by hour for issues of several projects, from the earliest bucket of a series to now. */
export async function countHoursOf(
  stores: Stores,
  issues: IssueRow[],
  name: SeriesName,
  now: number,
): Promise<Map<number, Map<number, number>>> {
  const since = seriesStart(name, now)
  const byProject = Map.groupBy(
    issues.filter(({ lastSeenAt }) => lastSeenAt >= since),
    ({ projectId }) => projectId,
  )
  const answers = await Promise.all(
    [...byProject].map(([projectId, some]) => {
      const first = Math.min(...some.map(({ firstSeenAt }) => firstSeenAt))
      return countIssueHours(stores, projectId, some, Math.max(since, first - HOUR_MS), now + 1)
    }),
  )
  return new Map(answers.flatMap((hours) => [...hours]))
}

/** `groupStatsPeriod`: none when empty; 24 hours unless two weeks are asked for. */
export function seriesName(groupStatsPeriod: string | undefined): SeriesName | null {
  if (groupStatsPeriod === '') return null
  return groupStatsPeriod === '14d' ? '14d' : '24h'
}
