import { beforeAll, describe, expect, it } from 'vitest'

import { ScrubbingPreview } from '#contract/scrubbing-preview.ts'
import { applyEvents, ask, makeError, makeUser, type TestUser } from './api-world.ts'
import { env, makeProject, type TestProject } from './world.ts'

let user: TestUser
beforeAll(async () => {
  user = await makeUser(1)
})

const post = (project: TestProject, body: object) =>
  ask(user, `/projects/acme/${project.slug}/scrubbing/preview/`, { method: 'POST', body })
const preview = async (project: TestProject, body: object) =>
  ScrubbingPreview.parse(await (await post(project, body)).json())

const BADGE = {
  relayPiiConfig: {
    rules: { badge: { type: 'pattern', pattern: 'B-[0-9]+', redaction: { method: 'mask' } } },
    applications: { $string: ['badge'] },
  },
}

describe('a preview of scrubbing', () => {
  it('shows an event before and after, with the rule that hit each place', async () => {
    const project = await makeProject()
    const event = { extra: { who: 'badge B-1234', password: 'hunter22xy', pin: 1234 } }
    const shown = await preview(project, { event, scrubbing: BADGE, recent: 0 })
    expect(shown.event).toMatchObject({
      isStored: false,
      before: { extra: event.extra, level: 'error' },
      after: { extra: { who: 'badge ******', password: '[Filtered]', pin: null } },
      hits: expect.arrayContaining([
        { path: 'extra.who', rule: 'project:badge', method: 'masked', range: [6, 12] },
        { path: 'extra.password', rule: '@password:filter', method: 'replaced', range: [0, 10] },
        { path: 'extra.pin', rule: 'picket:secret-keys', method: 'removed', range: null },
      ]),
    })
    expect(shown.event?.after).toMatchObject({
      _meta: { extra: { who: { '': { rem: [['project:badge', 'm', 6, 12]] } } } },
    })
    expect(shown.recent).toBeNull()
  })

  it('tries a stored event, and the latest one', async () => {
    const project = await makeProject()
    const [old, latest] = await applyEvents(project, [
      { event: makeError('A', { extra: { note: 'B-1' } }), ago: 2000 },
      { event: makeError('B', { extra: { note: 'B-22' } }) },
    ])
    const of = async (eventId: string) =>
      (await preview(project, { eventId, scrubbing: BADGE, recent: 0 })).event
    expect(await of(old!.eventId)).toMatchObject({
      isStored: true,
      after: { extra: { note: '***' } },
    })
    expect(await of('latest')).toMatchObject({
      id: latest!.eventId,
      after: { extra: { note: '****' } },
    })
    expect((await post(project, { eventId: 'a'.repeat(32) })).status).toBe(404)
  })

  it('counts how many of the newest events would change, and by which rules', async () => {
    const project = await makeProject()
    const events = (note: string, count: number) =>
      Array.from({ length: count }, () => ({ event: makeError(note, { extra: { note } }) }))
    await applyEvents(project, [...events('B-1 here', 7), ...events('nothing', 5)])
    await applyEvents(project, events('B-2 there', 3))
    const { recent } = await preview(project, { scrubbing: BADGE })
    expect(recent).toEqual({
      events: 15,
      changed: 10,
      rules: [{ rule: 'project:badge', events: 10 }],
    })
    expect((await preview(project, { scrubbing: {} })).recent).toEqual({
      events: 15,
      changed: 0,
      rules: [],
    })
    expect((await preview(project, { scrubbing: BADGE, recent: 2 })).recent?.events).toBe(2)
  })

  it('changes nothing', async () => {
    const project = await makeProject({ options: { scrubbing: { scrubIpAddresses: true } } })
    await applyEvents(project, [{ event: makeError('A', { extra: { note: 'B-1' } }) }])
    await preview(project, { eventId: 'latest', scrubbing: { ...BADGE, dataScrubber: false } })
    const row = await env.DB.prepare('SELECT options FROM project WHERE id = ?')
      .bind(project.id)
      .first()
    expect(JSON.parse(String(row?.['options']))).toEqual({ scrubbing: { scrubIpAddresses: true } })
    const after = (await preview(project, { eventId: 'latest', recent: 0 })).event?.after
    expect(after).toMatchObject({ extra: { note: 'B-1' } })
  })

  it('has nothing to show where nothing is stored, and refuses settings that make no sense', async () => {
    const project = await makeProject()
    expect(await preview(project, { eventId: 'latest' })).toMatchObject({
      event: null,
      recent: { events: 0, changed: 0, rules: [] },
    })
    const refused = await post(project, { scrubbing: { relayPiiConfig: '{' } })
    expect([refused.status, await refused.json()]).toEqual([
      400,
      { scrubbing: ['Line 1, column 2: this is not JSON'] },
    ])
    expect((await post(project, { event: 'text' })).status).toBe(400)
  })
})
