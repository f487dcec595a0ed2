import { gzipSync } from 'node:zlib'

import fc from 'fast-check'
import { expect, inject, it } from 'vitest'

import { settledLedger } from '../picket.ts'

const { url, projectId, publicKey, dsn } = inject('picket')
const RUNS = 600
const EVENT_ID = 'e'.repeat(32)

const word = fc.oneof(
  fc.constantFrom('nightly', EVENT_ID, '__proto__', '..', '%2e%2e', '%00', 'ok', String(projectId)),
  fc
    .string({ unit: 'binary', maxLength: 12 })
    .map((text) => encodeURIComponent(text.toWellFormed())),
)

/** Every endpoint, with a project that is mostly the right one. */
const endpoint = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: fc.constant(projectId) }, word),
    fc.constantFrom(
      'envelope/',
      'store/',
      'security/',
      'csp-report/',
      'nel/',
      'minidump/',
      'events/{}/attachments/',
      'cron/{}/',
      'cron/{}/{}/',
      'upload/',
      'upload/{}/',
      'unreal/{}/',
      'integration/otlp/v1/traces/',
      'integration/otlp/v1/logs/',
      'integration/vercel/logs/',
      'integration/heroku/logs/',
      '/embed/error-page/',
      '/note/',
      '/store/',
    ),
    fc.array(fc.oneof(word, fc.constant(publicKey)), { minLength: 2, maxLength: 2 }),
  )
  .map(([project, form, words]) => {
    const filled = words.reduce((path, each) => path.replace('{}', () => each), form)
    return filled.startsWith('/') ? `/api${filled}` : `/api/${project}/${filled}`
  })

const query = fc
  .uniqueArray(
    fc.oneof(
      { weight: 6, arbitrary: fc.constant(`sentry_key=${publicKey}`) },
      fc.constantFrom(
        'sentry_version=7',
        'sentry_version=99',
        `dsn=${encodeURIComponent(dsn)}`,
        `eventId=${EVENT_ID}`,
        'status=ok',
        'length=4',
        'sentry_data=e30=',
        'UserID=a',
      ),
      fc.tuple(word, word).map(([name, value]) => `${name}=${value}`),
    ),
    { maxLength: 5 },
  )
  .map((pairs) => pairs.join('&'))

const headers = fc.dictionary(
  fc.constantFrom(
    'content-type',
    'content-encoding',
    'x-sentry-auth',
    'tus-resumable',
    'upload-length',
    'upload-offset',
    'origin',
  ),
  fc.constantFrom(
    'application/json',
    'application/reports+json',
    'application/octet-stream',
    'application/offset+octet-stream',
    'application/x-sentry-envelope',
    'multipart/form-data; boundary=b',
    'multipart/form-data; boundary=',
    'gzip',
    'br',
    'deflate',
    'zstd',
    '1.0.0',
    '4',
    '-1',
    '99999999999',
    `Sentry sentry_key=${publicKey}`,
    'Sentry a=b=c,,',
    'null',
  ),
  { maxKeys: 4 },
)

const FORM = [
  '--b\r\nContent-Disposition: form-data; name="upload_file_minidump"; filename="a.dmp"\r\n\r\nMDMP',
  '--b\r\nContent-Disposition: form-data; name="sentry[tags][a]"\r\n\r\n1',
  '--b--\r\n',
].join('\r\n')

const body = fc.oneof(
  fc.constantFrom(
    FORM,
    FORM.slice(0, 90),
    '{}\n{"type":"event"}\n{"message":"fuzz"}\n',
    `{"dsn":"${dsn}"}\n{"type":"attachment","length":4}\nfour\n`,
    '{"message":"fuzz"}',
    '[{"type":"network-error","body":{}}]',
    '{"csp-report":{"document-uri":"https://a.example/","violated-directive":"img-src"}}',
    'name=a&comments=b',
    '',
  ),
  fc.json(),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes)),
  fc.json().map((text) => new Uint8Array(gzipSync(text))),
)

it('whatever is asked of any endpoint is answered below 500, and accounted for', async () => {
  const statuses = new Map<number, number>()
  const ask = fc.record({
    endpoint,
    query,
    headers,
    body,
    method: fc.oneof(
      { weight: 6, arbitrary: fc.constant('POST') },
      fc.constantFrom('GET', 'PATCH', 'PUT', 'OPTIONS', 'DELETE'),
    ),
  })
  await fc.assert(
    fc.asyncProperty(ask, async (request) => {
      const hasBody = request.method !== 'GET'
      const answer = await fetch(`${url}${request.endpoint}?${request.query}`, {
        method: request.method,
        headers: request.headers,
        ...(hasBody ? { body: request.body } : {}),
        redirect: 'manual',
      })
      await answer.arrayBuffer()
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      expect(answer.status).toBeLessThan(500)
      // Nothing redirects: SDKs do not follow.
      expect([301, 302, 307, 308]).not.toContain(answer.status)
    }),
    { numRuns: RUNS },
  )
  // A generator that never gets past the door would prove nothing.
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 405, 415]))
  expect((await settledLedger()).difference).toBe(0)
})
