/**
 * A quota: how much of some categories may come in a window of time, and for whom it counts. The
 * model is Sentry's (spec/ingest.md §6.3), with its rules for what is no quota at all.
 */
import { categoryUnit, type DataCategory, dataCategory, ERROR_LIKE } from '../data-category.ts'
import { isObject } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import type { RateLimit, WindowLength } from './window.ts'

export const QUOTA_SCOPES = ['organization', 'project', 'key'] as const
export type QuotaScope = (typeof QUOTA_SCOPES)[number]

/** Why a quota refuses, as clients are told and the ledger names it. */
export type ReasonCode =
  | 'key_quota'
  | 'project_abuse_limit'
  | 'org_abuse_limit'
  | 'disabled'
  | 'monitor_rate_limit'
  | 'usage_exceeded'
  | `${string}_usage_exceeded`
  | 'grace_period'
  /** Spike protection. */
  | 'smart_rate_limit'

export interface Quota {
  /** Names its counter. Null where nothing is counted: `limit` 0. */
  id: string | null
  /** What it counts, all in one unit; empty is everything, and only to refuse it. */
  categories: DataCategory[]
  scope: QuotaScope
  /** The one organization, project or key it is for; null: each has a counter of its own. */
  scopeId: string | null
  /** 0 refuses all; null counts and refuses nothing. In the unit of the categories. */
  limit: number | null
  windowSeconds: WindowLength | null
  /** A namespace of metric buckets. Picket reads none, so such a quota matches nothing. */
  namespace: string | null
  reasonCode: string | null
  /** False for a limit on a part of a category: a client that heard of it would stop all of it. */
  isTold: boolean
}

/** Who sends. `publicKey` is the id of a key. */
export interface Scoping {
  organizationId: number
  projectId: number
  publicKey: string
}

export type QuotaError = {
  reason:
    | 'not_a_quota'
    | 'scope_unknown'
    | 'limit_invalid'
    | 'categories_missing'
    | 'categories_unknown'
    | 'units_mixed'
    | 'id_missing'
    | 'window_missing'
    | 'reason_code_missing'
}

/**
 * Reads a quota from its wire form (`scopeId`, `window`, `reasonCode`). An invalid one is ignored. A
 * `window` of `"month"` is ours: it makes a cap (monthly-cap.ts).
 */
export function parseQuota(raw: unknown): Result<Quota, QuotaError> {
  if (!isObject(raw)) return err({ reason: 'not_a_quota' })
  const scope = QUOTA_SCOPES.find((name) => name === (raw['scope'] ?? 'organization'))
  if (!scope) return err({ reason: 'scope_unknown' })
  const limit = raw['limit'] ?? null
  if (limit !== null && !isCount(limit)) return err({ reason: 'limit_invalid' })
  const named = Array.isArray(raw['categories']) ? raw['categories'] : []
  const categories = [...new Set(named.map(dataCategory))].filter((name) => name !== 'unknown')
  if (named.length > 0 && categories.length === 0) return err({ reason: 'categories_unknown' })
  const window = raw['window']
  const quota: Quota = {
    id: textOf(raw['id']),
    categories,
    scope,
    scopeId: textOf(raw['scopeId']),
    limit,
    windowSeconds: window === 'month' || (isCount(window) && window > 0) ? window : null,
    namespace: textOf(raw['namespace']),
    reasonCode: textOf(raw['reasonCode']),
    isTold: true,
  }
  return checkQuota(quota)
}

function checkQuota(quota: Quota): Result<Quota, QuotaError> {
  if (quota.limit === 0) return ok({ ...quota, id: null, windowSeconds: null })
  if (quota.categories.length === 0) return err({ reason: 'categories_missing' })
  if (quota.limit === null) return ok(quota)
  if (new Set(quota.categories.map(categoryUnit)).size > 1) return err({ reason: 'units_mixed' })
  if (quota.id === null) return err({ reason: 'id_missing' })
  if (quota.windowSeconds === null) return err({ reason: 'window_missing' })
  if (quota.reasonCode === null) return err({ reason: 'reason_code_missing' })
  return ok(quota)
}

/**
 * True when this quota counts what this sender sends. A `scopeId` is compared as the text it is: one
 * that is no number is nobody's.
 */
export function isForSender(quota: Quota, scoping: Scoping): boolean {
  const isAnyones = quota.scopeId === null || quota.scopeId === scopeValue(quota.scope, scoping)
  return isAnyones && quota.namespace === null
}

/** True when this quota counts this category. */
export function countsCategory(quota: Quota, category: DataCategory): boolean {
  return quota.categories.length === 0 || quota.categories.includes(category)
}

/** Names the counter of this quota for this sender; a changed window begins a new count. */
export function counterKey(quota: Quota, scoping: Scoping): string {
  const { scope, windowSeconds, id } = quota
  return `${scope}:${scopeValue(scope, scoping)}:${windowSeconds}:${id}`
}

/** A quota for whoever sends in this scope; the usual form of those we make ourselves. */
export function makeQuota(
  fields: Pick<Quota, 'id' | 'categories' | 'scope' | 'limit' | 'windowSeconds'> & {
    reasonCode: ReasonCode
    scopeId?: string
    isTold?: boolean
  },
): Quota {
  return { scopeId: null, namespace: null, isTold: true, ...fields }
}

/** A key's own limit, as a project's owner sets it (`rateLimit: {window, count}`). */
export function keyQuota(publicKey: string, { count, windowSeconds }: RateLimit): Quota {
  return makeQuota({
    id: 'k',
    categories: [...ERROR_LIKE],
    scope: 'key',
    scopeId: publicKey,
    limit: count,
    windowSeconds,
    reasonCode: 'key_quota',
  })
}

function scopeValue(scope: QuotaScope, scoping: Scoping): string {
  switch (scope) {
    case 'organization':
      return String(scoping.organizationId)
    case 'project':
      return String(scoping.projectId)
    case 'key':
      return scoping.publicKey
  }
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0

/** Ids come as text or as numbers. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}
