import { ERROR_LIKE, type Quantity } from '#domain/data-category.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { ActiveLimit } from '#domain/quota/active-limit.ts'
import { type RateLimit, takeFromWindow, type Window } from '#domain/quota/window.ts'

interface Quota {
  name: string
  scope: ActiveLimit['scope']
  reason: string
  limit: RateLimit
}

/**
 * Takes a group of quantities from every limit that covers them. If one refuses, none is taken from,
 * and the answer is that limit. `now` is Unix ms.
 */
export function takeQuota(
  windows: Record<string, Window>,
  config: ProjectConfig,
  publicKey: string,
  quantities: Quantity[],
  now: number,
): { windows: Record<string, Window>; refusedBy: ActiveLimit | null } {
  const count = quantities
    .filter(({ category }) => ERROR_LIKE.includes(category))
    .reduce((sum, { quantity }) => sum + quantity, 0)
  if (count === 0) return { windows, refusedBy: null }
  const after = { ...windows }
  for (const quota of quotasOf(config, publicKey)) {
    const [window, verdict] = takeFromWindow(windows[quota.name], quota.limit, count, now)
    if (!verdict.taken) {
      const untilAt = now + verdict.retryAfterSeconds * 1000
      const { scope, reason } = quota
      return { windows, refusedBy: { categories: [...ERROR_LIKE], scope, reason, untilAt } }
    }
    after[quota.name] = window
  }
  return { windows: after, refusedBy: null }
}

function quotasOf(config: ProjectConfig, publicKey: string): Quota[] {
  const quotas: Quota[] = []
  const keyLimit = config.keys.find((key) => key.publicKey === publicKey)?.rateLimit
  if (keyLimit) {
    quotas.push({ name: `key:${publicKey}`, scope: 'key', reason: 'key_quota', limit: keyLimit })
  }
  if (config.rateLimit) {
    const limit = config.rateLimit
    quotas.push({ name: 'project', scope: 'project', reason: 'project_abuse_limit', limit })
  }
  return quotas
}
