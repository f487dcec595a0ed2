import { beforeAll, describe, expect, it } from 'vitest'

import { ask, makeUser, type TestUser } from './api-world.ts'
import { makeEnvelope, sendEnvelope, settledLedger } from './send.ts'
import { env, makeProject, newEventId, type TestProject } from './world.ts'

let user: TestUser
beforeAll(async () => {
  user = await makeUser(1)
})

const pathOf = ({ slug }: TestProject) => `/projects/acme/${slug}/`
const put = (path: string, body: unknown) => ask(user, path, { method: 'PUT', body })

/** Sends an event and reads back what rests. */
async function stored(project: TestProject, event: object): Promise<Record<string, unknown>> {
  const event_id = newEventId()
  await sendEnvelope(
    project,
    makeEnvelope({ event_id }, [{ type: 'event' }, JSON.stringify(event)]),
  )
  await settledLedger(project)
  const answer = await ask(user, `${pathOf(project)}events/${event_id}/json/`)
  return (await answer.json()) as Record<string, unknown>
}

const PASSWORD = { extra: { password: 'hunter22xy', favourite: 'blue' } }

describe('how a project scrubs', () => {
  it('is shown and changed by Sentry’s names', async () => {
    const project = await makeProject()
    const settings = {
      dataScrubber: false,
      dataScrubberDefaults: false,
      sensitiveFields: ['favourite'],
      safeFields: ['harmless'],
      scrubIPAddresses: true,
    }
    const answer = await put(pathOf(project), {
      ...settings,
      sensitiveFields: ['favourite', ' ', 'favourite'],
      scrubbingRules: { 'api-tokens': false },
    })
    const body = await answer.json()
    expect(body).toMatchObject(settings)
    expect(body).toMatchObject({ scrubbingRules: { 'api-tokens': false, 'card-numbers': true } })
  })

  it('is in force for the next event, every part of it', async () => {
    const project = await makeProject()
    const change = (body: object) => put(pathOf(project), body)
    expect(await stored(project, PASSWORD)).toMatchObject({
      extra: { password: '[Filtered]', favourite: 'blue' },
    })
    await change({ sensitiveFields: ['favourite'] })
    expect(await stored(project, PASSWORD)).toMatchObject({ extra: { favourite: '[Filtered]' } })
    await change({ sensitiveFields: [], safeFields: ['password'] })
    expect(await stored(project, PASSWORD)).toMatchObject({ extra: PASSWORD.extra })
    await change({ safeFields: [], dataScrubberDefaults: false })
    expect(await stored(project, PASSWORD)).toMatchObject({ extra: PASSWORD.extra })
    await change({ scrubIPAddresses: true })
    const visitor = { user: { id: '1', ip_address: '203.0.113.9' } }
    expect(await stored(project, visitor)).toMatchObject({ user: { ip_address: null } })
  })

  it('goes by its own rules one by one', async () => {
    const project = await makeProject()
    const value = `refused gh${'p_'}Zb7Qx2Lm9Kd4Rt6Yp1Wc8Vn3Hs5Gf0JkZb7Q for card 4242424242424242`
    const event = { exception: { values: [{ type: 'Error', value }] } }
    const messageOf = async () => {
      const { exception } = (await stored(project, event)) as typeof event
      return exception.values[0]!.value
    }
    expect(await messageOf()).toBe('refused [Filtered] for card [Filtered]')
    await put(pathOf(project), { scrubbingRules: { 'api-tokens': false } })
    expect(await messageOf()).toMatch(/^refused ghp_\w+ for card \[Filtered]$/)
    await put(pathOf(project), { scrubbingRules: { 'api-tokens': true, 'card-numbers': false } })
    expect(await messageOf()).toBe('refused [Filtered] for card 4242424242424242')
    const refused = await put(pathOf(project), { scrubbingRules: { nothing: false } })
    expect(refused.status).toBe(400)
  })

  it('takes advanced rules, and applies them', async () => {
    const project = await makeProject()
    const config = {
      rules: {
        badge: { type: 'pattern', pattern: 'B-[0-9]+', redaction: { method: 'mask' } },
      },
      applications: { $string: ['badge'], 'extra.note': ['@anything:remove'] },
    }
    const answer = await put(pathOf(project), { relayPiiConfig: JSON.stringify(config) })
    const { relayPiiConfig } = (await answer.json()) as { relayPiiConfig: string }
    expect(JSON.parse(relayPiiConfig)).toMatchObject(config)
    const event = { extra: { who: 'badge B-1234', note: 'gone' } }
    expect(await stored(project, event)).toMatchObject({
      extra: { who: 'badge ******', note: null },
    })
    const cleared = await put(pathOf(project), { relayPiiConfig: '' })
    expect(await cleared.json()).toMatchObject({ relayPiiConfig: null })
    expect(await stored(project, event)).toMatchObject({ extra: event.extra })
  })

  it('refuses advanced rules that mean nothing, naming the place of each', async () => {
    const project = await makeProject()
    const refusal = async (relayPiiConfig: string) => {
      const answer = await put(pathOf(project), { relayPiiConfig })
      expect(answer.status).toBe(400)
      return ((await answer.json()) as { relayPiiConfig: string[] }).relayPiiConfig
    }
    expect(await refusal('{\n  "rules": {,}\n}')).toEqual(['Line 2, column 13: this is not JSON'])
    expect(
      await refusal(`{
  "rules": {
    "badge": { "type": "pattern", "pattern": "B-(" },
    "what": { "type": "secrets" }
  },
  "applications": {
    "$strange": ["badge"],
    "extra.**": ["nothing"]
  }
}`),
    ).toEqual([
      'Line 3, column 35: rules.badge.pattern, character 3: the pattern ends too early',
      'Line 4, column 15: rules.what.type: there is no rule of this type',
      'Line 7, column 5: applications.$strange, character 1: there is no such $type',
      'Line 8, column 5: applications.extra.**: there is no rule "nothing"',
    ])
    expect(await refusal('[]')).toHaveLength(1)
  })
})

describe('what an organization asks', () => {
  const reset = {
    dataScrubber: false,
    dataScrubberDefaults: false,
    sensitiveFields: [],
    scrubIPAddresses: false,
    relayPiiConfig: null,
  }

  it('holds for all its projects, whatever they say themselves, and for the next event', async () => {
    const project = await makeProject({ options: { scrubbing: { enabled: false } } })
    expect(await stored(project, PASSWORD)).toMatchObject({ extra: PASSWORD.extra })
    const answer = await put('/organizations/acme/', {
      dataScrubber: true,
      dataScrubberDefaults: true,
      sensitiveFields: ['favourite'],
      relayPiiConfig: { applications: { 'extra.colour': ['@anything:hash'] } },
    })
    expect(answer.status).toBe(200)
    expect(await (await ask(user, '/organizations/acme/?detailed=0')).json()).toMatchObject({
      dataScrubber: true,
      sensitiveFields: ['favourite'],
      scrubIPAddresses: false,
    })
    const scrubbed = { password: '[Filtered]', favourite: '[Filtered]' }
    expect(await stored(project, PASSWORD)).toMatchObject({ extra: scrubbed })
    const hashed = await stored(project, { extra: { colour: 'foobar' } })
    expect(hashed).toMatchObject({ extra: { colour: expect.stringMatching(/^[0-9A-F]{40}$/) } })
    await put('/organizations/acme/', reset)
    expect(await stored(project, PASSWORD)).toMatchObject({ extra: PASSWORD.extra })
  })

  it('is for managers to say', async () => {
    const member = await makeUser(1, { role: 'admin' })
    const refused = await ask(member, '/organizations/acme/', { method: 'PUT', body: reset })
    expect(refused.status).toBe(403)
  })

  it('leaves its other options alone', async () => {
    await env.DB.prepare(`UPDATE organization SET options = '{"other":{"x":1}}' WHERE id = 1`).run()
    await put('/organizations/acme/', { scrubIPAddresses: false })
    const row = await env.DB.prepare('SELECT options FROM organization WHERE id = 1').first()
    expect(JSON.parse(String(row?.['options']))).toMatchObject({ other: { x: 1 } })
  })
})
