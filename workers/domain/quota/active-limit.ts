import type { DataCategory } from '../outcome.ts'

/** A limit that is in force until `untilAt`, as SDKs are told and isolates remember it. */
export interface ActiveLimit {
  /** Categories it stops; empty means all. */
  categories: DataCategory[]
  scope: 'organization' | 'project' | 'key'
  reason: string
  /** Unix ms. */
  untilAt: number
}

/** The limit that stops this category at `now` (Unix ms), if one does. */
export function findActiveLimit(
  limits: readonly ActiveLimit[],
  category: DataCategory,
  now: number,
): ActiveLimit | undefined {
  return limits.find(
    (limit) =>
      limit.untilAt > now &&
      (limit.categories.length === 0 || limit.categories.includes(category)),
  )
}

/** Headers for SDKs: `X-Sentry-Rate-Limits` and `Retry-After` (spec/ingest.md §6.1). */
export function formatActiveLimits(
  limits: readonly ActiveLimit[],
  now: number,
): { rateLimits: string; retryAfterSeconds: number } | null {
  const active = limits.filter((limit) => limit.untilAt > now)
  if (active.length === 0) return null
  const seconds = (limit: ActiveLimit): number => Math.ceil((limit.untilAt - now) / 1000)
  return {
    rateLimits: active
      .map((limit) =>
        [seconds(limit), limit.categories.join(';'), limit.scope, limit.reason].join(':'),
      )
      .join(', '),
    retryAfterSeconds: Math.max(...active.map(seconds)),
  }
}
