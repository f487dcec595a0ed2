import { describe, expect, it } from 'vitest'

import { DEFAULT_ABUSE_RATES } from './abuse-limit.ts'
import {
  compileQuotas,
  OrganizationQuotaSettings,
  ProjectQuotaSettings,
  RESERVED_QUOTA_IDS,
} from './quota-settings.ts'

const RULE = {
  id: 'errors',
  categories: ['error'],
  scope: 'project',
  limit: 5,
  window: 60,
  reasonCode: 'usage_exceeded',
}

const compile = ({
  organization = {},
  project = {},
  rateLimit = null,
  keyLimit = null,
}: {
  organization?: object
  project?: object
  rateLimit?: { count: number; windowSeconds: number } | null
  keyLimit?: { count: number; windowSeconds: number } | null
} = {}) =>
  compileQuotas({
    organization: OrganizationQuotaSettings.parse(organization),
    project: ProjectQuotaSettings.parse(project),
    rateLimit,
    keys: [{ publicKey: 'a'.repeat(32), rateLimit: keyLimit }],
  })

const idsOf = (quotas: { id: string | null }[]) => quotas.map(({ id }) => id)

describe('quotas from settings', () => {
  it('are limits against floods where nobody set anything', () => {
    expect(idsOf(compile()).sort()).toEqual(Object.keys(DEFAULT_ABUSE_RATES).sort())
    expect(ProjectQuotaSettings.parse({})).toMatchObject({
      spikeProtection: { isEnabled: true, floor: 1_000 },
    })
  })

  it('let 1,000 events a second pass for ten seconds by default, with room to spare', () => {
    const errors = compile().filter(({ categories }) => categories.includes('error'))
    for (const { limit } of errors) expect(limit).toBeGreaterThanOrEqual(20_000)
    expect(idsOf(errors).sort()).toEqual(['kae', 'pae'])
  })

  it('replace a default rate, and switch one off', () => {
    const quotas = compile({ project: { abuseRates: { kae: 1, pae: 0 } } })
    expect(quotas.find(({ id }) => id === 'kae')).toMatchObject({ limit: 10, windowSeconds: 10 })
    expect(idsOf(quotas)).not.toContain('pae')
  })

  it('join those of the organization, the project and its keys', () => {
    const limit = { count: 3, windowSeconds: 60 }
    const quotas = compile({
      organization: { rules: [{ ...RULE, id: 'all', scope: 'organization', window: 'month' }] },
      project: { rules: [RULE] },
      rateLimit: limit,
      keyLimit: limit,
    })
    expect(quotas.slice(-4)).toMatchObject([
      { id: 'k', scope: 'key', scopeId: 'a'.repeat(32), reasonCode: 'key_quota' },
      { id: 'p', scope: 'project', reasonCode: 'project_abuse_limit' },
      { id: 'errors', scope: 'project', windowSeconds: 60 },
      { id: 'all', scope: 'organization', windowSeconds: 'month' },
    ])
    for (const id of idsOf(quotas).slice(0, -2)) expect(RESERVED_QUOTA_IDS).toContain(id)
  })

  it('pass over a rule that is none', () => {
    const rules = [{ ...RULE, window: 0 }, null, RULE]
    expect(idsOf(compile({ project: { rules } })).filter((id) => id === 'errors')).toHaveLength(1)
  })
})
