import { describe, expect, it } from 'vitest'

import { parseRateLimits } from '#domain/quota/parse-rate-limits.ts'
import type { Admission } from '#gate/admission.ts'
import { makeEnvelope, outcomesOf, type SentItem, sendEnvelope } from '../../tests/journey/send.ts'
import { env, makeProject, newEventId, type TestProject } from '../../tests/journey/world.ts'
import { accept } from './accept.ts'
import type { World } from './edge-env.ts'
import { makeItem } from './submission.ts'

const EVENT: SentItem = [{ type: 'event' }, JSON.stringify({ message: 'cart total is NaN' })]
const NOTE: SentItem = [{ type: 'attachment', filename: 'note.txt' }, 'small']
const SESSION: SentItem = [
  { type: 'session' },
  JSON.stringify({
    sid: crypto.randomUUID(),
    init: true,
    started: new Date().toISOString(),
    status: 'ok',
    attrs: { release: 'shop@1.0.0' },
  }),
]
const checkIn = (slug: string): SentItem => [
  { type: 'check_in' },
  JSON.stringify({ check_in_id: newEventId(), monitor_slug: slug, status: 'ok' }),
]

const send = (project: TestProject, ...items: SentItem[]) =>
  sendEnvelope(project, makeEnvelope({ event_id: newEventId() }, ...items))

const limitsOf = (answer: Response) =>
  parseRateLimits(answer.headers.get('x-sentry-rate-limits') ?? '')

/** The world with a gate whose calls are kept, and with what is to be done later in our hands. */
function watchedWorld({ id }: TestProject, { isDown = (): boolean => false } = {}) {
  const gate = env.PROJECT_GATE.getByName(String(id))
  const asked: Admission[] = []
  const later: { ms: number; work: () => Promise<void> }[] = []
  const world: World = {
    secret: env.PICKET_SECRET,
    raw: env.RAW,
    gateOf: () => ({
      readConfig: (projectId) => gate.readConfig(projectId),
      admit: async (admission) => {
        asked.push(admission)
        if (isDown()) throw new Error('down')
        return gate.admit(admission)
      },
    }),
    later: (ms, work) => later.push({ ms, work }),
  }
  return { world, asked, later }
}

function submitEvent({ id: projectId, publicKey }: TestProject, world: World): Promise<Response> {
  const eventId = newEventId()
  const sender = { projectId, publicKey, client: null }
  const received = { eventId, now: Date.now(), sentAt: null, origin: {} }
  const items = [makeItem('event', { message: 'cart total is NaN' })]
  return accept({ sender, items, received, answerId: eventId, blobs: null }, world)
}

describe('a limit', () => {
  it('is told with the refusal: what it stops, for how long, and why', async () => {
    const project = await makeProject({ rateLimit: { count: 1, windowSeconds: 60 } })
    expect((await send(project, EVENT)).headers.get('x-sentry-rate-limits')).toBeNull()
    const refused = await send(project, EVENT)
    expect(refused.status).toBe(429)
    const [limit] = limitsOf(refused)
    expect(limit).toMatchObject({
      categories: ['default', 'error', 'security'],
      scope: 'key',
      reason: 'key_quota',
    })
    expect(limit?.seconds).toBeGreaterThan(0)
    expect(limit?.seconds).toBeLessThanOrEqual(60)
    expect(refused.headers.get('retry-after')).toBe(String(limit?.seconds))
  })

  it('is told on 200 too, to who sends something else meanwhile', async () => {
    const project = await makeProject({ rateLimit: { count: 1, windowSeconds: 3600 } })
    await send(project, EVENT)
    await send(project, EVENT)
    const answer = await send(project, SESSION)
    expect(answer.status).toBe(200)
    expect(limitsOf(answer)).toMatchObject([{ scope: 'key', reason: 'key_quota' }])
    expect(answer.headers.get('retry-after')).not.toBeNull()
  })

  it('that stops a part is told with 429, and the rest is taken', async () => {
    const rule = { id: 'bytes', scope: 'project', categories: ['attachment'], limit: 8 }
    const rules = [{ ...rule, window: 3600, reasonCode: 'attachment_usage_exceeded' }]
    const project = await makeProject({ options: { quotas: { rules } } })
    expect((await send(project, EVENT, NOTE)).status).toBe(200)
    for (let i = 0; i < 2; i += 1) {
      const answer = await send(project, EVENT, NOTE)
      expect(answer.status).toBe(429)
      expect(limitsOf(answer)).toMatchObject([{ categories: ['attachment'] }])
    }
    expect(await outcomesOf(project)).toEqual([
      'attachment accepted: 5',
      'attachment rate_limited attachment_usage_exceeded: 10',
      'attachment_item accepted: 1',
      'attachment_item rate_limited attachment_usage_exceeded: 2',
      'error accepted: 3',
    ])
  })

  it('takes along what belongs to a limited event, also when it is remembered', async () => {
    const project = await makeProject({ rateLimit: { count: 1, windowSeconds: 3600 } })
    expect((await send(project, EVENT, NOTE)).status).toBe(200)
    for (let i = 0; i < 2; i += 1) expect((await send(project, EVENT, NOTE)).status).toBe(429)
    expect((await send(project, SESSION)).status).toBe(200)
    expect(await outcomesOf(project)).toEqual([
      'attachment accepted: 5',
      'attachment rate_limited key_quota: 10',
      'attachment_item accepted: 1',
      'attachment_item rate_limited key_quota: 2',
      'error accepted: 1',
      'error rate_limited key_quota: 2',
      'session accepted: 1',
    ])
  })

  it('on one monitor is not told, for a client would stop all of them', async () => {
    const project = await makeProject()
    for (let i = 0; i < 6; i += 1) await send(project, checkIn('nightly'))
    const answer = await send(project, checkIn('nightly'))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([200, null])
    expect(await outcomesOf(project)).toEqual([
      'monitor accepted: 6',
      'monitor rate_limited monitor_rate_limit: 1',
    ])
  })
})

describe('a limit in memory', () => {
  it('costs no call to the gate, which is told of the refusals within half a minute', async () => {
    const project = await makeProject({ rateLimit: { count: 1, windowSeconds: 3600 } })
    const { world, asked, later } = watchedWorld(project)
    const statuses: number[] = []
    for (let i = 0; i < 50; i += 1) statuses.push((await submitEvent(project, world)).status)
    expect(statuses).toEqual([200, ...Array(49).fill(429)])
    expect(asked).toHaveLength(2)
    expect(later).toHaveLength(1)
    expect(later[0]!.ms).toBeLessThan(30_000)
    await later[0]!.work()
    expect(asked).toHaveLength(3)
    expect(asked[2]).toMatchObject({ items: [], losses: [{ quantity: 48 }] })
    expect(await outcomesOf(project)).toEqual([
      'error accepted: 1',
      'error rate_limited key_quota: 49',
    ])
  })

  it('sends its refusals along with what is let in, and then has nothing to tell', async () => {
    const project = await makeProject({ rateLimit: { count: 1, windowSeconds: 3600 } })
    const { world, asked, later } = watchedWorld(project)
    for (let i = 0; i < 5; i += 1) await submitEvent(project, world)
    expect((await send(project, SESSION)).status).toBe(200)
    await later[0]!.work()
    expect(asked).toHaveLength(2)
    expect(await outcomesOf(project)).toEqual([
      'error accepted: 1',
      'error rate_limited key_quota: 4',
      'session accepted: 1',
    ])
  })

  it('loses no refusal when the gate cannot be told', async () => {
    const project = await makeProject({ rateLimit: { count: 1, windowSeconds: 3600 } })
    let isDown = false
    const { world, later } = watchedWorld(project, { isDown: () => isDown })
    for (let i = 0; i < 5; i += 1) await submitEvent(project, world)
    isDown = true
    await later[0]!.work()
    isDown = false
    await submitEvent(project, world)
    expect(later).toHaveLength(2)
    await later[1]!.work()
    expect(await outcomesOf(project)).toEqual([
      'error accepted: 1',
      'error rate_limited key_quota: 5',
    ])
  })

  it('of a project stops all its keys, of a key that key alone', async () => {
    const publicKey = 'c'.repeat(32)
    const addKey = ({ id }: TestProject, ending: string) =>
      env.DB.prepare('INSERT INTO project_key VALUES(?, ?, ?, 1, NULL, NULL, 0)')
        .bind(publicKey.slice(1) + ending, id, 'Second')
        .run()
    const ofProject = await makeProject({
      options: { rateLimit: { count: 1, windowSeconds: 3600 } },
    })
    const ofKey = await makeProject({ rateLimit: { count: 1, windowSeconds: 3600 } })
    for (const [project, ending, status, calls] of [
      [ofProject, '1', 429, 2],
      [ofKey, '2', 200, 3],
    ] as const) {
      await addKey(project, ending)
      const { world, asked } = watchedWorld(project)
      for (let i = 0; i < 2; i += 1) await submitEvent(project, world)
      const other = { ...project, publicKey: publicKey.slice(1) + ending }
      expect((await submitEvent(other, world)).status).toBe(status)
      expect(asked).toHaveLength(calls)
    }
  })

  it('is forgotten when a gate answers by newer settings', async () => {
    const project = await makeProject({ rateLimit: { count: 1, windowSeconds: 3600 } })
    for (const status of [200, 429, 429]) expect((await send(project, EVENT)).status).toBe(status)
    await env.DB.prepare('UPDATE project_key SET rate_limit_count = NULL WHERE public_key = ?')
      .bind(project.publicKey)
      .run()
    await env.PROJECT_GATE.getByName(String(project.id)).refresh()
    expect((await send(project, EVENT)).status).toBe(429)
    const answer = await send(project, SESSION)
    expect([answer.status, limitsOf(answer)]).toEqual([200, []])
    expect((await send(project, EVENT)).status).toBe(200)
  })
})
