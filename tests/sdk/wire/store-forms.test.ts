import { deflateSync } from 'node:zlib'
import { afterAll, describe, expect, inject, it } from 'vitest'

import { accepted, findEvent, settledLedger, waitFor } from '../picket.ts'
import { eventEnvelope, newEventId, postStore } from '../send.ts'

const { url, projectId, publicKey } = inject('picket')

afterAll(async () => {
  expect((await settledLedger()).difference).toBe(0)
})

async function titleOf(eventId: string): Promise<string> {
  return (await waitFor('the event', () => findEvent(eventId))).title
}

describe('the store endpoint', () => {
  it('reads JSON', async () => {
    const eventId = newEventId()
    const answer = await postStore(`{"event_id":"${eventId}","message":"as JSON"}`)
    expect(answer).toMatchObject({ status: 200, json: { id: eventId } })
    expect(await titleOf(eventId)).toBe('as JSON')
  })

  it('reads an envelope that came the wrong way', async () => {
    const eventId = newEventId()
    const body = eventEnvelope({ event_id: eventId, message: 'as an envelope' })
    const answer = await postStore(body, { 'content-type': 'application/x-sentry-envelope' })
    expect(answer).toMatchObject({ status: 200, json: { id: eventId } })
    expect(await titleOf(eventId)).toBe('as an envelope')
  })

  it('reads base64, and base64 of zlib, as raven clients send it', async () => {
    for (const wrap of [(bytes: Buffer) => bytes, (bytes: Buffer) => deflateSync(bytes)]) {
      const eventId = newEventId()
      const body = wrap(Buffer.from(`{"event_id":"${eventId}","message":"wrapped"}`)).toString(
        'base64',
      )
      const answer = await postStore(body, { 'content-type': 'application/octet-stream' })
      expect(answer).toMatchObject({ status: 200, json: { id: eventId } })
      expect(await titleOf(eventId)).toBe('wrapped')
    }
  })

  it('reads NaN from Python, and refuses it from others', async () => {
    const body = '{"message":"share is NaN","extra":{"share":NaN,"text":"NaN","most":-Infinity}}'
    const auth = (client: string) => ({
      'content-type': 'application/json',
      'x-sentry-auth': `Sentry sentry_version=7, sentry_client=${client}, sentry_key=${publicKey}`,
    })
    expect(await postStore(body, auth('raven-python/6.9'))).toMatchObject({ status: 200 })
    expect(await postStore(body, auth('other/1.0'))).toMatchObject({ status: 400 })
  })

  it('answers an image to a GET', async () => {
    const eventId = newEventId()
    const data = Buffer.from(`{"event_id":"${eventId}","message":"from an image"}`).toString(
      'base64',
    )
    const query = new URLSearchParams({
      sentry_version: '4',
      sentry_key: publicKey,
      sentry_data: data,
    })
    const answer = await fetch(`${url}/api/${projectId}/store/?${query}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/gif'])
    expect(await titleOf(eventId)).toBe('from an image')
  })

  it('keeps an id once: the second is named a duplicate', async () => {
    const before = await settledLedger()
    const body = `{"event_id":"${newEventId()}","message":"twice"}`
    for (const _ of [1, 2]) expect(await postStore(body)).toMatchObject({ status: 200 })
    const after = await settledLedger()
    expect(accepted(after, 'error') - accepted(before, 'error')).toBe(1)
    const duplicates = (ledger: typeof after): number =>
      ledger.outcomes.find(({ reason }) => reason === 'duplicate')?.quantity ?? 0
    expect(duplicates(after) - duplicates(before)).toBe(1)
  })

  it.each([
    ['nothing', ''],
    ['text', 'hello world'],
    ['half of a JSON', '{"message":'],
    ['base64 of a list', Buffer.from('[1,2]').toString('base64')],
  ])('refuses %s', async (_what, body) => {
    const answer = await postStore(body)
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ detail: expect.any(String) })
  })

  it('refuses a body above 1 MiB', async () => {
    const body = JSON.stringify({ message: 'x'.repeat(1024 * 1024) })
    expect(await postStore(body)).toMatchObject({ status: 413 })
  })
})
