import { beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'

import { Ledger } from '#contract/ledger.ts'
import { Organization } from '#contract/organization.ts'
import { Project } from '#contract/project.ts'
import { ProjectKey } from '#contract/project-key.ts'
import { Stats } from '#contract/stats.ts'
import { recordDeadLetter } from '#store/dead-letter.ts'
import {
  applyEvents,
  ask,
  linksOf,
  makeError,
  makeUser,
  shipEvents,
  stores,
  type TestUser,
} from '../../tests/journey/api-world.ts'
import { makeEnvelope, sendEnvelope, settledLedger } from '../../tests/journey/send.ts'
import { env, makeProject, newEventId, type TestProject } from '../../tests/journey/world.ts'

let user: TestUser
beforeAll(async () => {
  user = await makeUser(1)
})

const get = async (path: string) => (await ask(user, path)).json()
const send = (method: string, path: string, body?: unknown) => ask(user, path, { method, body })
const pathOf = ({ slug }: TestProject) => `/projects/acme/${slug}`

const post = (project: TestProject, publicKey = project.publicKey) =>
  sendEnvelope(
    project,
    makeEnvelope({ event_id: newEventId() }, [{ type: 'event' }, '{"message":"hello"}']),
    { 'x-sentry-auth': `Sentry sentry_key=${publicKey}` },
  )

describe('organizations', () => {
  it('have every key clients need', async () => {
    const [listed] = z.array(Organization).parse(await get('/organizations/'))
    expect(listed).toMatchObject({
      id: '1',
      slug: 'acme',
      features: [],
      isEarlyAdopter: false,
      require2FA: false,
      requireEmailVerification: false,
      links: { organizationUrl: 'http://localhost' },
      dateCreated: expect.stringMatching(/Z$/),
    })
    expect(listed?.['links']).not.toHaveProperty('regionUrl')
    const project = await makeProject()
    expect(await get('/organizations/acme/')).toMatchObject({
      slug: 'acme',
      role: 'owner',
      orgRoleList: expect.any(Array),
      teams: expect.any(Array),
      projects: expect.arrayContaining([expect.objectContaining({ slug: project.slug })]),
    })
    expect(await get('/organizations/acme/?detailed=0')).not.toHaveProperty('projects')
    expect(await get('/organizations/?query=nothing')).toEqual([])
    expect(await get('/users/me/regions/')).toEqual({
      regions: [{ name: 'default', url: 'http://localhost' }],
    })
  })

  it('page and search their projects', async () => {
    const some = await Promise.all([makeProject(), makeProject(), makeProject()])
    const slugs = async (query: string) =>
      z
        .array(Project)
        .parse(await get(`/organizations/acme/projects/?${query}`))
        .map(({ slug }) => slug)
    expect(await slugs(`query=slug:${some[0].slug}`)).toEqual([some[0].slug])
    expect(await slugs(`query=id:${some[1].id}`)).toEqual([some[1].slug])
    expect(await slugs(`query=${some[2].slug}`)).toContain(some[2].slug)
    expect(await slugs('query=platform:cobol')).toEqual([])
    expect((await send('GET', '/organizations/acme/projects/?query=(')).status).toBe(400)
    const all = await slugs('')
    const walked: string[] = []
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const answer = await send('GET', `/projects/?per_page=2&cursor=${cursor}`)
      walked.push(
        ...z
          .array(Project)
          .parse(await answer.json())
          .map(({ slug }) => slug),
      )
      cursor = linksOf(answer).next
    }
    expect(walked).toEqual(all)
  })
})

describe('a project', () => {
  it('shows its settings and takes new ones', async () => {
    const project = await makeProject()
    const shown = Project.parse(await get(`${pathOf(project)}/`))
    expect(shown).toMatchObject({
      id: String(project.id),
      slug: project.slug,
      firstEvent: null,
      dataScrubber: true,
      sensitiveFields: [],
      organization: { id: '1', slug: 'acme' },
      team: null,
      hasReplays: false,
    })
    const changed = await send('PUT', `${pathOf(project)}/`, {
      name: ' Checkout ',
      platform: 'node',
      sensitiveFields: ['iban'],
      scrubIPAddresses: true,
      options: { 'filters:localhost': true },
      rateLimit: { window: 60, count: 10 },
      isBookmarked: true,
    })
    expect(await changed.json()).toMatchObject({
      name: 'Checkout',
      platform: 'node',
      dataScrubber: true,
      sensitiveFields: ['iban'],
      scrubIPAddresses: true,
      options: { 'filters:localhost': true, 'filters:web-crawlers': false },
      rateLimit: { window: 60, count: 10 },
    })
    const again = await send('PUT', `${pathOf(project)}/`, { safeFields: ['id'], rateLimit: null })
    expect(await again.json()).toMatchObject({
      name: 'Checkout',
      sensitiveFields: ['iban'],
      safeFields: ['id'],
      rateLimit: null,
    })
  })

  it('tells its gate, so that a new limit holds for the next event', async () => {
    const project = await makeProject()
    expect((await post(project)).status).toBe(200)
    await send('PUT', `${pathOf(project)}/`, { rateLimit: { window: 3600, count: 1 } })
    const statuses = [(await post(project)).status, (await post(project)).status]
    expect(statuses).toContain(429)
  })

  it('sends on who asks for it by a former slug', async () => {
    const project = await makeProject()
    const slug = `renamed-${project.id}`
    await send('PUT', `${pathOf(project)}/`, { slug })
    const moved = await send('GET', `${pathOf(project)}/issues/?limit=5`)
    const url = `http://localhost/api/0/projects/acme/${slug}/issues/?limit=5`
    expect([moved.status, moved.headers.get('location')]).toEqual([302, url])
    expect(await moved.json()).toEqual({
      slug,
      detail: {
        code: 'resource-moved',
        message: expect.any(String),
        extra: { url, slug },
      },
    })
    await send('PUT', `/projects/acme/${slug}/`, { slug: project.slug })
    expect((await send('GET', `${pathOf(project)}/`)).status).toBe(200)
    expect((await send('GET', `/projects/acme/${slug}/`)).status).toBe(302)
  })

  it('refuses settings that make no sense, by their names', async () => {
    const project = await makeProject()
    const other = await makeProject()
    const refusals: [body: unknown, field: string][] = [
      [{ name: '' }, 'name'],
      [{ name: 7 }, 'name'],
      [{ slug: '123' }, 'slug'],
      [{ slug: 'Not A Slug' }, 'slug'],
      [{ sensitiveFields: 'iban' }, 'sensitiveFields'],
      [{ rateLimit: { window: 0, count: 5 } }, 'rateLimit'],
      [{ options: { 'filters:localhost': 'yes' } }, 'options'],
    ]
    for (const [body, field] of refusals) {
      const answer = await send('PUT', `${pathOf(project)}/`, body)
      expect([body, answer.status, Object.keys((await answer.json()) as object)]).toEqual([
        body,
        400,
        [field],
      ])
    }
    const taken = await send('PUT', `${pathOf(project)}/`, { slug: other.slug })
    expect([taken.status, await taken.json()]).toEqual([
      409,
      { detail: expect.stringContaining(other.slug) },
    ])
  })
})

describe('the team of a project', () => {
  it('is shown with it, in lists and alone', async () => {
    const project = await makeProject()
    await env.DB.batch([
      env.DB.prepare("INSERT INTO team VALUES(5, 1, 'till', 'Till', 0)"),
      env.DB.prepare('UPDATE project SET team_id = 5 WHERE id = ?').bind(project.id),
    ])
    const team = { id: '5', slug: 'till', name: 'Till' }
    expect(await get(`${pathOf(project)}/`)).toMatchObject({ team, teams: [team] })
    expect(await get(`/organizations/acme/projects/?query=${project.slug}`)).toMatchObject([
      { team },
    ])
    expect(await get('/organizations/acme/')).toMatchObject({
      teams: expect.arrayContaining([team]),
    })
  })
})

describe('keys of a project', () => {
  it('are listed, made, changed and deleted, and the gate knows at once', async () => {
    const project = await makeProject()
    const keys = () => get(`${pathOf(project)}/keys/`) as Promise<unknown[]>
    const [first] = z.array(ProjectKey).parse(await keys())
    expect(first).toMatchObject({
      id: project.publicKey,
      public: project.publicKey,
      projectId: project.id,
      isActive: true,
      rateLimit: null,
      dsn: { public: project.dsn },
    })
    const made = await send('POST', `${pathOf(project)}/keys/`, {
      name: 'Second',
      rateLimit: { window: 60, count: 100 },
    })
    expect(made.status).toBe(201)
    const key = ProjectKey.parse(await made.json())
    expect(key).toMatchObject({ name: 'Second', rateLimit: { window: 60, count: 100 } })
    expect((await post(project, key.public)).status).toBe(200)

    const path = `${pathOf(project)}/keys/${key.id}/`
    const changed = await send('PUT', path, { isActive: false, name: 'Off' })
    expect(await changed.json()).toMatchObject({
      name: 'Off',
      isActive: false,
      rateLimit: { window: 60, count: 100 },
    })
    expect((await post(project, key.public)).status).toBe(403)
    expect(await get(`${pathOf(project)}/keys/?status=inactive`)).toMatchObject([{ id: key.id }])
    await send('PUT', path, { isActive: true, rateLimit: { window: 0, count: 0 } })
    expect(await get(path)).toMatchObject({ isActive: true, rateLimit: null })
    expect((await post(project, key.public)).status).toBe(200)

    expect((await send('DELETE', path)).status).toBe(204)
    expect((await send('GET', path)).status).toBe(404)
    expect((await post(project, key.public)).status).toBe(403)
    expect(await keys()).toHaveLength(1)
  })

  it('are refused by name when they make no sense, and belong to their project', async () => {
    const project = await makeProject()
    const other = await makeProject()
    const foreign = `${pathOf(project)}/keys/${other.publicKey}/`
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const body = method === 'PUT' ? { isActive: false } : undefined
      expect([method, (await send(method, foreign, body)).status]).toEqual([method, 404])
    }
    expect((await send('GET', `${pathOf(project)}/keys/nonsense/`)).status).toBe(404)
    const refusals: [body: unknown, field: string][] = [
      [{ name: '' }, 'name'],
      [{ isActive: 'no' }, 'isActive'],
      [{ rateLimit: { window: -1, count: 1 } }, 'rateLimit'],
      [{ rateLimit: 5 }, 'rateLimit'],
    ]
    for (const [body, field] of refusals) {
      const answer = await send('POST', `${pathOf(project)}/keys/`, body)
      expect([body, answer.status, Object.keys((await answer.json()) as object)]).toEqual([
        body,
        400,
        [field],
      ])
    }
  })
})

describe('the ledger', () => {
  it('balances, and stats_v2 adds up to the same', async () => {
    const project = await makeProject()
    for (let i = 0; i < 3; i += 1) await post(project)
    const id = newEventId()
    const twice = makeEnvelope({ event_id: id }, [{ type: 'event' }, '{"message":"again"}'])
    await sendEnvelope(project, twice)
    await sendEnvelope(project, twice)
    await settledLedger(project)
    const ledger = Ledger.parse(await get(`${pathOf(project)}/ledger/`))
    expect(ledger).toMatchObject({
      received: 5,
      accepted: 4,
      outcomes: [{ outcome: 'invalid', reason: 'duplicate', category: 'error', quantity: 1 }],
      categories: [
        { category: 'error', unit: 'count', received: 5, accepted: 4, inFlight: 0, difference: 0 },
      ],
      inFlight: { items: 0, packs: 0, oldestAt: null },
      deadLetters: 0,
      difference: 0,
    })
    expect(await get(`${pathOf(project)}/ledger/?statsPeriod=24h`)).toEqual(ledger)
    expect((await send('GET', `${pathOf(project)}/ledger/?statsPeriod=x`)).status).toBe(400)

    const search = `project=${project.id}&field=sum(quantity)&groupBy=outcome&groupBy=reason&groupBy=category`
    const stats = Stats.parse(
      await get(`/organizations/acme/stats_v2/?${search}&statsPeriod=24h&interval=1h`),
    )
    expect(stats.intervals).toHaveLength(25)
    const totals = stats.groups.map(({ by, totals }) => [by, totals['sum(quantity)']])
    expect(totals).toEqual(
      expect.arrayContaining([
        [{ outcome: 'accepted', reason: null, category: 'error' }, 4],
        [{ outcome: 'invalid', reason: 'duplicate', category: 'error' }, 1],
      ]),
    )
    for (const { series, totals } of stats.groups) {
      const values = series['sum(quantity)']!
      expect(values).toHaveLength(stats.intervals.length)
      expect(values.reduce((sum, value) => sum + value, 0)).toBe(totals['sum(quantity)'])
    }
    const byProject = Stats.parse(
      await get(
        `/organizations/acme/stats_v2/?project=${project.id}&groupBy=project&interval=1d&statsPeriod=7d&outcome=accepted`,
      ),
    )
    expect(byProject.groups).toMatchObject([
      { by: { project: project.id }, totals: { 'sum(quantity)': 4 } },
    ])
    expect(Stats.parse(await get(`${pathOf(project)}/stats_v2/?category=session`)).groups).toEqual(
      [],
    )
  })

  it('refuses to add up what it does not know', async () => {
    for (const query of [
      'field=sum(bytes)',
      'groupBy=colour',
      'interval=1s',
      'interval=x',
      'interval=1m&statsPeriod=90d',
      'statsPeriod=never',
      'start=2026-01-01',
    ]) {
      const answer = await send('GET', `/organizations/acme/stats_v2/?${query}`)
      expect([query, answer.status, await answer.json()]).toEqual([
        query,
        400,
        { detail: expect.any(String) },
      ])
    }
  })
})

describe('dead letters', () => {
  it('are seen, and processed when they are replayed', async () => {
    const project = await makeProject()
    const letters = () => get(`${pathOf(project)}/dead-letters/`)
    expect(await letters()).toEqual([])
    const { message, made } = await shipEvents(project, [{ event: makeError('Buried') }])
    const now = Date.now()
    await recordDeadLetter(stores, message, now - 5000)
    await recordDeadLetter(stores, message, now)
    expect(await letters()).toEqual([
      {
        id: message.packId,
        month: message.month,
        items: 1,
        bytes: message.bytes,
        failures: 2,
        firstFailed: new Date(now - 5000).toISOString(),
        lastFailed: new Date(now).toISOString(),
      },
    ])
    expect(await get(`${pathOf(project)}/ledger/`)).toMatchObject({ deadLetters: 1 })
    const replayed = await send('POST', `${pathOf(project)}/dead-letters/replay/`, {})
    expect(await replayed.json()).toEqual({ replayed: [message.packId], remaining: 0 })
    expect(await letters()).toEqual([])
    await vi.waitUntil(
      async () =>
        (await send('GET', `${pathOf(project)}/events/${made[0]!.eventId}/`)).status === 200,
      { timeout: 10_000, interval: 100 },
    )
  })

  it('are replayed by id, each of its own project only', async () => {
    const project = await makeProject()
    const other = await makeProject()
    const mine = await shipEvents(project, [{ event: makeError('Mine') }])
    const also = await shipEvents(project, [{ event: makeError('Also') }])
    const theirs = await shipEvents(other, [{ event: makeError('Theirs') }])
    for (const { message } of [mine, also, theirs])
      await recordDeadLetter(stores, message, Date.now())
    const first = await send('GET', `${pathOf(project)}/dead-letters/?per_page=1`)
    expect(linksOf(first).next).toBe('0:1:0')
    const ids = [mine.message.packId, theirs.message.packId]
    const replayed = await send('POST', `${pathOf(project)}/dead-letters/replay/`, { ids })
    expect(await replayed.json()).toEqual({ replayed: [mine.message.packId], remaining: 1 })
    expect(await get(`${pathOf(other)}/dead-letters/`)).toMatchObject([
      { id: theirs.message.packId },
    ])
    for (const body of [{ ids: ['x'] }, { ids: 'all' }, { ids: [7] }]) {
      const answer = await send('POST', `${pathOf(project)}/dead-letters/replay/`, body)
      expect([body, answer.status, Object.keys((await answer.json()) as object)]).toEqual([
        body,
        400,
        ['ids'],
      ])
    }
  })
})

describe('the first event', () => {
  it('is told to who waits for it', async () => {
    const project = await makeProject()
    expect(await get(`${pathOf(project)}/`)).toMatchObject({ firstEvent: null })
    await applyEvents(project, [{ event: makeError('First') }])
    expect(await get(`${pathOf(project)}/`)).toMatchObject({
      firstEvent: expect.stringMatching(/Z$/),
    })
  })
})
