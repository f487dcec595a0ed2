import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, inject, it } from 'vitest'

import { settledLedger } from '../picket.ts'
import { eventEnvelope, newEventId, postEnvelope } from '../send.ts'
import { peakRiseMib } from './memory.ts'
import { announceBody, postStream } from './stream.ts'

const { url, projectId, publicKey } = inject('picket')
const BODY_BYTES = 200 * 1024 * 1024
const RISE_MIB_MAX = 128

afterAll(async () => {
  expect((await settledLedger()).difference).toBe(0)
})

/** An envelope of one item with `bytes` zeros, never whole in memory. */
function zeros(bytes: number, type = 'attachment'): Readable {
  const block = Buffer.alloc(64 * 1024)
  return Readable.from(
    (function* () {
      yield Buffer.from(`{}\n{"type":"${type}","length":${bytes}}\n`)
      for (let sent = 0; sent < bytes; sent += block.length) yield block
    })(),
  )
}

describe('a body above 200 MB', () => {
  it('is refused by its announced length, before any of it is read', async () => {
    expect(await announceBody(BODY_BYTES + 1)).toBe(413)
  })

  it('is refused while it streams when its length is not announced', async () => {
    const rise = await peakRiseMib(async () => {
      expect([413, 'hung up']).toContain(await postStream(zeros(BODY_BYTES)))
    })
    expect(rise).toBeLessThan(RISE_MIB_MAX)
  })
})

describe('a body within 200 MB', () => {
  it('is refused when it is one event, before it is held', async () => {
    const rise = await peakRiseMib(async () => {
      expect([413, 'hung up']).toContain(await postStream(zeros(150 * 1024 * 1024, 'event')))
    })
    expect(rise).toBeLessThan(RISE_MIB_MAX)
  })
})

describe('a client that goes away', () => {
  it('in the middle of its body leaves nothing behind', async () => {
    const before = await settledLedger()
    const { hostname, port } = new URL(url)
    const socket = connect(Number(port), hostname)
    const head = [
      `POST /api/${projectId}/envelope/ HTTP/1.1`,
      `host: ${hostname}:${port}`,
      `x-sentry-auth: Sentry sentry_version=7, sentry_key=${publicKey}`,
      'content-length: 5000',
    ]
    const body = eventEnvelope({ event_id: newEventId(), message: 'cut off' })
    await new Promise<void>((resolve) => {
      socket.write(`${head.join('\r\n')}\r\n\r\n${body}`, () => resolve())
    })
    socket.destroy()
    // The next request is served as ever, and the ledger never heard of the first.
    const next = eventEnvelope({ event_id: newEventId(), message: 'the next one' })
    expect(await postEnvelope(next)).toMatchObject({ status: 200 })
    const after = await settledLedger()
    expect(after.received - before.received).toBe(1)
  })
})
