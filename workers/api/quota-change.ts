import { z } from 'zod'

import { dataCategory } from '#domain/data-category.ts'
import { isObject } from '#domain/json.ts'
import { parseQuota, type Quota, type QuotaError, type QuotaScope } from '#domain/quota/quota.ts'
import { AbuseRateSettings, RESERVED_QUOTA_IDS } from '#domain/quota/quota-settings.ts'

const QUOTAS_MAX = 50
const WINDOW_SECONDS_MAX = 31 * 86_400
const LIMIT_MAX = 1e12
const ID = /^[\w.-]{1,64}$/
const PUBLIC_KEY = /^[0-9a-f]{32}$/
/** What clients may be told of a quota that somebody set (domain/quota/quota.ts). */
const REASON_CODE =
  /^(?:usage_exceeded|[a-z]{1,32}_usage_exceeded|grace_period|disabled|(?:org|project)_abuse_limit)$/
/** The ledger's word for what a cap left out; a quota of that name could not be told from it. */
const REASON_CODE_TAKEN = 'sampled_usage_exceeded'

/** Quotas as they come in a body, each checked; `scopes` are those that may be set here, default first. */
const quotas = (scopes: [QuotaScope, ...QuotaScope[]]) =>
  z
    .array(z.unknown())
    .max(QUOTAS_MAX)
    .transform((given, context): Quota[] => {
      const read: Quota[] = []
      given.forEach((raw, index) => {
        const checked = checkQuota(raw, scopes, read)
        if (typeof checked === 'object') read.push(checked)
        else context.addIssue({ code: 'custom', message: `Quota ${index + 1} ${checked}` })
      })
      return read
    })

/** Body of `PUT /organizations/{org}/quotas/`. */
export const OrganizationQuotaChange = z.object({ quotas: quotas(['organization']) })

/** Body of `PUT /projects/{org}/{project}/quotas/`: what it does not name stays as it was. */
export const ProjectQuotaChange = z.object({
  quotas: quotas(['project', 'key']).optional(),
  spikeProtection: z
    .object({
      isEnabled: z.boolean().optional(),
      floor: z.int().min(1).max(LIMIT_MAX).optional(),
    })
    .optional(),
  abuseRates: AbuseRateSettings.optional(),
})
export type ProjectQuotaChange = z.infer<typeof ProjectQuotaChange>

/** The quota, or what is wrong with it. `before` are those that stand before it in the list. */
function checkQuota(
  raw: unknown,
  scopes: [QuotaScope, ...QuotaScope[]],
  before: readonly Quota[],
): Quota | string {
  if (!isObject(raw)) return ERRORS.not_a_quota
  const isNothing = raw['limit'] === 0
  const reasonCode = raw['reasonCode'] ?? (isNothing ? 'disabled' : 'usage_exceeded')
  const parsed = parseQuota({ ...raw, scope: raw['scope'] ?? scopes[0], reasonCode })
  if (!parsed.ok) return ERRORS[parsed.error.reason]
  const quota = parsed.value
  const { id, scope, scopeId, windowSeconds: window, limit } = quota
  if (!scopes.includes(scope)) return `has a "scope" other than ${scopes.join(', ')}.`
  if (scopeId !== null && !(scope === 'key' && PUBLIC_KEY.test(scopeId))) {
    return 'has a "scopeId" that is no public key, or is not for a key.'
  }
  const unknown = unknownCategory(raw['categories'])
  if (unknown !== null) return `names a category that does not exist: ${unknown}.`
  if (limit !== null && limit > LIMIT_MAX) return ERRORS.limit_invalid
  if (typeof window === 'number' && window > WINDOW_SECONDS_MAX) return ERRORS.window_missing
  const reason = quota.reasonCode ?? ''
  if (!REASON_CODE.test(reason) || reason === REASON_CODE_TAKEN) return ERRORS.reason_code_missing
  if (id === null) return isNothing ? quota : ERRORS.id_missing
  if (!ID.test(id)) return ERRORS.id_missing
  if (RESERVED_QUOTA_IDS.includes(id)) return `has an "id" that Picket uses itself: ${id}.`
  if (before.some((other) => other.id === id)) return `has the "id" of another one: ${id}.`
  return window === null ? ERRORS.window_missing : quota
}

/** Each sentence goes on from “Quota 2 …”. */
const ERRORS: Record<QuotaError['reason'], string> = {
  not_a_quota: 'must be an object.',
  scope_unknown: 'has a "scope" that does not exist.',
  limit_invalid: `needs a "limit": a whole number up to ${LIMIT_MAX}, or null to count only.`,
  categories_missing: 'needs "categories", unless its "limit" is 0.',
  categories_unknown: 'names only categories that do not exist.',
  units_mixed:
    'adds up categories of different units; pieces, bytes and milliseconds do not add up.',
  id_missing: 'needs an "id": letters, digits, ".", "_" and "-", 64 at most.',
  window_missing: `needs a "window": seconds up to ${WINDOW_SECONDS_MAX}, or "month".`,
  reason_code_missing:
    'needs a "reasonCode" such as usage_exceeded, error_usage_exceeded, grace_period or disabled.',
}

function unknownCategory(categories: unknown): string | null {
  if (categories === undefined || categories === null) return null
  if (!Array.isArray(categories)) return JSON.stringify(categories)
  const unknown = categories.find((name) => dataCategory(name) === 'unknown')
  return unknown === undefined ? null : String(unknown).slice(0, 64)
}
