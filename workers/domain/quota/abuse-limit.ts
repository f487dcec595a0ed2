import { type DataCategory, ERROR_LIKE } from '../data-category.ts'
import { makeQuota, type Quota, type QuotaScope, type ReasonCode } from './quota.ts'

/** Abuse limits are set per second and counted over this window, so that a burst may pass. */
export const ABUSE_WINDOW_SECONDS = 10

/**
 * Limits against floods, by the id of their counter (spec/ingest.md §6.3). `kae` is ours: one key that
 * leaked to the world shall not stop the others of its project.
 */
const ABUSE_LIMITS = {
  pae: { categories: [...ERROR_LIKE], scope: 'project', reasonCode: 'project_abuse_limit' },
  paa: { categories: ['attachment'], scope: 'project', reasonCode: 'project_abuse_limit' },
  paai: { categories: ['attachment_item'], scope: 'project', reasonCode: 'project_abuse_limit' },
  pas: { categories: ['session'], scope: 'project', reasonCode: 'project_abuse_limit' },
  pamb: { categories: ['metric_bucket'], scope: 'project', reasonCode: 'project_abuse_limit' },
  oamb: { categories: ['metric_bucket'], scope: 'organization', reasonCode: 'org_abuse_limit' },
  kae: { categories: [...ERROR_LIKE], scope: 'key', reasonCode: 'project_abuse_limit' },
} as const satisfies Record<
  string,
  { categories: DataCategory[]; scope: QuotaScope; reasonCode: ReasonCode }
>

export type AbuseLimitId = keyof typeof ABUSE_LIMITS

export const ABUSE_LIMIT_IDS = Object.keys(ABUSE_LIMITS) as AbuseLimitId[]

/** Units per second, by limit. 0 or absent: no limit. Negative: nothing passes. */
export type AbuseRates = Partial<Record<AbuseLimitId, number>>

/**
 * What holds where nobody said otherwise: far above what one gate is made for (1,000 requests/s), so
 * that only what no honest client sends meets them. Why these numbers: decisions/0010.
 */
export const DEFAULT_ABUSE_RATES: AbuseRates = {
  kae: 3_000,
  pae: 5_000,
  pas: 10_000,
  paa: 64 * 1024 * 1024,
  paai: 2_000,
}

export function abuseQuotas(rates: AbuseRates): Quota[] {
  return ABUSE_LIMIT_IDS.flatMap((id) => {
    const perSecond = rates[id] ?? 0
    if (perSecond === 0) return []
    const { categories, scope, reasonCode } = ABUSE_LIMITS[id]
    const fields = { categories: [...categories], scope }
    if (perSecond < 0) {
      return [
        makeQuota({ ...fields, id: null, limit: 0, windowSeconds: null, reasonCode: 'disabled' }),
      ]
    }
    const limit = Math.max(1, Math.floor(perSecond * ABUSE_WINDOW_SECONDS))
    return [makeQuota({ ...fields, id, limit, windowSeconds: ABUSE_WINDOW_SECONDS, reasonCode })]
  })
}
