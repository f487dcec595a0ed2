import type { DataCategory } from '../data-category.ts'
import type { QuotaScope } from './quota.ts'

/** A limit that is in force until `untilAt`, as SDKs are told and isolates remember it. */
export interface ActiveLimit {
  /** Categories it stops; empty means all. */
  categories: DataCategory[]
  scope: QuotaScope
  reason: string
  /** Unix ms. */
  untilAt: number
  /** Namespaces of metric buckets it stops, where it stops only some. */
  namespaces?: string[]
}

/** The limit that stops this category at `now` (Unix ms), if one does. */
export function findActiveLimit(
  limits: readonly ActiveLimit[],
  category: DataCategory,
  now: number,
): ActiveLimit | undefined {
  return limits.find(
    (limit) =>
      limit.untilAt > now && (limit.categories.length === 0 || limit.categories.includes(category)),
  )
}

/** One limit for each (categories, scope, reason, namespaces): the one that lasts longest. */
export function mergeActiveLimits(limits: readonly ActiveLimit[]): ActiveLimit[] {
  const merged = new Map<string, ActiveLimit>()
  for (const limit of limits) {
    const { categories, scope, reason, namespaces } = limit
    const key = JSON.stringify([categories, scope, reason, namespaces])
    const before = merged.get(key)
    if (!before || before.untilAt < limit.untilAt) merged.set(key, limit)
  }
  return [...merged.values()]
}

/**
 * Headers for SDKs (spec/ingest.md §6.1); null when nothing is limited.
 *
 *     X-Sentry-Rate-Limits: 42:default;error;security:key:key_quota, 60::organization:usage_exceeded
 *     Retry-After: 60
 */
export function formatActiveLimits(
  limits: readonly ActiveLimit[],
  now: number,
): { rateLimits: string; retryAfterSeconds: number } | null {
  const active = mergeActiveLimits(limits.filter((limit) => limit.untilAt > now))
  if (active.length === 0) return null
  const seconds = (limit: ActiveLimit): number => Math.ceil((limit.untilAt - now) / 1000)
  return {
    rateLimits: active.map((limit) => formatLimit(limit, seconds(limit))).join(', '),
    retryAfterSeconds: Math.max(...active.map(seconds)),
  }
}

function formatLimit(
  { categories, scope, reason, namespaces }: ActiveLimit,
  seconds: number,
): string {
  const fields = [String(seconds), names(categories).join(';'), scope, plain(reason)]
  const hasNamespaces = namespaces !== undefined && categories.includes('metric_bucket')
  return [...fields, ...(hasNamespaces ? [namespaces.map(plain).join(';')] : [])].join(':')
}

/** JavaScript's SDK knows trace metrics by another name; each passes over the other's (§6.2). */
function names(categories: readonly DataCategory[]): string[] {
  return categories.flatMap((name) => (name === 'trace_metric' ? [name, 'metric'] : [name]))
}

/** A word of the header cannot hold what separates words. */
function plain(word: string): string {
  return word.replace(/[^\w.-]/g, '_')
}
