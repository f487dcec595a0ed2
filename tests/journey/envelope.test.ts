import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

import {
  fetchProduct,
  makeEnvelope,
  outcomesOf,
  sendEnvelope,
  settledLedger,
  utf8,
} from './send.ts'
import { env, makeProject, newEventId } from './world.ts'

const EVENT = JSON.stringify({ message: 'cart total is NaN', level: 'error' })
const COMPRESSORS = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
}

const objectsOf = async (projectId: number) =>
  (await env.RAW.list({ prefix: `90d/${projectId}/` })).objects.filter(({ key }) =>
    key.endsWith('.blob'),
  )

describe('an envelope', () => {
  it('is accepted with its id, in every encoding', async () => {
    const project = await makeProject()
    for (const [encoding, compress] of Object.entries(COMPRESSORS)) {
      const id = newEventId()
      const body = compress(makeEnvelope({ event_id: id }, [{ type: 'event' }, EVENT]))
      const answer = await sendEnvelope(project, body, { 'content-encoding': encoding })
      expect([encoding, answer.status, await answer.json()]).toEqual([encoding, 200, { id }])
    }
    expect(await outcomesOf(project)).toEqual(['error accepted: 4'])
  })

  it('is given an id when an item needs one, and answers {} when none does', async () => {
    const project = await makeProject()
    const event = await sendEnvelope(project, makeEnvelope({}, [{ type: 'event' }, EVENT]))
    expect(await event.json()).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/) })
    const report = await sendEnvelope(project, makeEnvelope({}, [{ type: 'client_report' }, '{}']))
    expect(await report.json()).toEqual({})
  })

  it('may authenticate by the dsn of its first line', async () => {
    const project = await makeProject()
    const send = (dsn: string) =>
      fetchProduct(`/api/${project.id}/envelope/`, {
        method: 'POST',
        body: makeEnvelope({ dsn }, [{ type: 'event' }, EVENT]),
        headers: { 'x-sentry-auth': '' },
      })
    expect((await send(project.dsn)).status).toBe(200)
    expect((await send(project.dsn.replace(/\w{4}@/, '0000@'))).status).toBe(403)
    expect((await send('nonsense')).status).toBe(401)
  })

  it('keeps a large attachment byte for byte, in an object of its own, however it came', async () => {
    const project = await makeProject()
    const bytes = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 7) >> 2)
    const body = makeEnvelope(
      {},
      [{ type: 'event' }, EVENT],
      [{ type: 'attachment', filename: 'core.bin' }, bytes],
      [{ type: 'attachment', filename: 'note.txt' }, 'small'],
    )
    expect((await sendEnvelope(project, body)).status).toBe(200)
    expect(
      (await sendEnvelope(project, gzipSync(body), { 'content-encoding': 'gzip' })).status,
    ).toBe(200)
    const objects = await objectsOf(project.id)
    expect(objects.map(({ size }) => size)).toEqual([3_000_000, 3_000_000])
    const stored = await (await env.RAW.get(objects[0]!.key))!.arrayBuffer()
    expect(Buffer.compare(new Uint8Array(stored), bytes)).toBe(0)
    expect(await outcomesOf(project)).toEqual([
      'attachment accepted: 6000010',
      'attachment_item accepted: 4',
      'error accepted: 2',
    ])
  })

  it('leaves no object behind when it is refused after its attachment came', async () => {
    const project = await makeProject()
    const bytes = new Uint8Array(2_000_000)
    const twoEvents = makeEnvelope(
      {},
      [{ type: 'attachment', filename: 'a' }, bytes],
      [{ type: 'event' }, EVENT],
      [{ type: 'event' }, EVENT],
    )
    const truncated = makeEnvelope({}, [{ type: 'attachment', filename: 'a' }, bytes]).slice(
      0,
      1_900_000,
    )
    const late = new Uint8Array([
      ...makeEnvelope({}, [{ type: 'attachment', filename: 'a' }, bytes]),
      ...utf8('{"nope"\n'),
    ])
    expect((await sendEnvelope(project, twoEvents)).status).toBe(413)
    expect((await sendEnvelope(project, truncated)).status).toBe(400)
    expect((await sendEnvelope(project, late)).status).toBe(400)
    expect(await objectsOf(project.id)).toEqual([])
  })

  it('refuses bombs of every encoding', async () => {
    const project = await makeProject()
    const zeros = new Uint8Array(60 * 1024 * 1024)
    for (const [encoding, compress] of Object.entries(COMPRESSORS)) {
      const answer = await sendEnvelope(project, compress(zeros), { 'content-encoding': encoding })
      expect([encoding, answer.status]).toEqual([encoding, 413])
    }
  }, 60_000)

  it('refuses what is broken by name, and never with a 5xx', async () => {
    const project = await makeProject()
    const refusal = async (body: Uint8Array | string, headers = {}) => {
      const answer = await sendEnvelope(project, body, headers)
      return [answer.status, ((await answer.json()) as { detail: string }).detail]
    }
    expect(await refusal('')).toEqual([400, 'empty request body'])
    expect(await refusal('not json\n')).toEqual([400, 'invalid event envelope'])
    expect(await refusal('{}\n{"type":"event","length":99}\n{}')).toEqual([
      400,
      'invalid event envelope',
    ])
    expect(await refusal('{}\n{"type":"integration"}\n{}')).toEqual([
      400,
      'envelope contains internal items',
    ])
    expect(await refusal('garbage', { 'content-encoding': 'gzip' })).toEqual([
      400,
      'invalid request body',
    ])
    expect(await refusal('{}', { 'content-encoding': 'lzma' })).toEqual([
      415,
      'unsupported content encoding: lzma',
    ])
    const large = new Uint8Array(2_000_000).fill(123)
    expect((await sendEnvelope(project, large)).status).toBe(413)
    const cutGzip = gzipSync(
      makeEnvelope({}, [{ type: 'attachment' }, crypto.getRandomValues(new Uint8Array(60_000))]),
    )
    expect((await refusal(cutGzip.subarray(0, 30_000), { 'content-encoding': 'gzip' }))[0]).toBe(
      400,
    )
  })

  it('names in the ledger what it does not keep', async () => {
    const project = await makeProject()
    const body = makeEnvelope(
      {},
      [{ type: 'event' }, '{broken'],
      [{ type: 'from_the_future' }, '{}'],
      [
        { type: 'client_report' },
        '{"discarded_events":[{"reason":"before_send","category":"error","quantity":3}]}',
      ],
    )
    expect((await sendEnvelope(project, body)).status).toBe(200)
    expect(await outcomesOf(project)).toEqual([
      'error client_discard before_send: 3',
      'error invalid invalid_json: 1',
      'unknown invalid unknown_item_type: 1',
    ])
    expect((await settledLedger(project)).difference).toEqual({})
  })
})

describe('ingest endpoints', () => {
  it('answer preflights and let every browser read every answer', async () => {
    const project = await makeProject()
    const preflight = await fetchProduct(`/api/${project.id}/envelope/`, { method: 'OPTIONS' })
    expect(preflight.status).toBe(200)
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
    for (const path of [`/api/${project.id}/envelope/`, '/api/shop/envelope/', '/api/7/nothing/']) {
      const answer = await fetchProduct(path, { method: 'POST', body: '{}' })
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    }
  })

  it('know their paths and methods', async () => {
    const project = await makeProject()
    const status = async (path: string, method: string) =>
      (await fetchProduct(path, { method })).status
    expect(await status(`/api/${project.id}/envelope/`, 'GET')).toBe(405)
    expect(await status(`/api/${project.id}/nothing/`, 'POST')).toBe(404)
    expect(await status('/api/relay/healthcheck/ready/', 'GET')).toBe(200)
    expect(await status('/api/0x7/envelope/', 'POST')).toBe(400)
  })

  it('take both slash forms and repeated slashes', async () => {
    const project = await makeProject()
    for (const path of ['/envelope', '/envelope/', '//envelope/']) {
      const answer = await fetchProduct(
        `/api/${project.id}${path}?sentry_key=${project.publicKey}`,
        {
          method: 'POST',
          body: makeEnvelope({}, [{ type: 'event' }, EVENT]),
        },
      )
      expect(answer.status).toBe(200)
    }
  })

  it('refuse a forged key without asking anybody', async () => {
    const project = await makeProject()
    const answer = await sendEnvelope({ ...project, publicKey: 'a'.repeat(32) }, makeEnvelope({}))
    expect(answer.status).toBe(403)
    expect(await answer.json()).toEqual({
      detail: 'event submission rejected with_reason: ProjectId',
    })
  })
})
