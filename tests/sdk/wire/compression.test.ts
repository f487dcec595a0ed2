import { randomBytes } from 'node:crypto'
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'

import { findEvent, settledLedger, waitFor } from '../picket.ts'
import { eventEnvelope, newEventId, postEnvelope, postStore } from '../send.ts'
import { peakRiseMib } from './memory.ts'

type Compress = (bytes: Uint8Array) => Uint8Array<ArrayBuffer>

const plain = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes)
const gzip: Compress = (bytes) => plain(gzipSync(bytes, { level: 1 }))
const ENCODINGS: [encoding: string, compress: Compress][] = [
  ['gzip', gzip],
  ['x-gzip', gzip],
  ['deflate', (bytes) => plain(deflateSync(bytes, { level: 1 }))],
  ['br', (bytes) => plain(brotliCompressSync(bytes, { params: { 1: 1 } }))],
  ['zstd', (bytes) => plain(zstdCompressSync(bytes))],
]
/** What a bomb unfolds to; and how much of it may show in workerd's memory with four at once. */
const BOMB_BYTES = 256 * 1024 * 1024
const RISE_MIB_MAX = 300

afterAll(async () => {
  expect((await settledLedger()).difference).toBe(0)
})

describe.each(ENCODINGS)('a body encoded with %s', (encoding, compress) => {
  it('is read', async () => {
    const eventId = newEventId()
    const body = eventEnvelope({ event_id: eventId, message: `compressed with ${encoding}` })
    const answer = await postEnvelope(compress(Buffer.from(body)), { 'content-encoding': encoding })
    expect(answer).toMatchObject({ status: 200, json: { id: eventId } })
    const event = await waitFor('the event', () => findEvent(eventId))
    expect(event.title).toBe(`compressed with ${encoding}`)
  })

  it('is refused when it was cut', async () => {
    const body = compress(Buffer.from(eventEnvelope({ message: randomBytes(500).toString('hex') })))
    const cut = body.slice(0, body.length >> 1)
    expect(await postEnvelope(cut, { 'content-encoding': encoding })).toMatchObject({ status: 400 })
  })

  it('is refused when it is something else', async () => {
    const noise = plain(randomBytes(1000))
    expect(await postEnvelope(noise, { 'content-encoding': encoding })).toMatchObject({
      status: 400,
    })
  })

  it('is refused as a bomb, and takes no memory worth a word', async () => {
    const bomb = compress(new Uint8Array(BOMB_BYTES))
    expect(bomb.length).toBeLessThan(BOMB_BYTES / 100)
    const rise = await peakRiseMib(async () => {
      const send = [1, 2, 3, 4].map(() => postEnvelope(bomb, { 'content-encoding': encoding }))
      for (const answer of await Promise.all(send)) expect(answer.status).toBe(413)
    })
    expect(rise).toBeLessThan(RISE_MIB_MAX)
  })
})

describe('other encodings', () => {
  it.each(['', 'identity', 'UTF-8'])('reads a body that is said to be "%s"', async (encoding) => {
    const body = eventEnvelope({ event_id: newEventId(), message: 'not compressed' })
    expect(await postEnvelope(body, { 'content-encoding': encoding })).toMatchObject({
      status: 200,
    })
  })

  it('refuses one nobody knows', async () => {
    const body = eventEnvelope({ event_id: newEventId() })
    expect(await postEnvelope(body, { 'content-encoding': 'lzma' })).toMatchObject({ status: 415 })
  })

  it('reads deflate without its wrapper, as some clients send it', async () => {
    const body = plain(deflateRawSync(eventEnvelope({ event_id: newEventId(), message: 'raw' })))
    expect(await postEnvelope(body, { 'content-encoding': 'deflate' })).toMatchObject({
      status: 200,
    })
  })

  it('refuses a bomb hidden in base64 of a store body', async () => {
    const bomb = deflateSync(new Uint8Array(64 * 1024 * 1024)).toString('base64')
    expect(await postStore(bomb, { 'content-type': 'text/plain' })).toMatchObject({ status: 413 })
  })
})
