import { beforeAll, describe, expect, it } from 'vitest'

import { ask, makeUser, type TestUser } from './api-world.ts'
import { makeEnvelope, outcomesOf, sendEnvelope } from './send.ts'
import { makeProject, newEventId, type TestProject } from './world.ts'

let user: TestUser
beforeAll(async () => {
  user = await makeUser(1)
})

const pathOf = ({ slug }: TestProject) => `/projects/acme/${slug}/`
const get = async (path: string) => (await ask(user, path)).json()
const put = (path: string, body: unknown) => ask(user, path, { method: 'PUT', body })

async function send(project: TestProject, event: object): Promise<string> {
  const event_id = newEventId()
  const item = { event_id, platform: 'javascript', ...event }
  const type = 'transaction' in event ? 'transaction' : 'event'
  await sendEnvelope(project, makeEnvelope({ event_id }, [{ type }, JSON.stringify(item)]))
  return event_id
}

const thrown = (type: string, value: string) => ({ exception: { values: [{ type, value }] } })
const visit = (headers: Record<string, string>, url = 'https://shop.example/') => ({
  message: 'hello',
  request: { url, headers },
})
const policyReport = (blocked_uri: string) => ({
  type: 'csp',
  csp: { effective_directive: 'img-src', blocked_uri, document_uri: 'https://shop.example/' },
})
const ping = (transaction: string) => ({
  type: 'transaction',
  transaction,
  start_timestamp: Date.now() / 1000 - 1,
  timestamp: Date.now() / 1000,
  contexts: { trace: { trace_id: newEventId(), span_id: 'a'.repeat(16) } },
})

/** Each filter that `PUT …/filters/{id}/` switches, and an event that it is about. */
const SWITCHED: [id: string, body: object, event: object][] = [
  ['browser-extensions', { active: true }, thrown('Error', 'fb_xd_fragment')],
  ['localhost', { active: true }, visit({}, 'http://localhost:3000/cart')],
  ['web-crawlers', { active: true }, visit({ 'User-Agent': 'Googlebot/2.1' })],
  [
    'legacy-browsers',
    { subfilters: ['ie9', 'safari'] },
    visit({ 'User-Agent': 'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)' }),
  ],
]

/** Each filter among the options, its reason, what it drops and what it lets pass. */
const OPTIONS: [options: object, reason: string, dropped: object, kept: object][] = [
  [
    { 'filters:error_messages': 'TimeoutError*\n*quota exceeded' },
    'error-message',
    thrown('TimeoutError', 'after 3 s'),
    thrown('ValueError', 'after 3 s'),
  ],
  [
    { 'filters:releases': ['shop@1.*'] },
    'release-version',
    { message: 'x', release: 'shop@1.2' },
    { message: 'x', release: 'shop@2.0' },
  ],
  [
    { 'filters:chunk-load-error': true },
    'chunk-load-error',
    thrown('ChunkLoadError', 'Loading chunk 3662 failed.'),
    thrown('Error', 'Loading chunk 3662 failed.'),
  ],
  [
    { 'filters:react-hydration-errors': true },
    'react-hydration-errors',
    thrown('Error', 'see https://react.dev/errors/418'),
    thrown('Error', 'see https://react.dev/errors/31'),
  ],
  [
    { 'sentry:csp_ignored_sources': 'ads.example', 'sentry:csp_ignored_sources_defaults': false },
    'invalid-csp',
    policyReport('https://ads.example/x.png'),
    policyReport('chrome-extension://x'),
  ],
]

describe('inbound filters', () => {
  it('are listed in the shape clients know, with what is on', async () => {
    const project = await makeProject()
    expect(await get(`${pathOf(project)}filters/`)).toEqual([
      { id: 'browser-extensions', active: false },
      { id: 'localhost', active: false },
      { id: 'filtered-transaction', active: true },
      { id: 'web-crawlers', active: false },
      { id: 'legacy-browsers', active: false },
    ])
  })

  it.each(SWITCHED)('are in force for the next event: %s', async (id, body, event) => {
    const project = await makeProject()
    const path = `${pathOf(project)}filters/${id}/`
    await send(project, event)
    const answer = await put(path, body)
    expect([answer.status, await answer.text()]).toEqual([204, ''])
    await send(project, event)
    await put(path, { active: false })
    await send(project, event)
    expect(await outcomesOf(project)).toEqual(['error accepted: 2', `error filtered ${id}: 1`])
  })

  it.each(OPTIONS)('are options of the project: %o', async (options, reason, dropped, kept) => {
    const project = await makeProject()
    await send(project, { message: 'an isolate that has seen the project' })
    expect((await put(pathOf(project), { options })).status).toBe(200)
    await send(project, dropped)
    await send(project, kept)
    const outcomes = await outcomesOf(project)
    expect(outcomes.filter((outcome) => outcome.includes('filtered'))).toEqual([
      expect.stringMatching(new RegExp(` filtered ${reason}: 1$`)),
    ])
  })

  it('drop what comes from an address, and refuse what is none', async () => {
    const project = await makeProject()
    const options = { 'filters:blacklisted_ips': '203.0.113.0/24\n198.51.100.7' }
    await put(pathOf(project), { options })
    const body = () => makeEnvelope({ event_id: newEventId() }, [{ type: 'event' }, '{}'])
    await sendEnvelope(project, body(), { 'cf-connecting-ip': '203.0.113.9' })
    await sendEnvelope(project, body(), { 'cf-connecting-ip': '198.51.100.8' })
    expect(await outcomesOf(project)).toEqual(['error accepted: 1', 'error filtered ip-address: 1'])
    const refused = await put(pathOf(project), { options: { 'filters:blacklisted_ips': 'lol/8' } })
    expect([refused.status, JSON.stringify(await refused.json())]).toEqual([
      400,
      expect.stringContaining('lol/8'),
    ])
    expect(await get(pathOf(project))).toMatchObject({ options })
  })

  it('drop health checks until they are asked to keep them', async () => {
    const project = await makeProject()
    await send(project, ping('GET /healthz'))
    await put(`${pathOf(project)}filters/filtered-transaction/`, { active: false })
    await send(project, ping('GET /healthz'))
    const outcomes = await outcomesOf(project)
    expect(outcomes).toContain('transaction accepted: 1')
    expect(outcomes).toContain('transaction filtered filtered-transaction: 1')
  })

  it('show old browsers one by one, or as the default', async () => {
    const project = await makeProject()
    const path = `${pathOf(project)}filters/`
    const active = async () => {
      const filters = (await get(path)) as { id: string; active: unknown }[]
      return filters.find(({ id }) => id === 'legacy-browsers')?.active
    }
    await put(`${path}legacy-browsers/`, { subfilters: ['opera', 'ie'] })
    expect(await active()).toEqual(['ie', 'opera'])
    await put(`${path}legacy-browsers/`, { active: true })
    expect(await active()).toBe(true)
    await put(`${path}legacy-browsers/`, { subfilters: [] })
    expect(await active()).toBe(false)
  })

  it('refuse what they do not know, and whoever may only read', async () => {
    const project = await makeProject()
    const path = `${pathOf(project)}filters/`
    expect((await put(`${path}nothing/`, { active: true })).status).toBe(404)
    expect((await put(`${path}localhost/`, {})).status).toBe(400)
    expect((await put(`${path}legacy-browsers/`, { subfilters: ['netscape'] })).status).toBe(400)
    const reader = await makeUser(1, { role: 'member' })
    const refused = await ask(reader, `${path}localhost/`, { method: 'PUT', body: {} })
    expect(refused.status).toBe(403)
    expect((await ask(reader, path)).status).toBe(200)
  })
})
