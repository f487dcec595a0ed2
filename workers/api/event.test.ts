import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { Event, EventRow } from '#contract/event.ts'
import {
  applyEvents,
  ask,
  linksOf,
  makeError,
  makeUser,
  type TestEvent,
  type TestUser,
} from '../../tests/journey/api-world.ts'
import { env, makeProject, newEventId, type TestProject } from '../../tests/journey/world.ts'

let user: TestUser
beforeAll(async () => {
  user = await makeUser(1)
})

const get = async (path: string) => (await ask(user, path)).json()

async function issueOf(project: TestProject): Promise<string> {
  const row = await env.DB.prepare('SELECT id FROM issue WHERE project_id = ?')
    .bind(project.id)
    .first<{ id: number }>()
  return String(row!.id)
}

/** Everything an event can have, as it rests after normalizing. */
const WHOLE = {
  type: 'error',
  level: 'fatal',
  platform: 'javascript',
  logger: 'app.cart',
  environment: 'prod',
  release: 'web@1.2.0',
  dist: '7',
  fingerprint: ['{{ default }}'],
  modules: { react: '19.0.0' },
  tags: [['plan', 'pro']],
  extra: { cart: { items: 3 }, __proto__x: 1 },
  user: {
    id: '7',
    email: 'ann@example.com',
    ip_address: '1.2.3.4',
    geo: { city: 'Vienna' },
    plan: 'pro',
  },
  contexts: { browser: { name: 'Firefox', type: 'browser' }, broken: null },
  logentry: { message: 'cart of %s', formatted: 'cart of ann', params: ['ann'] },
  exception: {
    values: [
      { type: 'Cause', value: 'inner' },
      null,
      {
        type: 'TypeError',
        value: 'x is undefined',
        module: 'app',
        thread_id: 3,
        mechanism: { type: 'onerror', handled: false },
        stacktrace: {
          frames: [
            { function: 'main', filename: 'lib.js', in_app: false },
            null,
            {
              function: 'pay',
              raw_function: 'e',
              filename: 'cart.js',
              abs_path: 'https://x/cart.js',
              lineno: 3,
              colno: 9,
              in_app: true,
              pre_context: ['one', 'two'],
              context_line: 'three',
              post_context: ['four'],
              vars: { total: 'NaN' },
              data: { sourcemap: 'cart.js.map' },
            },
          ],
          frames_omitted: [1, 4],
        },
      },
    ],
  },
  threads: {
    values: [{ id: 3, name: 'main', crashed: true, current: true, stacktrace: { frames: [] } }],
  },
  breadcrumbs: {
    values: [
      { timestamp: 1_700_000_000.5, category: 'ui.click', message: 'pay', data: { id: 1 } },
      null,
    ],
  },
  request: {
    url: 'https://shop/cart',
    method: 'POST',
    query_string: [['a', 'b']],
    headers: [['User-Agent', 'Firefox']],
    cookies: [['c', '[Filtered]']],
    data: { total: 5 },
    inferred_content_type: 'application/json',
  },
  debug_meta: { images: [{ type: 'sourcemap', debug_id: 'abc' }] },
  spans: [{ span_id: 'a' }],
  sdk: { name: 'sentry.javascript.browser', version: '10.0.0' },
  errors: [
    { type: 'value_too_long', name: 'extra.big' },
    { type: 'js_no_source', url: 'x.js' },
  ],
  _meta: { request: { cookies: { '0': { '1': { '': { rem: [['@password', 's']] } } } } } },
}

describe('an event', () => {
  let project: TestProject
  let issueId: string
  let event: z.infer<typeof Event>
  let made: TestEvent

  beforeAll(async () => {
    project = await makeProject()
    made = (await applyEvents(project, [{ event: WHOLE }]))[0]!
    issueId = await issueOf(project)
    event = Event.parse(await get(`/issues/${issueId}/events/${made.eventId}/`))
  })

  const entry = (type: string) => event.entries.find((each) => each.type === type)?.data

  it('says what it is, where and of whom', () => {
    expect(event).toMatchObject({
      id: made.eventId,
      eventID: made.eventId,
      groupID: issueId,
      projectID: String(project.id),
      title: 'TypeError: x is undefined',
      type: 'error',
      platform: 'javascript',
      message: 'cart of ann',
      dateCreated: new Date(made.at).toISOString(),
      dateReceived: new Date(made.at).toISOString(),
      dist: '7',
      release: { version: 'web@1.2.0' },
      user: { id: '7', email: 'ann@example.com', ip_address: '1.2.3.4', geo: { city: 'Vienna' } },
      contexts: { browser: { name: 'Firefox' } },
      context: { cart: { items: 3 } },
      packages: { react: '19.0.0' },
      sdk: { name: 'sentry.javascript.browser', version: '10.0.0' },
      sampling: { weight: 1, sampled: false },
      previousEventID: null,
      nextEventID: null,
      errors: [
        {
          type: 'value_too_long',
          message: expect.stringContaining('cut'),
          data: { name: 'extra.big' },
        },
        { type: 'js_no_source', message: 'js_no_source', data: { url: 'x.js' } },
      ],
    })
    expect(event.contexts).not.toHaveProperty('broken')
    expect(event.size).toBeGreaterThan(1000)
    const tags = Object.fromEntries(event.tags.map(({ key, value }) => [key, value]))
    expect(tags).toMatchObject({ plan: 'pro', level: 'fatal', release: 'web@1.2.0', user: 'id:7' })
  })

  it('shows exceptions with their frames, source and variables', () => {
    const { values, hasSystemFrames } = entry('exception') as {
      values: Record<string, unknown>[]
      hasSystemFrames: boolean
    }
    expect(hasSystemFrames).toBe(true)
    expect(values.map(({ type }) => type)).toEqual(['Cause', 'TypeError'])
    expect(values[0]).toMatchObject({ stacktrace: null, threadId: null })
    expect(values[1]).toMatchObject({
      threadId: 3,
      mechanism: { type: 'onerror', handled: false },
      stacktrace: { framesOmitted: [1, 4], registers: null },
    })
    const { frames } = values[1]!['stacktrace'] as { frames: Record<string, unknown>[] }
    expect(frames).toHaveLength(2)
    expect(frames[1]).toMatchObject({
      function: 'pay',
      rawFunction: 'e',
      filename: 'cart.js',
      absPath: 'https://x/cart.js',
      lineNo: 3,
      colNo: 9,
      inApp: true,
      vars: { total: 'NaN' },
      context: [
        [1, 'one'],
        [2, 'two'],
        [3, 'three'],
        [4, 'four'],
      ],
    })
    expect(frames[0]).toMatchObject({ inApp: false, context: [], vars: null })
  })

  it('shows the rest of its interfaces in the words of the web API', () => {
    expect(event.entries.map(({ type }) => type)).toEqual([
      'message',
      'exception',
      'threads',
      'breadcrumbs',
      'request',
      'spans',
      'debugmeta',
    ])
    expect(entry('message')).toEqual({
      formatted: 'cart of ann',
      message: 'cart of %s',
      params: ['ann'],
    })
    expect(entry('threads')).toMatchObject({ values: [{ id: 3, name: 'main', crashed: true }] })
    expect(entry('breadcrumbs')).toEqual({
      values: [
        {
          type: 'default',
          level: 'info',
          timestamp: '2023-11-14T22:13:20.500Z',
          category: 'ui.click',
          message: 'pay',
          data: { id: 1 },
          event_id: null,
        },
      ],
    })
    expect(entry('request')).toMatchObject({
      method: 'POST',
      query: [['a', 'b']],
      headers: [['User-Agent', 'Firefox']],
      inferredContentType: 'application/json',
      fragment: null,
    })
    expect(entry('spans')).toEqual([{ span_id: 'a' }])
    expect(entry('debugmeta')).toMatchObject({ images: [{ debug_id: 'abc' }] })
    const index = event.entries.findIndex(({ type }) => type === 'request')
    expect(event['_meta']).toMatchObject({
      entries: { [index]: { data: { cookies: expect.any(Object) } } },
    })
  })

  it('is the same under its issue, its project and its organization, and raw as JSON', async () => {
    const dashed = made.eventId.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-').toUpperCase()
    for (const path of [
      `/projects/acme/${project.slug}/events/${made.eventId}/`,
      `/projects/acme/${project.id}/events/${dashed}/`,
      `/organizations/acme/issues/${issueId}/events/latest/`,
      `/issues/${issueId}/events/recommended/`,
      `/issues/${issueId}/events/oldest/`,
      `/groups/${issueId}/events/${dashed}`,
    ]) {
      expect([path, await get(path)]).toEqual([path, event])
    }
    expect(await get(`/organizations/acme/eventids/${made.eventId}/`)).toEqual({
      organizationSlug: 'acme',
      projectSlug: project.slug,
      groupId: issueId,
      eventId: made.eventId,
      event,
    })
    const raw = await get(`/projects/acme/${project.slug}/events/${made.eventId}/json/`)
    expect(raw).toMatchObject({ event_id: made.eventId, logentry: WHOLE.logentry })
    expect(await get(`/organizations/acme/events/${made.eventId}/json/`)).toEqual(raw)
  })

  it('is not found under another issue, another project, or a name that is none', async () => {
    const other = await makeProject()
    await applyEvents(other, [{ event: makeError('Other') }])
    for (const path of [
      `/issues/${await issueOf(other)}/events/${made.eventId}/`,
      `/projects/acme/${other.slug}/events/${made.eventId}/`,
      `/projects/acme/${other.slug}/events/${made.eventId}/json/`,
      `/projects/acme/${project.slug}/events/latest/`,
      `/issues/${issueId}/events/${newEventId()}/`,
      `/issues/${issueId}/events/nonsense/`,
      `/issues/${issueId}/events/latest/?environment=nowhere`,
      `/organizations/acme/eventids/${newEventId()}/`,
      '/organizations/acme/eventids/nonsense/',
    ]) {
      expect([path, (await ask(user, path)).status]).toEqual([path, 404])
    }
  })

  it('may hold nearly nothing', async () => {
    const bare = await makeProject()
    const [row] = await applyEvents(bare, [{ event: {} }])
    const shown = Event.parse(await get(`/projects/acme/${bare.slug}/events/${row!.eventId}/`))
    expect(shown).toMatchObject({ entries: [], contexts: {}, context: {}, user: null, errors: [] })
    const odd = await makeProject()
    const [strange] = await applyEvents(odd, [
      {
        event: {
          timestamp: 1e300,
          exception: { values: [{ stacktrace: { frames: [{ lineno: 5 }] } }] },
          breadcrumbs: { values: [{ timestamp: 'soon' }] },
          logentry: {},
        },
      },
    ])
    const answer = await ask(user, `/projects/acme/${odd.slug}/events/${strange!.eventId}/`)
    expect(answer.status).toBe(200)
    expect(Event.parse(await answer.json()).entries.map(({ type }) => type)).toEqual([
      'exception',
      'breadcrumbs',
    ])
  })
})

describe('events of an issue', () => {
  let project: TestProject
  let issueId: string
  let made: TestEvent[]

  beforeAll(async () => {
    project = await makeProject()
    const events = Array.from({ length: 23 }, (_, i) => ({
      // Pairs of events share their time: ids break the tie.
      ago: Math.floor(i / 2) * 1000,
      event: makeError('Often', {
        environment: i % 3 === 0 ? 'prod' : 'dev',
        user: { id: String(i % 5) },
        tags: [['index', String(i)]],
      }),
    }))
    made = await applyEvents(project, events)
    issueId = await issueOf(project)
  })

  const newestFirst = () =>
    made
      .toSorted((a, b) => b.at - a.at || (a.eventId < b.eventId ? 1 : -1))
      .map(({ eventId }) => eventId)

  async function page(query: string, path = `/issues/${issueId}/events/`) {
    const answer = await ask(user, `${path}?${query}`)
    const rows = z.array(EventRow).parse(await answer.json())
    return { ids: rows.map(({ eventID }) => eventID), rows, links: linksOf(answer) }
  }

  it('come newest first, each once, forwards and back', async () => {
    const pages: string[][] = []
    let cursor: string | undefined = ''
    let final = ''
    while (cursor !== undefined) {
      const { ids, links } = await page(`per_page=5&cursor=${cursor}`)
      pages.push(ids)
      final = cursor
      cursor = links.next
    }
    expect(pages.flat()).toEqual(newestFirst())
    const backwards: string[][] = []
    let previous = (await page(`per_page=5&cursor=${final}`)).links.previous
    while (previous !== undefined) {
      const { ids, links } = await page(`per_page=5&cursor=${previous}`)
      backwards.unshift(ids)
      previous = links.previous
    }
    expect(backwards).toEqual(pages.slice(0, -1))
  })

  it('come from the whole project too', async () => {
    const other = await applyEvents(project, [{ ago: 60_000, event: makeError('Once') }])
    const path = `/projects/acme/${project.slug}/events/`
    const ids: string[] = []
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const read = await page(`per_page=7&cursor=${cursor}`, path)
      ids.push(...read.ids)
      cursor = read.links.next
    }
    expect(ids).toEqual([...newestFirst(), other[0]!.eventId])
    const { rows } = await page('per_page=1', path)
    expect(rows[0]).not.toHaveProperty('project')
    expect(rows[0]).toMatchObject({ title: 'Often: Often happened', tags: expect.any(Array) })
  })

  it('are those of a search, an environment and a stretch of time', async () => {
    expect((await page('query=index:3')).rows).toMatchObject([{ user: { id: '3' } }])
    expect((await page('environment=prod')).ids).toHaveLength(8)
    expect((await page('query=environment:prod user.id:0')).ids).toHaveLength(2)
    expect((await page('query=often')).ids).toHaveLength(23)
    expect((await page('statsPeriod=24h')).ids).toHaveLength(23)
    expect((await page('start=2020-01-01&end=2020-02-01')).ids).toEqual([])
    const paged = await page('environment=prod&per_page=3')
    const rest = await page(`environment=prod&per_page=10&cursor=${paged.links.next}`)
    expect(new Set([...paged.ids, ...rest.ids]).size).toBe(8)
    for (const query of [
      'query=(',
      'query=is:unresolved',
      'cursor=x',
      'per_page=0',
      'statsPeriod=x',
    ]) {
      const answer = await ask(user, `/issues/${issueId}/events/?${query}`)
      expect([query, answer.status]).toEqual([query, 400])
    }
  })

  it('come whole when asked', async () => {
    const answer = await ask(user, `/issues/${issueId}/events/?full=true&per_page=2`)
    const events = z.array(Event).parse(await answer.json())
    expect(events.map(({ eventID }) => eventID)).toEqual(newestFirst().slice(0, 2))
    expect(events[0]?.entries).toMatchObject([{ type: 'exception' }])
  })

  it('know their neighbours', async () => {
    const ids = newestFirst()
    const shown = Event.parse(await get(`/issues/${issueId}/events/${ids[3]}/`))
    expect([shown.nextEventID, shown.previousEventID]).toEqual([ids[2], ids[4]])
    const latest = Event.parse(await get(`/issues/${issueId}/events/latest/`))
    expect([latest.eventID, latest.nextEventID, latest.previousEventID]).toEqual([
      ids[0],
      null,
      ids[1],
    ])
    const oldest = Event.parse(await get(`/issues/${issueId}/events/oldest/`))
    expect([oldest.eventID, oldest.nextEventID, oldest.previousEventID]).toEqual([
      ids.at(-1),
      ids.at(-2),
      null,
    ])
    const prod = Event.parse(await get(`/issues/${issueId}/events/latest/?environment=prod`))
    expect(prod.tags).toContainEqual(expect.objectContaining({ key: 'environment', value: 'prod' }))
  })

  it('stand for others after a storm, and say so', async () => {
    const storm = await makeProject()
    const events = Array.from({ length: 400 }, (_, i) => ({
      ago: 400 - i,
      event: makeError('Storm'),
    }))
    const sent = await applyEvents(storm, events)
    const id = await issueOf(storm)
    const { rows } = await page('per_page=100', `/issues/${id}/events/`)
    expect(rows.some(({ sampling }) => (sampling as { weight: number }).weight >= 1)).toBe(true)
    const all = new Set<string>()
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const read = await page(`per_page=100&cursor=${cursor}`, `/issues/${id}/events/`)
      for (const eventId of read.ids) all.add(eventId)
      cursor = read.links.next
    }
    const thinned = sent.find(({ eventId }) => !all.has(eventId))
    expect(thinned).toBeDefined()
    const shown = Event.parse(await get(`/projects/acme/${storm.slug}/events/${thinned!.eventId}/`))
    expect(shown).toMatchObject({
      title: 'Storm: Storm happened',
      sampling: { weight: 0, sampled: true },
      entries: [{ type: 'exception' }],
    })
  })
})
