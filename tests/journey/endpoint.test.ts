import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

import {
  fetchProduct,
  makeEnvelope,
  outcomesOf,
  type SentItem,
  sendEnvelope,
  utf8,
} from './send.ts'
import { env, makeProject, newEventId, type TestProject } from './world.ts'

const storeOf = ({ id }: TestProject) =>
  env.PROJECT_STORE.getByName(`${id}:${new Date().toISOString().slice(0, 7)}`)

const titlesOf = async ({ id }: TestProject) =>
  (
    await env.DB.prepare('SELECT title FROM issue WHERE project_id = ? ORDER BY short_number')
      .bind(id)
      .all<{ title: string }>()
  ).results.map(({ title }) => title)

function post(project: TestProject, path: string, init: RequestInit): Promise<Response> {
  const separator = path.includes('?') ? '&' : '?'
  return fetchProduct(`/api/${project.id}/${path}${separator}sentry_key=${project.publicKey}`, {
    method: 'POST',
    ...init,
  })
}

const DUMP = new Uint8Array([...utf8('MDMP'), ...new Uint8Array(400_000).fill(3)])

function crashForm(dump: Uint8Array, fields: Record<string, string> = {}): FormData {
  const form = new FormData()
  form.set('upload_file_minidump', new Blob([dump]), 'crash.dmp')
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

describe('browser reports', () => {
  it('become events, with the release of the address', async () => {
    const project = await makeProject()
    const report = {
      'csp-report': {
        'document-uri': 'https://shop.example/',
        'violated-directive': 'img-src',
        'blocked-uri': 'https://evil.example/x.png',
      },
    }
    for (const path of ['security/?sentry_release=shop@1', 'csp-report/']) {
      const answer = await post(project, path, {
        body: JSON.stringify(report),
        headers: { 'content-type': 'application/csp-report' },
      })
      expect([answer.status, await answer.text()]).toEqual([200, ''])
    }
    expect(await outcomesOf(project)).toEqual(['security accepted: 2'])
  })

  it('come as lists too, and each counts', async () => {
    const project = await makeProject()
    const body = {
      type: 'network-error',
      age: 1,
      url: 'https://shop.example/',
      body: { type: 'tcp.timed_out', phase: 'connection' },
    }
    const answer = await post(project, 'nel/', {
      body: JSON.stringify([body, body]),
      headers: { 'content-type': 'application/reports+json' },
    })
    expect(answer.status).toBe(200)
    expect(await outcomesOf(project)).toEqual(['security accepted: 2'])
  })

  it('are refused in another media type, and when they are not JSON', async () => {
    const project = await makeProject()
    const status = async (body: string, type: string) =>
      (await post(project, 'security/', { body, headers: { 'content-type': type } })).status
    expect(await status('{}', 'text/plain')).toBe(415)
    expect(await status('{', 'application/json')).toBe(400)
    expect(await status('', 'application/json')).toBe(400)
  })
})

describe('cron check-ins', () => {
  it('come by a URL with the key in it (gotchas 18 to 20)', async () => {
    const project = await makeProject()
    const url = `/api/${project.id}/cron/nightly/${project.publicKey}/?status=ok&duration=2.5&environment=qa`
    expect((await fetchProduct(url)).status).toBe(202)
    const json = await fetchProduct(`/api/${project.id}/cron/hourly/`, {
      method: 'POST',
      body: JSON.stringify({ status: 'in_progress', monitor_slug: 'ignored', duration: 3 }),
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${btoa(`${project.publicKey}:`)}`,
      },
    })
    expect(json.status).toBe(202)
    expect(await outcomesOf(project)).toEqual(['monitor accepted: 2'])
    const monitors = await storeOf(project).listMonitors()
    expect(monitors.map(({ slug, status, environment }) => [slug, status, environment])).toEqual([
      ['hourly', 'in_progress', 'production'],
      ['nightly', 'ok', 'qa'],
    ])
  })

  it('are refused without a status, and with two keys', async () => {
    const project = await makeProject()
    const url = `/api/${project.id}/cron/nightly/${project.publicKey}/`
    expect((await fetchProduct(url)).status).toBe(400)
    expect((await fetchProduct(`${url}?status=ok&sentry_key=${project.publicKey}`)).status).toBe(
      401,
    )
  })
})

describe('attachments to an event', () => {
  it('are kept under the event they name', async () => {
    const project = await makeProject()
    const id = newEventId()
    const form = new FormData()
    form.set('log', new Blob(['line one'], { type: 'text/plain' }), 'app.log')
    form.set('shot', new Blob([new Uint8Array(300_000)]), 'screen.png')
    const answer = await post(project, `events/${id}/attachments/`, { body: form })
    expect([answer.status, await answer.text()]).toEqual([201, ''])
    expect(await outcomesOf(project)).toEqual([
      'attachment accepted: 300008',
      'attachment_item accepted: 2',
    ])
    const names = (await storeOf(project).listAttachments([id])).map(({ name, bytes }) => [
      name,
      bytes,
    ])
    expect(names).toEqual([
      ['app.log', 8],
      ['screen.png', 300_000],
    ])
  })

  it('are refused under a malformed event id, and out of form (gotcha 22)', async () => {
    const project = await makeProject()
    const form = new FormData()
    form.set('a', new Blob(['x']), 'a')
    expect((await post(project, 'events/nonsense/attachments/', { body: form })).status).toBe(400)
    const id = newEventId()
    expect((await post(project, `events/${id}/attachments/`, { body: 'x' })).status).toBe(415)
    const broken = await post(project, `events/${id}/attachments/`, {
      body: '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nno end',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    })
    expect([broken.status, ((await broken.json()) as { detail: string }).detail]).toEqual([
      400,
      'invalid multipart data',
    ])
  })
})

describe('a minidump', () => {
  it('becomes an error event with its dump kept, and is answered with a UUID', async () => {
    const project = await makeProject()
    const id = newEventId()
    const sentry = JSON.stringify({ event_id: id, release: 'game@1.0', tags: { gpu: 'none' } })
    const answer = await post(project, 'minidump/', {
      body: crashForm(DUMP, { sentry, prod: 'Game' }),
    })
    expect(answer.status).toBe(200)
    expect((await answer.text()).replaceAll('-', '')).toBe(id)
    expect(await titlesOf(project).then(() => outcomesOf(project))).toContain('error accepted: 1')
    expect(await titlesOf(project)).toEqual(['Minidump: Native crash, not yet symbolicated'])
    const [dump] = await storeOf(project).listAttachments([id])
    expect(dump).toMatchObject({ name: 'crash.dmp', type: 'event.minidump', bytes: DUMP.length })
  })

  it('may come raw, compressed, or in a form within the form', async () => {
    const project = await makeProject()
    const raw = await post(project, 'minidump', {
      body: DUMP,
      headers: { 'content-type': 'application/x-dmp' },
    })
    const zipped = await post(project, 'minidump/', { body: crashForm(gzipSync(DUMP)) })
    const inner = new Uint8Array([
      ...utf8(
        '--inner\r\nContent-Disposition: form-data; name="upload_file_minidump"; filename="x.dmp"\r\n\r\n',
      ),
      ...DUMP,
      ...utf8('\r\n--inner--\r\n'),
    ])
    const nested = await post(project, 'minidump/', { body: crashForm(inner) })
    expect([raw.status, zipped.status, nested.status]).toEqual([200, 200, 200])
    expect(await outcomesOf(project)).toContain('error accepted: 3')
    expect(await outcomesOf(project)).toContain(`attachment accepted: ${3 * DUMP.length}`)
  })

  it('is refused without a dump, with another file, and cut short; nothing stays behind', async () => {
    const project = await makeProject()
    const refusal = async (body: BodyInit, headers = {}) => {
      const answer = await post(project, 'minidump/', { body, headers })
      return [answer.status, ((await answer.json()) as { detail: string }).detail]
    }
    const empty = new FormData()
    empty.set('a', 'b')
    expect(await refusal(empty)).toEqual([400, 'missing minidump'])
    expect(await refusal(crashForm(utf8('MZ not a dump')))).toEqual([400, 'invalid minidump'])
    expect(await refusal(crashForm(gzipSync(DUMP).subarray(0, 200)))).toEqual([
      400,
      'invalid compression container',
    ])
    expect((await refusal('x', { 'content-type': 'text/plain' }))[0]).toBe(415)
    const objects = await env.RAW.list({ prefix: `90d/${project.id}/` })
    expect(objects.objects.filter(({ key }) => key.endsWith('.blob'))).toEqual([])
  })
})

describe('an upload', () => {
  const create = (project: TestProject, length: number) =>
    post(project, 'upload/', {
      headers: { 'tus-resumable': '1.0.0', 'upload-length': String(length) },
    })
  const patch = (project: TestProject, location: string, body: Uint8Array) =>
    fetchProduct(`${location}&sentry_key=${project.publicKey}`, {
      method: 'PATCH',
      body,
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
    })
  const reference = (location: string, length: number): SentItem => [
    {
      type: 'attachment',
      filename: 'big.bin',
      attachment_length: length,
      content_type: 'application/vnd.sentry.attachment-ref+json',
    },
    JSON.stringify({ location, content_type: 'application/x-big' }),
  ]

  it('is announced, sent, and then referred to (gotchas 27 to 29)', async () => {
    const project = await makeProject()
    const bytes = new Uint8Array(6_000_000).fill(5)
    const created = await create(project, bytes.length)
    expect(created.status).toBe(201)
    const open = created.headers.get('location')!
    const sent = await patch(project, open, bytes)
    expect([sent.status, sent.headers.get('upload-offset')]).toEqual([204, '6000000'])
    const final = sent.headers.get('location')!
    expect(final).not.toContain('upload_id')
    const id = newEventId()
    const body = makeEnvelope(
      { event_id: id },
      [{ type: 'event' }, '{"message":"boom"}'],
      reference(final, bytes.length),
    )
    expect((await sendEnvelope(project, body)).status).toBe(200)
    expect(await outcomesOf(project)).toEqual([
      'attachment accepted: 6000000',
      'attachment_item accepted: 1',
      'error accepted: 1',
    ])
    expect(await storeOf(project).listAttachments([id])).toMatchObject([
      { name: 'big.bin', bytes: 6_000_000, contentType: 'application/x-big' },
    ])
  })

  it('is not referred to before it is finished, with a forged signature, or from another project', async () => {
    const project = await makeProject()
    const open = (await create(project, 4)).headers.get('location')!
    const final = (await patch(project, open, utf8('four'))).headers.get('location')!
    const other = await makeProject()
    const refused = [open, final.replace(/.$/, (last) => (last === '0' ? '1' : '0'))]
    for (const location of refused) {
      const body = makeEnvelope(
        {},
        [{ type: 'event' }, '{"message":"boom"}'],
        reference(location, 4),
      )
      expect((await sendEnvelope(project, body)).status).toBe(200)
    }
    await sendEnvelope(other, makeEnvelope({}, reference(final, 4)))
    expect(await outcomesOf(project)).toEqual([
      'attachment invalid invalid_placeholder_attachment: 8',
      'attachment_item invalid invalid_placeholder_attachment: 2',
      'error accepted: 2',
    ])
    expect(await outcomesOf(other)).toEqual([
      'attachment invalid invalid_placeholder_attachment: 4',
      'attachment_item invalid invalid_placeholder_attachment: 1',
    ])
  })

  it('is refused when it is longer, shorter, too long or no upload at all', async () => {
    const project = await makeProject()
    const open = (await create(project, 4)).headers.get('location')!
    expect((await patch(project, open, utf8('fiver'))).status).toBe(413)
    expect((await patch(project, open, utf8('two'))).status).toBe(400)
    expect((await create(project, 2 ** 31)).status).toBe(413)
    expect((await post(project, 'upload/', {})).status).toBe(400)
    expect(
      (await patch(project, open.replace('upload_length=4', 'upload_length=5'), utf8('fiver')))
        .status,
    ).toBe(400)
  })
})

describe('the tunnel', () => {
  it('takes an envelope by its dsn alone, on a path that tells nothing', async () => {
    const project = await makeProject()
    const send = (dsn: string) =>
      fetchProduct('/api/note/', {
        method: 'POST',
        body: makeEnvelope({ dsn }, [{ type: 'event' }, '{"message":"boom"}']),
      })
    expect((await send(project.dsn)).status).toBe(200)
    expect(await outcomesOf(project)).toEqual(['error accepted: 1'])
    expect((await send('https://0123456789abcdef0123456789abcdef@sentry.io/1')).status).toBe(403)
    expect((await fetchProduct('/api/note', { method: 'POST', body: '{}' })).status).toBe(401)
  })
})

describe('the crash-report dialog', () => {
  const path = (project: TestProject, query: Record<string, string>) =>
    `/api/embed/error-page/?${new URLSearchParams({ dsn: project.dsn, ...query })}`

  it("is a script that keeps strangers' words as text, and takes what people write", async () => {
    const project = await makeProject()
    const eventId = newEventId()
    const script = await fetchProduct(path(project, { eventId, title: '</script><b>hi' }))
    expect(script.headers.get('content-type')).toContain('javascript')
    expect(await script.text()).not.toContain('</script>')
    const written = await fetchProduct(path(project, { eventId }), {
      method: 'POST',
      body: new URLSearchParams({ name: 'Jane', email: 'jane@example.org', comments: 'it broke' }),
    })
    expect(written.status).toBe(200)
    expect(await outcomesOf(project)).toEqual(['feedback accepted: 1'])
    expect(await storeOf(project).listFeedbackOf([eventId])).toMatchObject([
      { message: 'it broke', name: 'Jane' },
    ])
  })

  it('refuses a bad event id, a foreign dsn and an empty comment', async () => {
    const project = await makeProject()
    const status = async (query: Record<string, string>, init?: RequestInit) =>
      (await fetchProduct(path(project, query), init)).status
    expect(await status({ eventId: 'x' })).toBe(400)
    expect(await status({ eventId: newEventId(), dsn: 'https://abc@sentry.io/1' })).toBe(404)
    const empty = { method: 'POST', body: new URLSearchParams({ name: 'Jane' }) }
    expect(await status({ eventId: newEventId() }, empty)).toBe(400)
  })
})

describe('signals of other protocols', () => {
  it('are refused in their own words and counted (gotcha 39)', async () => {
    const project = await makeProject()
    const json = await post(project, 'integration/otlp/v1/traces', {
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect([json.status, await json.json()]).toEqual([
      403,
      { code: 7, message: expect.stringContaining('FeatureDisabled') },
    ])
    const proto = await post(project, 'integration/otlp/v1/logs', {
      body: new Uint8Array(4),
      headers: { 'content-type': 'application/x-protobuf' },
    })
    expect(new Uint8Array(await proto.arrayBuffer()).subarray(0, 3)).toEqual(
      Uint8Array.of(0x08, 7, 0x12),
    )
    expect((await post(project, 'integration/vercel/logs/', { body: '[]' })).status).toBe(403)
    const anonymous = await fetchProduct(`/api/${project.id}/otlp/v1/traces/`, {
      method: 'POST',
      body: '{}',
    })
    expect([anonymous.status, await anonymous.json()]).toEqual([
      401,
      { code: 16, message: 'missing authorization information' },
    ])
    expect(await outcomesOf(project)).toEqual([
      'log_item invalid feature_disabled: 2',
      'span invalid feature_disabled: 1',
    ])
  })
})
