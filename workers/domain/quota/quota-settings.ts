import { z } from 'zod'
import { ERROR_LIKE } from '../data-category.ts'
import { ABUSE_LIMIT_IDS, abuseQuotas, DEFAULT_ABUSE_RATES } from './abuse-limit.ts'
import { keyQuota, makeQuota, parseQuota, type Quota } from './quota.ts'
import { SPIKE_FLOOR } from './spike-protection.ts'
import type { RateLimit } from './window.ts'

/** Quotas in their wire form (`parseQuota`), as they rest in options; one we cannot read is ignored. */
const Rules = z.array(z.unknown()).default([])

/** The `quotas` of an organization's options: they count what all its projects send together. */
export const OrganizationQuotaSettings = z.object({ rules: Rules })
export type OrganizationQuotaSettings = z.infer<typeof OrganizationQuotaSettings>

const rate = z.number().min(-1).max(1e12)
/** Units per second by id; what is absent has its default, 0 is no limit. */
export const AbuseRateSettings = z.partialRecord(z.enum(ABUSE_LIMIT_IDS), rate)

/** The `quotas` of a project's options. Everything optional; what is absent has its default. */
export const ProjectQuotaSettings = z.object({
  rules: Rules,
  /** Off, or never below `floor` events an hour (spike-protection.ts). */
  spikeProtection: z
    .object({ isEnabled: z.boolean().default(true), floor: z.int().min(1).default(SPIKE_FLOOR) })
    .prefault({}),
  abuseRates: AbuseRateSettings.default({}),
})
export type ProjectQuotaSettings = z.infer<typeof ProjectQuotaSettings>

/** Ids of the quotas that Picket makes itself; nobody else's may count in their place. */
export const RESERVED_QUOTA_IDS: readonly string[] = ['k', 'p', 'mrl', 'spike', ...ABUSE_LIMIT_IDS]

/**
 * The quotas that follow from settings: limits against floods, a project's and its keys' plain limits,
 * its own rules and its organization's. Spike protection and check-in limits follow from what came.
 */
export function compileQuotas({
  organization,
  project,
  rateLimit,
  keys,
}: {
  organization: OrganizationQuotaSettings
  project: ProjectQuotaSettings
  /** Over all keys of the project. */
  rateLimit: RateLimit | null
  keys: readonly { publicKey: string; rateLimit: RateLimit | null }[]
}): Quota[] {
  return [
    ...abuseQuotas({ ...DEFAULT_ABUSE_RATES, ...project.abuseRates }),
    ...keys.flatMap((key) => (key.rateLimit ? [keyQuota(key.publicKey, key.rateLimit)] : [])),
    ...(rateLimit ? [projectQuota(rateLimit)] : []),
    ...readRules(project.rules),
    ...readRules(organization.rules),
  ]
}

function projectQuota({ count, windowSeconds }: RateLimit): Quota {
  return makeQuota({
    id: 'p',
    categories: [...ERROR_LIKE],
    scope: 'project',
    limit: count,
    windowSeconds,
    reasonCode: 'project_abuse_limit',
  })
}

function readRules(rules: readonly unknown[]): Quota[] {
  return rules.flatMap((rule) => {
    const quota = parseQuota(rule)
    return quota.ok ? [quota.value] : []
  })
}
