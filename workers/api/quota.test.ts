import { describe, expect, it } from 'vitest'

import { Ledger } from '#contract/ledger.ts'
import { OrganizationQuotas, ProjectQuotas } from '#contract/quota.ts'
import { ask, makeUser } from '../../tests/journey/api-world.ts'
import { admit, verdictsOf } from '../../tests/journey/gate-world.ts'
import { makeOrganization, makeProject, newEventId } from '../../tests/journey/world.ts'

/** An organization of its own, a project in it, and somebody who may change both. */
async function setUp({ role = 'owner' } = {}) {
  const organizationId = await makeOrganization()
  const project = await makeProject({ organizationId })
  const user = await makeUser(organizationId, { role })
  const organization = `/organizations/org-${organizationId}/quotas/`
  const ofProject = `/projects/org-${organizationId}/${project.slug}/quotas/`
  return { organizationId, project, user, organization, ofProject }
}

const RULE = { id: 'errors', categories: ['error'], limit: 2, window: 3600 }

describe('quotas of a project', () => {
  it('are limits against floods and spike protection where nobody set any', async () => {
    const { user, ofProject } = await setUp()
    const answer = await ask(user, ofProject)
    expect(ProjectQuotas.parse(await answer.json())).toEqual({
      quotas: [],
      spikeProtection: { isEnabled: true, floor: 1_000 },
      abuseRates: { kae: 3_000, pae: 5_000, pas: 10_000, paa: 67_108_864, paai: 2_000 },
    })
  })

  it('hold from the next request on, and are answered as they were set', async () => {
    const { user, project, ofProject } = await setUp()
    expect(await verdictsOf(project, 3)).toEqual(['admitted', 'admitted', 'admitted'])
    const answer = await ask(user, ofProject, { method: 'PUT', body: { quotas: [RULE] } })
    const set = ProjectQuotas.parse(await answer.json())
    expect(set.quotas).toEqual([
      { ...RULE, scope: 'project', scopeId: null, reasonCode: 'usage_exceeded' },
    ])
    expect(await (await ask(user, ofProject)).json()).toEqual(set)
    expect(await verdictsOf(project, 3)).toEqual(['admitted', 'admitted', 'rate_limited'])
    await ask(user, ofProject, { method: 'PUT', body: { quotas: [] } })
    expect(await verdictsOf(project, 1)).toEqual(['admitted'])
  })

  it('keep what a change does not name', async () => {
    const { user, ofProject } = await setUp()
    const put = async (body: object) =>
      ProjectQuotas.parse(await (await ask(user, ofProject, { method: 'PUT', body })).json())
    await put({ quotas: [RULE], spikeProtection: { floor: 50 } })
    await put({ abuseRates: { pae: 10 } })
    expect(await put({ spikeProtection: { isEnabled: false } })).toMatchObject({
      quotas: [{ id: 'errors' }],
      spikeProtection: { isEnabled: false, floor: 50 },
      abuseRates: { pae: 10, kae: 3_000 },
    })
  })

  it('may be for one key, for nothing at all, and for a month', async () => {
    const { user, project, ofProject } = await setUp()
    const quotas = [
      { ...RULE, id: 'key', scope: 'key', scopeId: project.publicKey },
      { limit: 0, categories: ['session'] },
      { ...RULE, id: 'month', window: 'month', limit: 1_000, reasonCode: 'error_usage_exceeded' },
    ]
    const answer = await ask(user, ofProject, { method: 'PUT', body: { quotas } })
    expect(ProjectQuotas.parse(await answer.json()).quotas).toMatchObject([
      { scope: 'key', scopeId: project.publicKey },
      { id: null, window: null, limit: 0, reasonCode: 'disabled' },
      { window: 'month', reasonCode: 'error_usage_exceeded' },
    ])
  })

  it('are refused by name and number when they make no sense, and nothing changes', async () => {
    const { user, ofProject } = await setUp()
    const refusals: [body: unknown, field: string, says: RegExp][] = [
      [{ quotas: 'all' }, 'quotas', /array/],
      [{ quotas: [5] }, 'quotas', /^Quota 1 must be an object/],
      [{ quotas: [RULE, { ...RULE, id: 'b', limit: -1 }] }, 'quotas', /^Quota 2 needs a "limit"/],
      [{ quotas: [{ ...RULE, limit: 1e13 }] }, 'quotas', /"limit"/],
      [{ quotas: [{ ...RULE, window: 'year' }] }, 'quotas', /"window"/],
      [{ quotas: [{ ...RULE, window: 3_000_000 }] }, 'quotas', /"window"/],
      [{ quotas: [{ ...RULE, categories: [] }] }, 'quotas', /"categories"/],
      [{ quotas: [{ ...RULE, categories: ['error', 'hologram'] }] }, 'quotas', /hologram/],
      [{ quotas: [{ ...RULE, categories: ['log_item', 'log_byte'] }] }, 'quotas', /units/],
      [{ quotas: [{ ...RULE, id: null }] }, 'quotas', /"id"/],
      [{ quotas: [{ ...RULE, id: 'a b' }] }, 'quotas', /"id"/],
      [{ quotas: [{ ...RULE, id: 'spike' }] }, 'quotas', /Picket uses itself: spike/],
      [{ quotas: [RULE, RULE] }, 'quotas', /^Quota 2 has the "id" of another one/],
      [{ quotas: [{ ...RULE, scope: 'organization' }] }, 'quotas', /"scope"/],
      [{ quotas: [{ ...RULE, scopeId: '7' }] }, 'quotas', /"scopeId"/],
      [{ quotas: [{ ...RULE, reasonCode: 'because' }] }, 'quotas', /"reasonCode"/],
      [{ quotas: [{ ...RULE, reasonCode: 'sampled_usage_exceeded' }] }, 'quotas', /"reasonCode"/],
      [{ quotas: Array(51).fill(RULE) }, 'quotas', /50/],
      [{ spikeProtection: { floor: 0 } }, 'spikeProtection', /./],
      [{ abuseRates: { pae: -2 } }, 'abuseRates', /./],
      [{ abuseRates: { nope: 1 } }, 'abuseRates', /./],
    ]
    for (const [body, field, says] of refusals) {
      const answer = await ask(user, ofProject, { method: 'PUT', body })
      const errors = (await answer.json()) as Record<string, string[]>
      expect([body, answer.status, Object.keys(errors)]).toEqual([body, 400, [field]])
      expect(errors[field]?.[0]).toMatch(says)
    }
    expect(await (await ask(user, ofProject)).json()).toMatchObject({ quotas: [] })
  })

  it('stand in the ledger with what is used of them', async () => {
    const { user, project, ofProject } = await setUp()
    await ask(user, ofProject, { method: 'PUT', body: { quotas: [RULE] } })
    await verdictsOf(project, 3)
    const answer = await ask(user, ofProject.replace('quotas', 'ledger'))
    const { quotas } = Ledger.parse(await answer.json())
    expect(quotas).toContainEqual({
      ...RULE,
      scope: 'project',
      scopeId: null,
      reasonCode: 'usage_exceeded',
      used: 2,
      unit: 'count',
    })
    const named = (id: string) => quotas.find((quota) => quota.id === id)
    expect(named('spike')).toMatchObject({ limit: null, used: 2, reasonCode: 'smart_rate_limit' })
    expect(named('kae')).toMatchObject({ scope: 'key', limit: 30_000, window: 10 })
    expect(named('mrl')).toMatchObject({ categories: ['monitor'], used: 0, limit: 50 })
  })
})

describe('quotas of an organization', () => {
  it('reach the gates of all its projects', async () => {
    const { user, organizationId, project, organization } = await setUp()
    const second = await makeProject({ organizationId })
    for (const each of [project, second]) await admit(each)
    const body = { quotas: [{ ...RULE, limit: 3 }] }
    const answer = await ask(user, organization, { method: 'PUT', body })
    const set = OrganizationQuotas.parse(await answer.json())
    expect(set.quotas).toMatchObject([{ scope: 'organization', limit: 3 }])
    expect(await (await ask(user, organization)).json()).toEqual(set)
    const verdicts = [...(await verdictsOf(project, 2)), ...(await verdictsOf(second, 2))]
    expect(verdicts).toEqual(['admitted', 'admitted', 'admitted', 'rate_limited'])
  })

  it('leave its other options alone, and are left alone by them', async () => {
    const { user, organizationId, organization } = await setUp()
    const path = `/organizations/org-${organizationId}/`
    await ask(user, path, { method: 'PUT', body: { sensitiveFields: ['iban'] } })
    await ask(user, organization, { method: 'PUT', body: { quotas: [RULE] } })
    await ask(user, path, { method: 'PUT', body: { sensitiveFields: ['iban', 'bic'] } })
    expect(await (await ask(user, path)).json()).toMatchObject({ sensitiveFields: ['iban', 'bic'] })
    expect(await (await ask(user, organization)).json()).toMatchObject({
      quotas: [{ id: 'errors' }],
    })
  })

  it('are of its own scope only', async () => {
    const { user, organization } = await setUp()
    for (const scope of ['project', 'key']) {
      const body = { quotas: [{ ...RULE, scope }] }
      expect((await ask(user, organization, { method: 'PUT', body })).status).toBe(400)
    }
    expect((await ask(user, organization, { method: 'PUT', body: {} })).status).toBe(400)
  })

  it('are changed by who may write, and seen by nobody else', async () => {
    const { user, organization, ofProject } = await setUp({ role: 'member' })
    const stranger = await makeUser(await makeOrganization())
    for (const path of [organization, ofProject]) {
      expect((await ask(user, path)).status).toBe(200)
      const body = { quotas: [{ ...RULE, id: newEventId() }] }
      expect((await ask(user, path, { method: 'PUT', body })).status).toBe(403)
      expect((await ask(stranger, path)).status).toBe(404)
      expect((await ask(stranger, path, { method: 'PUT', body })).status).toBe(404)
    }
  })
})
