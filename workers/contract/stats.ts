import { z } from 'zod/mini'

export const OutcomeName = z.enum([
  'accepted',
  'filtered',
  'rate_limited',
  'invalid',
  'abuse',
  'client_discard',
  'cardinality_limited',
])
export type OutcomeName = z.infer<typeof OutcomeName>

/** One combination of the asked `groupBy`s; `series` has one number per interval. */
export const StatsGroup = z.looseObject({
  by: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  totals: z.record(z.string(), z.number()),
  series: z.record(z.string(), z.array(z.number())),
})
export type StatsGroup = z.infer<typeof StatsGroup>

/** `GET /api/0/organizations/{org}/stats_v2/`. */
export const Stats = z.looseObject({
  start: z.string(),
  end: z.string(),
  intervals: z.array(z.string()),
  groups: z.array(StatsGroup),
})
export type Stats = z.infer<typeof Stats>
