import { Hono } from 'hono'

import type { OrganizationQuotas, ProjectQuotas, QuotaRule } from '#contract/quota.ts'
import { isObject } from '#domain/json.ts'
import { DEFAULT_ABUSE_RATES } from '#domain/quota/abuse-limit.ts'
import { parseQuota, type Quota } from '#domain/quota/quota.ts'
import type { OrganizationRow } from '#store/membership.ts'
import { updateOrganization } from '#store/organization.ts'
import { listProjects, type ProjectRow, updateProject } from '#store/project.ts'
import type { ApiEnv } from './api-env.ts'
import { gateOf } from './gate.ts'
import { OrganizationQuotaChange, ProjectQuotaChange } from './quota-change.ts'
import { readObject } from './read-object.ts'
import { readOrganizationOptions } from './read-organization-options.ts'
import { readProjectOptions } from './read-project-options.ts'
import { requireScope } from './scope.ts'
import { valid } from './valid.ts'

/** Below an organization: what all its projects may send together. Their gates are told of changes. */
export const organizationQuotaRoutes = new Hono<ApiEnv>()
  .get('/quotas', requireScope('org:read'), (c) =>
    c.json(showOrganizationQuotas(c.var.membership.organization)),
  )
  .put('/quotas', requireScope('org:write'), valid('json', OrganizationQuotaChange), async (c) => {
    const { stores, membership } = c.var
    const { quotas } = c.req.valid('json')
    const before = readObject(membership.organization.options)
    const options = { ...before, quotas: { rules: quotas.map(showQuota) } }
    const changed = await updateOrganization(stores, membership.organization, {
      options: JSON.stringify(options),
    })
    const projects = await listProjects(stores, [changed.id])
    await Promise.all(projects.map(({ id }) => gateOf(c.env, id).refresh()))
    return c.json(showOrganizationQuotas(changed))
  })

/** Below a project: what it and each of its keys may send. Its gate is told of changes. */
export const projectQuotaRoutes = new Hono<ApiEnv>()
  .get('/quotas', requireScope('project:read'), (c) => c.json(showProjectQuotas(c.var.project)))
  .put('/quotas', requireScope('project:write'), valid('json', ProjectQuotaChange), async (c) => {
    const { stores, project } = c.var
    const options = JSON.stringify(changeOptions(project, c.req.valid('json')))
    const changed = await updateProject(stores, project, { options })
    await gateOf(c.env, project.id).refresh()
    return c.json(showProjectQuotas(changed))
  })

function changeOptions({ options }: ProjectRow, change: ProjectQuotaChange) {
  const before = readObject(options)
  const settings = isObject(before['quotas']) ? before['quotas'] : {}
  const { quotas, spikeProtection, abuseRates } = change
  const laidOver = (name: string, fields: object | undefined): object => {
    const old = settings[name]
    return fields ? { [name]: { ...(isObject(old) ? old : {}), ...fields } } : {}
  }
  return {
    ...before,
    quotas: {
      ...settings,
      ...(quotas && { rules: quotas.map(showQuota) }),
      ...laidOver('spikeProtection', spikeProtection),
      ...laidOver('abuseRates', abuseRates),
    },
  }
}

function showOrganizationQuotas(organization: OrganizationRow): OrganizationQuotas {
  return { quotas: showRules(readOrganizationOptions(organization).quotas.rules) }
}

function showProjectQuotas(project: ProjectRow): ProjectQuotas {
  const { rules, spikeProtection, abuseRates } = readProjectOptions(project).quotas
  return {
    quotas: showRules(rules),
    spikeProtection,
    abuseRates: { ...DEFAULT_ABUSE_RATES, ...abuseRates },
  }
}

function showRules(rules: readonly unknown[]): QuotaRule[] {
  return rules.flatMap((rule) => {
    const quota = parseQuota(rule)
    return quota.ok ? [showQuota(quota.value)] : []
  })
}

/** The wire form, which is also how it rests. */
function showQuota(quota: Quota): QuotaRule {
  const { id, scope, scopeId, categories, limit, windowSeconds: window, reasonCode } = quota
  return { id, scope, scopeId, categories, limit, window, reasonCode }
}
