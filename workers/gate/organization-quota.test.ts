import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import {
  admissionOf,
  admit,
  EVENT,
  gateOf,
  makeItem,
  verdictsOf,
} from '../../tests/journey/gate-world.ts'
import {
  env,
  makeOrganization,
  makeProject,
  newEventId,
  type TestProject,
} from '../../tests/journey/world.ts'
import type { LeaseRenewal } from './organization-quota.ts'
import { ProjectGate } from './project-gate.ts'

const NOW = Date.parse('2026-12-01T00:30:00Z')

/** Projects of one organization that may send so many errors together. */
async function makeProjects(count: number, limit: number, window: number | 'month' = 3600) {
  const rule = { id: 'all', categories: ['error'], limit, window, reasonCode: 'usage_exceeded' }
  const organizationId = await makeOrganization({ quotas: { rules: [rule] } })
  const projects: TestProject[] = []
  for (let i = 0; i < count; i += 1) projects.push(await makeProject({ organizationId }))
  const pool = env.ORGANIZATION_QUOTA.getByName(String(organizationId))
  return { organizationId, projects, pool }
}

const admittedAmong = (verdicts: string[]) =>
  verdicts.filter((verdict) => verdict === 'admitted').length

async function sendTogether(projects: TestProject[], each: number): Promise<number> {
  const answers = await Promise.all(
    projects.flatMap((project) => Array.from({ length: each }, () => admit(project))),
  )
  return admittedAmong(answers.flatMap(({ verdicts }) => verdicts))
}

/** Sends to a gate whose organization's object is another one. */
async function sendWith(
  organizations: object,
  project: TestProject,
  count: number,
): Promise<string[]> {
  const verdicts: string[] = []
  await runInDurableObject(gateOf(project), async (_, state) => {
    const bindings = { ...env, ORGANIZATION_QUOTA: organizations } as unknown as typeof env
    const gate = new ProjectGate(state, bindings)
    for (let i = 0; i < count; i += 1) {
      const items = [makeItem(EVENT, newEventId())]
      const answer = await gate.admit(admissionOf(project, items))
      verdicts.push(...(answer.status === 'answered' ? answer.verdicts : [answer.status]))
    }
  })
  return verdicts
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a quota of an organization', () => {
  it('is spent by its projects together to the last unit, and refuses under its name', async () => {
    const { projects } = await makeProjects(2, 100)
    let admitted = 0
    for (let i = 0; i < 60; i += 1) {
      for (const project of projects) admitted += admittedAmong((await admit(project)).verdicts)
    }
    expect(admitted).toBe(100)
    expect(await admit(projects[0]!)).toMatchObject({
      verdicts: ['rate_limited'],
      limits: [{ scope: 'organization', reason: 'usage_exceeded', categories: ['error'] }],
    })
  })

  it('is not passed by a crowd that comes at once, nor left unspent', async () => {
    const { projects } = await makeProjects(3, 50)
    const admitted = await sendTogether(projects, 40)
    expect(admitted).toBeLessThanOrEqual(50)
    expect(admitted).toBeGreaterThanOrEqual(45)
  })

  it('is not passed when gates and the lending object begin anew', async () => {
    const { projects, pool } = await makeProjects(2, 40)
    let admitted = 0
    for (let round = 0; round < 12; round += 1) {
      for (const project of projects) {
        admitted += admittedAmong(await verdictsOf(project, 3))
        if (round % 3 === 0) await evictDurableObject(gateOf(project))
      }
      if (round % 4 === 0) await evictDurableObject(pool)
    }
    expect(admitted).toBe(40)
  })

  it.each([
    ['awake', () => Promise.resolve()],
    ['evicted', (project: TestProject) => evictDurableObject(gateOf(project))],
  ])('gets back what an idle project was lent and does not use, be it %s', async (_, rest) => {
    const { projects } = await makeProjects(2, 320)
    const [idle, busy] = projects as [TestProject, TestProject]
    expect(await sendTogether([idle], 60)).toBe(60)
    await rest(idle)
    vi.setSystemTime(NOW + 11_000)
    let admitted = 60
    for (let i = 0; i < 10; i += 1) admitted += await sendTogether([busy], 30)
    expect(admitted).toBe(320)
    expect(await verdictsOf(idle, 1)).toEqual(['rate_limited'])
  })

  it('costs its gates a handful of calls, however much they admit', async () => {
    const { projects } = await makeProjects(1, 100_000)
    let calls = 0
    const counting = {
      getByName: (name: string) => ({
        renew: (asked: LeaseRenewal[]) => {
          calls += 1
          return env.ORGANIZATION_QUOTA.getByName(name).renew(asked)
        },
      }),
    }
    const verdicts = await sendWith(counting, projects[0]!, 1_000)
    expect(admittedAmong(verdicts)).toBe(1_000)
    expect(calls).toBeLessThanOrEqual(12)
  })

  it('begins anew with its window', async () => {
    const { projects, organizationId } = await makeProjects(2, 4)
    const [a, b] = projects as [TestProject, TestProject]
    const sendBoth = async () => [...(await verdictsOf(a, 3)), ...(await verdictsOf(b, 3))]
    expect(admittedAmong(await sendBoth())).toBe(4)
    // its windows are shifted by its id
    const shiftMs = (organizationId % 3600) * 1000
    vi.setSystemTime(Date.parse('2026-12-01T00:00:00Z') + shiftMs + 3_600_000)
    expect(admittedAmong(await sendBoth())).toBe(4)
  })

  it('stops nobody while its object is silent, and counts again afterwards', async () => {
    const { projects } = await makeProjects(1, 2)
    const down = { getByName: () => ({ renew: () => Promise.reject(new Error('down')) }) }
    expect(await sendWith(down, projects[0]!, 5)).toEqual(Array(5).fill('admitted'))
    await evictDurableObject(gateOf(projects[0]!))
    expect(await verdictsOf(projects[0]!, 3)).toEqual(['admitted', 'admitted', 'rate_limited'])
  })

  it('of a month thins out by what all its projects have used', async () => {
    const { projects } = await makeProjects(2, 400, 'month')
    const [first, second] = projects as [TestProject, TestProject]
    expect(await sendTogether([first], 200)).toBe(200)
    vi.setSystemTime(NOW + 11_000)
    await admit(first) // reports what it used
    expect(await verdictsOf(second, 80)).toContain('left_out')
  })

  it('shows each project what all of them have used', async () => {
    const { projects } = await makeProjects(2, 100)
    const [a, b] = projects as [TestProject, TestProject]
    await verdictsOf(a, 7)
    await verdictsOf(b, 5)
    vi.setSystemTime(NOW + 11_000)
    await verdictsOf(a, 1)
    await verdictsOf(b, 1)
    const { limit, used } = (await gateOf(b).readQuotas(b.id)).find(({ id }) => id === 'all')!
    expect(limit).toBe(100)
    expect(used).toBeGreaterThanOrEqual(12)
    expect(used).toBeLessThanOrEqual(14)
  })
})
