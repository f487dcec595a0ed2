import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import { describe, expect, inject, it } from 'vitest'

const { url, projectId, publicKey, dsn } = inject('picket')
const EDGE = path.resolve(import.meta.dirname, '../../../workers/edge')
const BASE = `/api/${projectId}`
const KEY = `?sentry_key=${publicKey}`
const EVENT_ID = 'f'.repeat(32)
const TUS = { 'tus-resumable': '1.0.0' }
const PATCH = { ...TUS, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }

interface Ask {
  path: string
  method?: string
  headers?: Record<string, string>
  body?: BodyInit
}

const envelope = (body: BodyInit, headers: Record<string, string> = {}): Ask => ({
  path: `${BASE}/envelope/${KEY}`,
  body,
  headers,
})
const store = (body: BodyInit): Ask => ({ path: `${BASE}/store/${KEY}`, body })
const json = (endpoint: string, body: string, type = 'application/json'): Ask => ({
  path: `${BASE}/${endpoint}/${KEY}`,
  body,
  headers: { 'content-type': type },
})
const claim = (auth: string): Ask => ({
  path: `${BASE}/envelope/`,
  body: '{}',
  headers: { 'x-sentry-auth': auth },
})
const dump = (bytes: Uint8Array<ArrayBuffer> | null): Ask => {
  const form = new FormData()
  form.set('prod', 'Game')
  if (bytes) form.set('upload_file_minidump', new Blob([bytes]), 'crash.dmp')
  return { path: `${BASE}/minidump/${KEY}`, body: form }
}
const dialog = (query: string, method = 'GET', body?: string): Ask => ({
  path: `/api/embed/error-page/?${query}`,
  method,
  ...(body === undefined
    ? {}
    : { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
})
const upload = (headers: Record<string, string>): Ask => ({
  path: `${BASE}/upload/${KEY}`,
  headers: { ...TUS, ...headers },
})
const patch = (location: string, headers: Record<string, string>, body = ''): Ask => ({
  path: `${location}${location.includes('?') ? '&' : '?'}${KEY.slice(1)}`,
  method: 'PATCH',
  headers: { ...PATCH, ...headers },
  body,
})

/** Every named refusal of the edge, and a request that earns it. */
const REFUSALS: [detail: string, ask: Ask][] = [
  ['missing authorization information', { path: `${BASE}/envelope/`, body: '{}' }],
  [
    'multiple authorization payloads detected',
    envelope('{}', { 'x-sentry-auth': `Sentry sentry_key=${publicKey}` }),
  ],
  ['bad x-sentry-auth header', claim('Sentry sentry_version=7')],
  ['unsupported protocol version (99)', claim(`Sentry sentry_version=99, sentry_key=${publicKey}`)],
  ['bad sentry DSN public key', claim('Sentry sentry_key=zz')],
  [
    'event submission rejected with_reason: ProjectId',
    claim(`Sentry sentry_key=${'0'.repeat(32)}`),
  ],
  ['bad envelope authentication header', { path: '/api/note/', body: '{"dsn":"x"}\n' }],
  ['bad project path parameter', { path: `/api/shop/envelope/${KEY}`, body: '{}' }],
  ['not found', { path: `${BASE}/nothing/${KEY}`, body: '{}' }],
  ['method not allowed', { path: `${BASE}/envelope/${KEY}`, method: 'GET' }],
  ['empty request body', envelope('')],
  ['empty request body', store('')],
  ['empty request body', json('security', '')],
  ['invalid request body', envelope('no gzip', { 'content-encoding': 'gzip' })],
  ['invalid request body', store('not base64!')],
  ['unsupported content encoding: lzma', envelope('{}', { 'content-encoding': 'lzma' })],
  ['request body exceeds 1048576 bytes', store('x'.repeat(1_048_577))],
  ['invalid event envelope', envelope('[]')],
  ['invalid event envelope', envelope(`{"dsn":"http://${'0'.repeat(32)}@h/1"}\n`)],
  ['envelope contains internal items', envelope('{}\n{"type":"integration"}\n{}')],
  [
    "envelope exceeded size limits for type 'check_in'",
    envelope(`{}\n{"type":"check_in"}\n"${'x'.repeat(200_000)}"`),
  ],
  ['invalid JSON data', json('security', 'x')],
  ['invalid JSON data: expected an object', store('{"a":')],
  ['unsupported media type: text/plain', json('nel', '[]', 'text/plain')],
  ['unsupported media type: text/plain', json('minidump', 'x', 'text/plain')],
  [
    'unsupported media type: expected multipart/form-data',
    json(`events/${EVENT_ID}/attachments`, '{}'),
  ],
  [
    'invalid multipart data',
    json(`events/${EVENT_ID}/attachments`, '--b\r\nno', 'multipart/form-data; boundary=b'),
  ],
  ['bad event id', json('events/zz/attachments', '{}')],
  ['invalid check-in', { path: `${BASE}/cron/nightly/${KEY}` }],
  ['missing minidump', dump(null)],
  ['invalid minidump', dump(new Uint8Array(Buffer.from('MZ')))],
  [
    'invalid compression container',
    dump(new Uint8Array(gzipSync(Buffer.alloc(9000, 'MDMP')).subarray(0, 30))),
  ],
  ['invalid unreal crash report', { path: `${BASE}/unreal/${publicKey}/`, body: 'x' }],
  ['bad eventId', dialog(`dsn=${encodeURIComponent(dsn)}&eventId=1`)],
  ['unknown dsn', dialog(`dsn=x&eventId=${EVENT_ID}`)],
  [
    'invalid user report',
    dialog(`dsn=${encodeURIComponent(dsn)}&eventId=${EVENT_ID}`, 'POST', 'name=Ada'),
  ],
  ['invalid upload', upload({ 'upload-length': 'many' })],
  ['an upload may have 1073741824 bytes', upload({ 'upload-length': '2000000000' })],
  ['bad upload location', patch(`${BASE}/upload/nowhere/?length=4`, {}, 'four')],
  [
    'event submission rejected with_reason: FeatureDisabled(otlp-traces)',
    json('integration/otlp/v1/traces', '{}'),
  ],
  [
    'event submission rejected with_reason: FeatureDisabled(vercel-logs)',
    json('integration/vercel/logs', '{}'),
  ],
]

/** What an outage earns (gate/project-gate.test.ts), and a quota (tests/journey/envelope.test.ts). */
const EARNED_ELSEWHERE = [
  'failed to queue envelope',
  'event submission rejected due to rate limits',
]

async function ask({ path: to, method, headers = {}, body }: Ask) {
  const verb = method ?? (body === undefined && !to.includes('/upload/') ? 'GET' : 'POST')
  // A body that is refused unread ends its connection, so none is used twice.
  const answer = await fetch(`${url}${to}`, {
    method: verb,
    headers: { ...headers, connection: 'close' },
    body,
    redirect: 'manual',
  })
  await answer.text()
  return answer
}

describe('every named refusal', () => {
  it.each(REFUSALS)('%s', async (detail, request) => {
    const answer = await ask(request)
    expect(answer.headers.get('x-sentry-error')).toBe(detail)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })

  it('of an upload that is under way', async () => {
    const open = async (length: number) =>
      (await ask(upload({ 'upload-length': String(length) }))).headers.get('location') ?? ''
    const location = await open(4)
    const late = await ask(patch(location, { 'upload-offset': '2' }, 'ur'))
    const short = await ask(patch(location, {}, 'fo'))
    const whole = await ask(patch(location, {}, 'four'))
    const again = await ask(patch(whole.headers.get('location') ?? '', {}, 'four'))
    const details = [late, short, again].map((answer) => answer.headers.get('x-sentry-error'))
    expect(details).toEqual([
      'an upload is sent in one request, from offset 0',
      'announced 4 bytes, got 2',
      'the upload is finished',
    ])
    for (const detail of details) seen.add(detail ?? '')
  })

  it('of the edge is in this list', () => {
    for (const [detail] of REFUSALS) seen.add(detail)
    const named = readdirSync(EDGE, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => namesIn(readFileSync(path.join(EDGE, file), 'utf8')))
    expect(named.length).toBeGreaterThan(30)
    const missing = named.filter((name) => {
      const form = pattern(name)
      return !EARNED_ELSEWHERE.includes(name) && ![...seen].some((detail) => form.test(detail))
    })
    expect(missing).toEqual([])
  })
})

const seen = new Set<string>()

/** Texts of `detail: '…'` and `detail = '…'` in a source file. */
function namesIn(source: string): string[] {
  return [...source.matchAll(/\bdetail(?:: | = )(?:'([^']+)'|`([^`]+)`)/g)].map(
    ([, plain, template]) => plain ?? template ?? '',
  )
}

/** A template as an expression: what it puts in may be anything. */
function pattern(name: string): RegExp {
  const parts = name.split(/\$\{[^}]*\}/).map((part) => part.replace(/[^\w ]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`)
}
