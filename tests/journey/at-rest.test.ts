import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { HARMLESS_SENTENCES, HARMLESS_TEXTS } from '../fixture/harmless-texts.ts'
import { needlesOf } from '../fixture/plant.ts'
import { PLANTED_ITEMS, token } from '../fixture/planted-items.ts'
import { PLANTED_SECRETS } from '../fixture/planted-secrets.ts'
import { ask, makeUser } from './api-world.ts'
import { type Resting, readResting, watchPassing } from './at-rest.ts'
import { fetchProduct, makeEnvelope, outcomesOf, sendEnvelope, settledLedger } from './send.ts'
import { env, makeProject, newEventId, type TestProject } from './world.ts'

let passing: Resting[]
beforeAll(() => {
  passing = watchPassing()
})
afterAll(() => {
  vi.restoreAllMocks()
})

/** `place: secret` for every place in which one of the secrets rests. */
async function leaksOf(project: TestProject, secrets: { name: string; secret: string }[]) {
  const resting = [...(await readResting(project)), ...passing]
  return secrets.flatMap(({ name, secret }) => {
    const needles = needlesOf(secret)
    const found = resting.filter(({ text }) => needles.some((needle) => text.includes(needle)))
    return [...new Set(found.map(({ place }) => `${name}: ${place}`))]
  })
}

async function sendEvent(project: TestProject, payload: Record<string, unknown>): Promise<string> {
  const event_id = newEventId()
  const type = payload['type'] === 'transaction' ? 'transaction' : 'event'
  const item = JSON.stringify(type === 'event' ? payload : atPresent(payload))
  const answer = await sendEnvelope(project, makeEnvelope({ event_id }, [{ type }, item]))
  expect(answer.status).toBe(200)
  return event_id
}

/** Transactions of the fixture are years old. */
function atPresent(payload: Record<string, unknown>): Record<string, unknown> {
  return { ...payload, start_timestamp: Date.now() / 1000 - 1, timestamp: Date.now() / 1000 }
}

const post = (project: TestProject, path: string, body: BodyInit, headers: HeadersInit = {}) =>
  fetchProduct(`/api/${project.id}/${path}`, {
    method: 'POST',
    body,
    headers: { 'x-sentry-auth': `Sentry sentry_key=${project.publicKey}`, ...headers },
  })

describe('nothing unscrubbed rests', () => {
  it('of errors and transactions, whatever field carries the secret', async () => {
    const project = await makeProject()
    for (const { payload } of PLANTED_SECRETS) await sendEvent(project, payload)
    const secrets = [...PLANTED_SECRETS]
    // Before it is shipped, too.
    expect(await leaksOf(project, secrets)).toEqual([])
    await settledLedger(project)
    expect(await leaksOf(project, secrets)).toEqual([])
    expect(secrets.length).toBeGreaterThanOrEqual(60)
  }, 240_000)

  it('of all other kinds of items', async () => {
    const project = await makeProject()
    for (const { name, item } of PLANTED_ITEMS) {
      const answer = await sendEnvelope(project, makeEnvelope({ event_id: newEventId() }, item))
      expect([name, answer.status]).toEqual([name, 200])
    }
    // All but what carries no data of its own was kept, or nothing would be shown here.
    const lost = (await outcomesOf(project)).filter((outcome) => !outcome.includes(' accepted'))
    expect(lost).toEqual([expect.stringMatching(/^error client_discard \[Filtered]: 1$/)])
    expect(await leaksOf(project, [...PLANTED_ITEMS])).toEqual([])
  }, 120_000)

  it('of what other endpoints bring, in any encoding', async () => {
    const project = await makeProject()
    const planted: { name: string; secret: string }[] = []
    const secretFor = (name: string) => {
      const secret = token()
      planted.push({ name, secret })
      return secret
    }
    const event = (name: string) => JSON.stringify({ message: `refused ${secretFor(name)}` })
    const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64')
    const envelope = (name: string) =>
      makeEnvelope({ event_id: newEventId() }, [{ type: 'event' }, event(name)])
    const key = `sentry_key=${project.publicKey}`

    const answers = [
      await post(project, 'store/', event('store')),
      await post(project, 'store/', base64(event('store, base64'))),
      await post(project, 'store/', base64(deflateSync(event('store, base64 of zlib')))),
      await fetchProduct(
        `/api/${project.id}/store/?${key}&sentry_data=${encodeURIComponent(base64(event('GET store')))}`,
      ),
      await sendEnvelope(project, gzipSync(envelope('gzip')), { 'content-encoding': 'gzip' }),
      await sendEnvelope(project, zstdCompressSync(envelope('zstd')), {
        'content-encoding': 'zstd',
      }),
      await post(project, 'envelope/', envelope('headers'), {
        'x-sentry-auth': `Sentry ${key}, sentry_client=sdk/${secretFor('client of the header')}, sentry_secret=${secretFor('secret of the header')}`,
        'user-agent': secretFor('agent'),
        referer: `https://x.example/?token=${secretFor('referrer')}`,
        cookie: `sessionid=${secretFor('cookie')}`,
      }),
      await post(
        project,
        'security/',
        JSON.stringify({
          'csp-report': {
            'violated-directive': 'img-src',
            'blocked-uri': `https://x.example/?token=${secretFor('security endpoint')}`,
          },
        }),
        { 'content-type': 'application/csp-report', 'user-agent': secretFor('agent of a browser') },
      ),
      await fetchProduct(
        `/api/${project.id}/cron/${secretFor('cron, slug')}/${project.publicKey}/?status=ok&environment=${secretFor('cron, environment')}`,
      ),
      await fetchProduct(
        `/api/embed/error-page/?eventId=${newEventId()}&dsn=${encodeURIComponent(project.dsn)}`,
        {
          method: 'POST',
          body: new URLSearchParams({
            name: 'Jane',
            email: 'jane@example.org',
            comments: `I pasted ${secretFor('report dialog')}`,
          }),
        },
      ),
      await post(project, `events/${newEventId()}/attachments/`, formOf('note.txt')),
      await post(project, 'minidump/', minidumpForm()),
    ]
    expect(answers.map(({ status }) => status).filter((status) => status >= 400)).toEqual([])
    await settledLedger(project)
    expect(await leaksOf(project, planted)).toEqual([])

    function formOf(name: string): FormData {
      const form = new FormData()
      form.set(
        secretFor('form, name of a part'),
        new File(['x'], `${secretFor('form, file')}-${name}`),
      )
      return form
    }

    function minidumpForm(): FormData {
      const form = formOf('crash.log')
      form.set('upload_file_minidump', new File(['MDMP....'], 'crash.dmp'))
      form.set('password', secretFor('minidump, field'))
      form.set('note', `key ${secretFor('minidump, field in words')}`)
      form.set('sentry[extra][api_key]', secretFor('minidump, sentry[…]'))
      form.set('sentry', JSON.stringify({ tags: { note: secretFor('minidump, sentry') } }))
      return form
    }
  }, 60_000)

  it('which a search of the stores would find, if it were there', async () => {
    const project = await makeProject({ options: { scrubbing: { enabled: false } } })
    const secret = token()
    const message = { message: `refused ${secret}`, tags: { note: secret }, release: secret }
    await sendEvent(project, message)
    await sendEnvelope(
      project,
      makeEnvelope({ event_id: newEventId() }, [{ type: 'attachment', filename: secret }, secret]),
    )
    console.info(`seen ${secret}`)
    await settledLedger(project)
    const places = await leaksOf(project, [{ name: 'it', secret }])
    expect(places).toEqual(
      expect.arrayContaining([
        'it: D1 issue',
        'it: month table event',
        'it: month table attachment',
        'it: R2 pack',
        'it: console.info',
      ]),
    )
    expect(passing.some(({ place }) => place.startsWith('queue message'))).toBe(true)
  })
})

describe('what is no secret rests as it came', () => {
  it('in every place of an event', async () => {
    const project = await makeProject()
    const user = await makeUser(1)
    const texts = [...HARMLESS_TEXTS, ...HARMLESS_SENTENCES]
    expect(texts.length).toBeGreaterThanOrEqual(40)
    const events = texts.map(({ text }, index) => {
      const isSentence = index >= HARMLESS_TEXTS.length
      const messages = { exception: { values: [{ type: 'Error', value: text }] } }
      const data = {
        extra: { note: text },
        breadcrumbs: {
          values: [{ timestamp: 1_700_000_000, message: text, data: { note: text } }],
        },
      }
      return isSentence ? messages : { ...messages, ...data }
    })
    const ids: string[] = []
    for (const event of events) ids.push(await sendEvent(project, event))
    await settledLedger(project)
    for (const [index, id] of ids.entries()) {
      const answer = await ask(user, `/projects/acme/${project.slug}/events/${id}/json/`)
      expect(await answer.json()).toMatchObject(events[index]!)
    }
  }, 120_000)
})

describe('what people write to be answered', () => {
  it('keeps their name and address, and all they say but secrets', async () => {
    // Even where addresses are scrubbed elsewhere: these were given by hand.
    const project = await makeProject({ options: { scrubbing: { scrubIpAddresses: true } } })
    const event_id = newEventId()
    const words = 'The author page broke; write to jane@example.org or call 555-123-4567'
    const feedback = { message: words, name: 'Jane Pass', contact_email: 'jane@example.org' }
    const report = { event_id, comments: words, name: 'Jane Pass', email: 'jane@example.org' }
    const body = makeEnvelope(
      { event_id: newEventId() },
      [{ type: 'feedback' }, JSON.stringify({ contexts: { feedback } })],
      [{ type: 'user_report' }, JSON.stringify(report)],
    )
    await sendEnvelope(project, body)
    await settledLedger(project)
    const month = new Date().toISOString().slice(0, 7)
    const store = env.PROJECT_STORE.getByName(`${project.id}:${month}`)
    const written = await store.listFeedback(Date.now() + 1, 10)
    const expected = { message: words, name: 'Jane Pass', email: 'jane@example.org' }
    expect(written).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)])
  })
})
