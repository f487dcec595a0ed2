import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { spikeHour } from '#domain/quota/spike-protection.ts'
import {
  ATTACHMENT,
  admissionOf,
  admit,
  checkIn,
  EVENT,
  gateOf,
  makeItem,
  SESSION,
  settledOutcomes,
  verdictsOf,
} from '../../tests/journey/gate-world.ts'
import { env, makeProject, newEventId, type TestProject } from '../../tests/journey/world.ts'
import type { Verdict } from './admission.ts'

/** Early in a month, a minute, an hour; 20 s before the windows of organization 1 turn. */
const NOW = Date.parse('2026-12-01T00:59:41Z')

const rule = (fields: object) => ({
  id: 'rule',
  scope: 'project',
  categories: ['error'],
  window: 3600,
  reasonCode: 'usage_exceeded',
  ...fields,
})
const withRules = (...rules: object[]) => ({ options: { quotas: { rules } } })

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a quota of a project', () => {
  it('lets in what it has and refuses the next under its name, until its window ends', async () => {
    const project = await makeProject(withRules(rule({ limit: 2 })))
    expect(await verdictsOf(project, 2)).toEqual(['admitted', 'admitted'])
    expect(await admit(project)).toMatchObject({
      verdicts: ['rate_limited'],
      limits: [{ categories: ['error'], scope: 'project', reason: 'usage_exceeded' }],
    })
    // windows of organization 1 turn a second past the hour
    vi.setSystemTime(NOW + 19_999)
    expect(await verdictsOf(project, 1)).toEqual(['rate_limited'])
    vi.setSystemTime(NOW + 20_000)
    expect(await verdictsOf(project, 3)).toEqual(['admitted', 'admitted', 'rate_limited'])
    expect(await settledOutcomes(project)).toEqual([
      'error accepted: 4',
      'error rate_limited usage_exceeded: 3',
    ])
  })

  it('stops its own categories and no others', async () => {
    const project = await makeProject(
      withRules(rule({ id: 'none', limit: 0, categories: ['session'] }), rule({ limit: 1 })),
    )
    expect(await verdictsOf(project, 1, [SESSION])).toEqual(['rate_limited'])
    expect(await verdictsOf(project, 2)).toEqual(['admitted', 'rate_limited'])
    expect(await verdictsOf(project, 1, [checkIn('nightly')])).toEqual(['admitted'])
  })

  it('with limit 0 and no categories stops everything', async () => {
    const project = await makeProject(withRules({ scope: 'project', limit: 0 }))
    for (const facts of [EVENT, SESSION, ATTACHMENT, checkIn('nightly')]) {
      expect(await verdictsOf(project, 1, [facts])).toEqual(['rate_limited'])
    }
  })

  it('with limit null counts and refuses nothing', async () => {
    const project = await makeProject(withRules(rule({ limit: null })))
    expect(await verdictsOf(project, 3)).toEqual(['admitted', 'admitted', 'admitted'])
    expect(await gateOf(project).readQuotas(project.id)).toContainEqual(
      expect.objectContaining({ id: 'rule', limit: null, used: 3 }),
    )
  })

  it('turns away attachments and keeps their event; an event takes its attachments along', async () => {
    const ofBytes = await makeProject(withRules(rule({ limit: 1_000, categories: ['attachment'] })))
    const both = [EVENT, ATTACHMENT]
    expect((await admit(ofBytes, both)).verdicts).toEqual(['admitted', 'admitted'])
    expect((await admit(ofBytes, both)).verdicts).toEqual(['admitted', 'rate_limited'])
    const ofEvents = await makeProject(withRules(rule({ limit: 1 })))
    expect((await admit(ofEvents, both)).verdicts).toEqual(['admitted', 'admitted'])
    expect((await admit(ofEvents, both)).verdicts).toEqual(['rate_limited', 'rate_limited'])
  })

  it('that somebody changed holds from the next request on', async () => {
    const project = await makeProject(withRules(rule({ limit: 1 })))
    expect(await verdictsOf(project, 2)).toEqual(['admitted', 'rate_limited'])
    const options = JSON.stringify(withRules(rule({ limit: 2 })).options)
    await env.DB.prepare('UPDATE project SET options = ? WHERE id = ?')
      .bind(options, project.id)
      .run()
    await gateOf(project).refresh()
    expect(await verdictsOf(project, 2)).toEqual(['admitted', 'rate_limited'])
  })

  it('is asked for again where an older version wrote the settings, which keep their number', async () => {
    const project = await makeProject(withRules(rule({ limit: 1 })))
    await runInDurableObject(gateOf(project), (_, { storage }) => {
      storage.kv.put('config', { projectId: project.id, version: 7, keys: [], rateLimit: null })
    })
    await evictDurableObject(gateOf(project))
    expect((await admit(project)).configVersion).toBe(8)
    expect(await verdictsOf(project, 1)).toEqual(['rate_limited'])
  })

  it('is as durable as what was let in by it', async () => {
    const project = await makeProject(withRules(rule({ limit: 3 })))
    expect(await verdictsOf(project, 2)).toEqual(['admitted', 'admitted'])
    await evictDurableObject(gateOf(project))
    expect(await verdictsOf(project, 1)).toEqual(['admitted'])
    await gateOf(project).wake()
    await evictDurableObject(gateOf(project))
    expect(await verdictsOf(project, 1)).toEqual(['rate_limited'])
  })
})

describe('every reason to refuse', () => {
  const reasons: [reason: string, overrides: Parameters<typeof makeProject>[0]][] = [
    ['key_quota', { rateLimit: { count: 1, windowSeconds: 60 } }],
    ['project_abuse_limit', { options: { rateLimit: { count: 1, windowSeconds: 60 } } }],
    ['project_abuse_limit', { options: { quotas: { abuseRates: { pae: 0.1 } } } }],
    ['project_abuse_limit', { options: { quotas: { abuseRates: { kae: 0.1 } } } }],
    ['error_usage_exceeded', withRules(rule({ limit: 1, reasonCode: 'error_usage_exceeded' }))],
    ['grace_period', withRules(rule({ limit: 1, reasonCode: 'grace_period' }))],
    ['org_abuse_limit', withRules(rule({ limit: 1, reasonCode: 'org_abuse_limit' }))],
  ]
  it.each(reasons)('%s', async (reason, overrides) => {
    const project = await makeProject(overrides)
    expect(await admit(project)).toMatchObject({ verdicts: ['admitted'], limits: [] })
    expect(await admit(project)).toMatchObject({ verdicts: ['rate_limited'], limits: [{ reason }] })
    expect(await settledOutcomes(project)).toEqual([
      'error accepted: 1',
      `error rate_limited ${reason}: 1`,
    ])
  })

  it('disabled', async () => {
    const project = await makeProject({ options: { quotas: { abuseRates: { pas: -1 } } } })
    expect(await admit(project, [SESSION])).toMatchObject({ limits: [{ reason: 'disabled' }] })
    expect(await admit(project)).toMatchObject({ verdicts: ['admitted'] })
  })
})

describe('limits against floods', () => {
  it('are far above a load test of 1,000 events a second', async () => {
    const project = await makeProject()
    const items = Array.from({ length: 500 }, () => makeItem(EVENT, newEventId()))
    for (let i = 0; i < 20; i += 1) {
      const batch = items.map((item) => ({ ...item, eventId: newEventId() }))
      const answer = await gateOf(project).admit(admissionOf(project, batch))
      expect(answer).toMatchObject({ status: 'answered', limits: [] })
    }
  })

  it('of one key leave the others of its project alone, and may be switched off', async () => {
    const project = await makeProject({ options: { quotas: { abuseRates: { kae: 0.1 } } } })
    const publicKey = 'b'.repeat(32)
    await env.DB.prepare('INSERT INTO project_key VALUES(?, ?, ?, 1, NULL, NULL, 0)')
      .bind(publicKey, project.id, 'Second')
      .run()
    expect(await verdictsOf(project, 2)).toEqual(['admitted', 'rate_limited'])
    expect(await verdictsOf({ ...project, publicKey }, 2)).toEqual(['admitted', 'rate_limited'])
    const free = await makeProject({ options: { quotas: { abuseRates: { kae: 0, pae: 0 } } } })
    expect(await gateOf(free).readQuotas(free.id)).not.toContainEqual(
      expect.objectContaining({ id: 'pae' }),
    )
  })
})

describe('check-ins', () => {
  it('are limited by monitor and environment, which no client is told', async () => {
    const project = await makeProject()
    const nightly = await verdictsOf(project, 7, [checkIn('nightly')])
    expect(nightly).toEqual([...Array(6).fill('admitted'), 'left_out'])
    expect(await admit(project, [checkIn('nightly')])).toMatchObject({ limits: [] })
    expect(await verdictsOf(project, 1, [checkIn('nightly', 'staging')])).toEqual(['admitted'])
    expect(await verdictsOf(project, 1, [checkIn('weekly')])).toEqual(['admitted'])
    vi.setSystemTime(NOW + 60_000)
    expect(await verdictsOf(project, 1, [checkIn('nightly')])).toEqual(['admitted'])
    expect(await settledOutcomes(project)).toEqual([
      'monitor accepted: 9',
      'monitor rate_limited monitor_rate_limit: 2',
    ])
  })

  it('of one request are judged each by its own monitor', async () => {
    const project = await makeProject()
    await verdictsOf(project, 6, [checkIn('nightly')])
    const { verdicts } = await admit(project, [checkIn('nightly'), checkIn('weekly')])
    expect(verdicts).toEqual(['left_out', 'admitted'])
  })

  it('of a project have room for each of its monitors', async () => {
    const project = await makeProject()
    const many = Array.from({ length: 300 }, (_, i) => checkIn(`job-${i}`))
    const { verdicts } = await admit(project, many)
    expect(new Set(verdicts)).toEqual(new Set(['admitted']))
    expect(await gateOf(project).readQuotas(project.id)).toContainEqual(
      expect.objectContaining({ id: 'mrl', used: 300, limit: 50 + 6 * 300 }),
    )
  })
})

describe('spike protection', () => {
  const hour = () => spikeHour(1, Date.now())
  const remember = (project: TestProject, counts: number[]) =>
    runInDurableObject(gateOf(project), (_, { storage }) => {
      storage.kv.put('accepted', { hour: hour() - 1, counts })
    })
  const protection = (fields: object) => ({
    options: { quotas: { spikeProtection: fields } },
  })

  it('stops an hour that takes five times what hours used to take', async () => {
    const project = await makeProject(protection({ floor: 1 }))
    await remember(project, Array(30).fill(2))
    await evictDurableObject(gateOf(project))
    expect(await verdictsOf(project, 11)).toEqual([...Array(10).fill('admitted'), 'rate_limited'])
    expect(await admit(project)).toMatchObject({ limits: [{ reason: 'smart_rate_limit' }] })
    vi.setSystemTime(NOW + 20_000)
    expect(await verdictsOf(project, 1)).toEqual(['admitted'])
  })

  it('leaves alone who is new, who is below the floor, and who wants none', async () => {
    const calm = await makeProject(protection({ floor: 1 }))
    expect(await verdictsOf(calm, 12)).toEqual(Array(12).fill('admitted'))
    for (const fields of [{ floor: 20 }, { isEnabled: false, floor: 1 }]) {
      const project = await makeProject(protection(fields))
      await remember(project, Array(30).fill(2))
      await evictDurableObject(gateOf(project))
      expect(await verdictsOf(project, 12)).toEqual(Array(12).fill('admitted'))
    }
  })

  it('learns what was accepted, hour by hour, and forgets nothing with an eviction', async () => {
    const project = await makeProject({ rateLimit: { count: 3, windowSeconds: 3600 } })
    const history = () =>
      runInDurableObject(gateOf(project), (_, { storage }) => storage.kv.get('accepted'))
    await verdictsOf(project, 5)
    expect(await history()).toBeUndefined()
    await evictDurableObject(gateOf(project))
    vi.setSystemTime(NOW + 3 * 3_600_000)
    await verdictsOf(project, 1)
    expect(await history()).toEqual({ hour: hour() - 3, counts: [3] })
    await evictDurableObject(gateOf(project))
    vi.setSystemTime(NOW + 4 * 3_600_000)
    await verdictsOf(project, 1)
    expect(await history()).toEqual({ hour: hour() - 1, counts: [3, 0, 0, 1] })
  })
})

describe('a monthly cap', () => {
  const cap = (limit: number) => rule({ limit, window: 'month' })

  it('thins out once half is used, leaves out without telling, and is never passed', async () => {
    const project = await makeProject(withRules(cap(20)))
    const verdicts: Verdict[] = []
    for (let n = 1; n <= 60; n += 1) {
      // ids spread as random ones are, the same in every run
      const id = (Math.imul(n, 0x9e3779b1) >>> 0).toString(16).padStart(32, '0')
      verdicts.push((await admit(project, [EVENT], id)).verdicts[0]!)
    }
    const admitted = verdicts.filter((verdict) => verdict === 'admitted').length
    expect(verdicts.slice(0, 10)).toEqual(Array(10).fill('admitted'))
    expect(admitted).toBeGreaterThan(12)
    expect(admitted).toBeLessThan(20)
    expect(verdicts).not.toContain('rate_limited')
    expect(await settledOutcomes(project)).toEqual([
      `error accepted: ${admitted}`,
      `error rate_limited sampled_usage_exceeded: ${60 - admitted}`,
    ])
  })

  it('cuts when it is used up, tells, and begins anew with the month', async () => {
    const project = await makeProject(withRules(cap(2)))
    // near the end of the month nothing is left out before the cap is reached
    vi.setSystemTime('2026-12-31T23:59:00Z')
    expect(await verdictsOf(project, 2)).toEqual(['admitted', 'admitted'])
    await evictDurableObject(gateOf(project))
    expect(await admit(project)).toMatchObject({
      verdicts: ['rate_limited'],
      limits: [{ reason: 'usage_exceeded', untilAt: Date.parse('2027-01-01T00:00:00Z') }],
    })
    vi.setSystemTime('2027-01-01T00:00:00Z')
    expect(await verdictsOf(project, 1)).toEqual(['admitted'])
  })
})
