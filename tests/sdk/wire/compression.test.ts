import { randomBytes } from 'node:crypto'
import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'

import { findEvent, received, settledLedger, waitFor } from '../picket.ts'
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
/** What a bomb unfolds to; and how much of the GiB that four at once are may show in workerd. */
const BOMB_BYTES = 256 * 1024 * 1024
const RISE_MIB_MAX = 512

/** An envelope that says the truth about a long row of zeros. */
function attachmentEnvelope(length: number): Uint8Array {
  const head = `{}\n${JSON.stringify({ type: 'attachment', filename: 'zeros', length })}\n`
  const envelope = new Uint8Array(head.length + length)
  envelope.set(Buffer.from(head))
  return envelope
}

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
    // One whose length is too much to begin with, and one line that never ends.
    const bombs = [attachmentEnvelope(BOMB_BYTES), new Uint8Array(BOMB_BYTES)].map(compress)
    for (const bomb of bombs) expect(bomb.length).toBeLessThan(BOMB_BYTES / 100)
    const rise = await peakRiseMib(async () => {
      const send = [...bombs, ...bombs].map((bomb) =>
        postEnvelope(bomb, { 'content-encoding': encoding }),
      )
      for (const answer of await Promise.all(send)) expect(answer.status).toBe(413)
    })
    expect(rise).toBeLessThan(RISE_MIB_MAX)
  })
})

describe('a large body that may be', () => {
  it('is stored in parts, and takes no more memory than a bomb', async () => {
    const length = 64 * 1024 * 1024
    const before = await settledLedger()
    const body = gzip(attachmentEnvelope(length))
    const rise = await peakRiseMib(async () => {
      expect(await postEnvelope(body, { 'content-encoding': 'gzip' })).toMatchObject({
        status: 200,
      })
    })
    expect(rise).toBeLessThan(RISE_MIB_MAX)
    const after = await settledLedger()
    expect(received(after, 'attachment') - received(before, 'attachment')).toBe(length)
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
