import { type CategoryUnit, categoryUnit, type DataCategory } from '#domain/data-category.ts'
import type { Quota, QuotaScope } from '#domain/quota/quota.ts'
import type { WindowLength } from '#domain/quota/window.ts'

/** A quota in force and how much of its present window is used, as the ledger tells. */
export interface QuotaUse {
  id: string | null
  scope: QuotaScope
  /** The key it is for, where it is for one. */
  scopeId: string | null
  /** Empty: all. */
  categories: DataCategory[]
  /** null: it counts and refuses nothing. */
  limit: number | null
  used: number
  /** What `limit` and `used` are. */
  unit: CategoryUnit
  /** Seconds, or `month`; null where nothing is counted. */
  window: WindowLength | null
  reasonCode: string | null
}

export function showQuotaUse(quota: Quota, used: number): QuotaUse {
  const { id, scope, scopeId, categories, limit, windowSeconds: window, reasonCode } = quota
  const unit = categories[0] ? categoryUnit(categories[0]) : 'count'
  return { id, scope, scopeId, categories, limit, used, unit, window, reasonCode }
}
