import { queryOptions } from '@tanstack/react-query'
import { Ledger } from '#contract/ledger.ts'
import { Stats } from '#contract/stats.ts'
import { type ProjectPath, projectPath } from './project.ts'
import { request } from './request.ts'

export const LEDGER_PERIODS = ['24h', '7d', '30d'] as const
export type LedgerPeriod = (typeof LEDGER_PERIODS)[number]

export function ledger(path: ProjectPath, period: LedgerPeriod, pollMs = 10_000) {
  return queryOptions({
    queryKey: ['ledger', path.org, path.project, period],
    refetchInterval: pollMs,
    queryFn: ({ signal }) =>
      request(Ledger, `${projectPath(path)}/ledger/?statsPeriod=${period}`, { signal }),
  })
}

const QUANTITY = 'sum(quantity)'

/** Outcomes per hour (per day from 7 days on), one group per outcome and category. */
export function outcomeStats(org: string, projectId: string, period: LedgerPeriod) {
  return queryOptions({
    queryKey: ['stats', org, projectId, period],
    refetchInterval: 30_000,
    queryFn: ({ signal }) => {
      const search = new URLSearchParams([
        ['project', projectId],
        ['statsPeriod', period],
        ['interval', period === '24h' ? '1h' : '1d'],
        ['field', QUANTITY],
        ['groupBy', 'outcome'],
        ['groupBy', 'reason'],
        ['groupBy', 'category'],
      ])
      return request(Stats, `/organizations/${encodeURIComponent(org)}/stats_v2/?${search}`, {
        signal,
      })
    },
  })
}

/** Adds the groups' series up per outcome; every list is as long as `stats.intervals`. */
export function sumByOutcome(stats: Stats): Map<string, number[]> {
  const sums = new Map<string, number[]>()
  for (const group of stats.groups) {
    const outcome = String(group.by.outcome ?? 'unknown')
    const sum = sums.get(outcome) ?? stats.intervals.map(() => 0)
    group.series[QUANTITY]?.forEach((quantity, i) => {
      sum[i] = (sum[i] ?? 0) + quantity
    })
    sums.set(outcome, sum)
  }
  return sums
}
