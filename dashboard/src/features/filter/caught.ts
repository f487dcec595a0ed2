import type { Stats } from '#contract/stats.ts'

const QUANTITY = 'sum(quantity)'

/** What people count: not the spans inside a transaction, nor the bytes of a log. */
const COUNTED = ['error', 'default', 'security', 'transaction', 'feedback', 'replay', 'log_item']

/** What one filter dropped, in all and interval by interval. */
export type Caught = { total: number; series: number[] }

/** What was dropped by its reason, over the period of the figures. */
export function caughtByReason(stats: Stats): Map<string, Caught> {
  const caught = new Map<string, Caught>()
  for (const { by, series } of stats.groups) {
    if (by.outcome !== 'filtered' || !COUNTED.includes(String(by.category))) continue
    const reason = String(by.reason)
    const sum = caught.get(reason) ?? { total: 0, series: stats.intervals.map(() => 0) }
    series[QUANTITY]?.forEach((quantity, i) => {
      sum.series[i] = (sum.series[i] ?? 0) + quantity
      sum.total += quantity
    })
    caught.set(reason, sum)
  }
  return caught
}
