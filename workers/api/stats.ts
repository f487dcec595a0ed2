import { type Context, Hono } from 'hono'
import { z } from 'zod'

import type { Stats, StatsGroup } from '#contract/stats.ts'
import { listOutcomes } from '#store/ledger.ts'
import type { OutcomeRow } from '#store/month-rows.ts'
import type { ProjectRow } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import { isoDate } from './date.ts'
import { ApiError } from './on-error.ts'
import { last, list } from './query.ts'
import { requireScope } from './scope.ts'
import { selectProjects } from './select-projects.ts'
import { parsePeriod, parseTimeWindow } from './time-window.ts'
import { valid } from './valid.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Points of one series; Sentry's own bound. */
const INTERVALS_MAX = 10_000

const FIELDS = ['sum(quantity)', 'sum(times_seen)']
const GROUPS = ['outcome', 'category', 'reason', 'project'] as const
type Grouping = (typeof GROUPS)[number]

const StatsSearch = z.object({
  statsPeriod: last.optional(),
  start: last.optional(),
  end: last.optional(),
  interval: last.optional(),
  field: list.optional(),
  groupBy: list.optional(),
  category: list.optional(),
  outcome: list.optional(),
  reason: list.optional(),
  project: list.optional(),
  projectSlug: list.optional(),
})
type StatsSearch = z.infer<typeof StatsSearch>

/** Outcomes by time, from the ledger (spec/web-api.md §5, stats_v2). */
export const organizationStatsRoutes = new Hono<ApiEnv>().get(
  '/stats_v2',
  requireScope('org:read'),
  valid('query', StatsSearch),
  async (c) => {
    const search = c.req.valid('query')
    return c.json(await sumStats(c, await selectProjects(c, search), search))
  },
)

/** The same for one project. */
export const projectStatsRoutes = new Hono<ApiEnv>().get(
  '/stats_v2',
  requireScope('project:read'),
  valid('query', StatsSearch),
  async (c) => c.json(await sumStats(c, [c.var.project], c.req.valid('query'))),
)

async function sumStats(
  c: Context<ApiEnv>,
  projects: ProjectRow[],
  search: StatsSearch,
): Promise<Stats> {
  const fields = pick('field', search.field ?? ['sum(quantity)'], FIELDS)
  const groupings = pick('groupBy', search.groupBy ?? [], GROUPS)
  const { since, until, bucketMs } = parseBuckets(search, c.var.now)
  const starts: number[] = []
  for (let at = since; at < until; at += bucketMs) starts.push(at)

  const groups = new Map<string, { group: StatsGroup; counts: number[] }>()
  const outcomes = await Promise.all(
    projects.map(async (project) => {
      const rows = await listOutcomes(c.var.stores, project, { since, until, bucketMs })
      return { project, rows }
    }),
  )
  for (const { project, rows } of outcomes) {
    for (const row of rows) {
      if (!isAsked(row, search)) continue
      const by = groupOf(row, project, groupings)
      const name = JSON.stringify(by)
      const known = groups.get(name)
      const { counts } = known ?? { counts: new Array<number>(starts.length).fill(0) }
      counts[(row.minute - since) / bucketMs]! += row.quantity
      if (!known) groups.set(name, { group: { by, totals: {}, series: {} }, counts })
    }
  }
  return {
    start: isoDate(since),
    end: isoDate(until),
    intervals: starts.map(isoDate),
    groups: [...groups.values()].map(({ group, counts }) => {
      const total = counts.reduce((sum, count) => sum + count, 0)
      return {
        by: group.by,
        totals: Object.fromEntries(fields.map((field) => [field, total])),
        series: Object.fromEntries(fields.map((field) => [field, counts])),
      }
    }),
  }
}

/** Whole intervals that cover the asked time: the first may begin earlier, the last end later. */
function parseBuckets(search: StatsSearch, now: number) {
  const window = parseTimeWindow(search, now) ?? { since: now - DAY_MS, until: now + 1 }
  const bucketMs = parsePeriod('interval', search.interval ?? '1h')
  if (bucketMs % MINUTE_MS !== 0) {
    throw new ApiError('invalid', 'The interval must be whole minutes.')
  }
  const since = Math.floor(window.since / bucketMs) * bucketMs
  const until = Math.ceil(window.until / bucketMs) * bucketMs
  if ((until - since) / bucketMs > INTERVALS_MAX) {
    throw new ApiError(
      'invalid',
      'Your interval and date range would create too many results. Use a larger interval, or a smaller date range.',
    )
  }
  return { since, until, bucketMs }
}

function pick<Name extends string>(name: string, asked: string[], known: readonly Name[]): Name[] {
  return asked.map((value) => {
    const found = known.find((each) => each === value)
    if (!found) throw new ApiError('invalid', `Invalid ${name}: "${value}"`)
    return found
  })
}

function isAsked(row: OutcomeRow, { category, outcome, reason }: StatsSearch): boolean {
  return (
    (!category || category.includes(row.category)) &&
    (!outcome || outcome.includes(row.outcome)) &&
    (!reason || reason.includes(row.reason ?? 'none'))
  )
}

function groupOf(row: OutcomeRow, project: ProjectRow, groupings: Grouping[]): StatsGroup['by'] {
  const values = {
    outcome: row.outcome,
    category: row.category,
    reason: row.reason,
    project: project.id,
  }
  return Object.fromEntries(groupings.map((name) => [name, values[name]]))
}
