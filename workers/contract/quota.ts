import { z } from 'zod/mini'

/**
 * One quota as it is set: `GET|PUT …/quotas/`. `window` is seconds, or `month` for the calendar month in
 * UTC: such a quota thins out before it cuts. `limit` 0 refuses everything and needs neither `id` nor
 * `window`; null counts and refuses nothing.
 */
export const QuotaRule = z.looseObject({
  id: z.nullable(z.string()),
  scope: z.string(),
  /** The public key it is for, where it is for one. */
  scopeId: z.nullable(z.string()),
  /** Empty: all. */
  categories: z.array(z.string()),
  limit: z.nullable(z.number()),
  window: z.nullable(z.union([z.number(), z.literal('month')])),
  reasonCode: z.nullable(z.string()),
})
export type QuotaRule = z.infer<typeof QuotaRule>

/** A quota in force, those that Picket makes itself among them, and what is used of its window. */
export const QuotaUse = z.extend(QuotaRule, {
  used: z.number(),
  /** What `limit` and `used` are: `count`, `bytes` or `milliseconds`. */
  unit: z.string(),
})
export type QuotaUse = z.infer<typeof QuotaUse>

/** `GET /api/0/organizations/{org}/quotas/`: what all its projects may send together. */
export const OrganizationQuotas = z.looseObject({ quotas: z.array(QuotaRule) })
export type OrganizationQuotas = z.infer<typeof OrganizationQuotas>

/** `GET /api/0/projects/{org}/{project}/quotas/`. */
export const ProjectQuotas = z.looseObject({
  quotas: z.array(QuotaRule),
  /** No hour may take many times what hours used to take; never below `floor` events. */
  spikeProtection: z.looseObject({ isEnabled: z.boolean(), floor: z.number() }),
  /** Limits against floods by id, in units per second; 0 is none, below 0 nothing passes. */
  abuseRates: z.record(z.string(), z.number()),
})
export type ProjectQuotas = z.infer<typeof ProjectQuotas>
