import { afterAll, describe, expect, inject, it } from 'vitest'

import { accepted, findEvent, lost, settledLedger, waitFor } from '../picket.ts'
import { newEventId, postEnvelope } from '../send.ts'

const { dsn, publicKey, projectId } = inject('picket')
const HEADER = '{}'
const ITEM = '{"type":"event"}'

/** Joins lines as an SDK does: LF between them, none at the end. */
const lines = (...parts: string[]): string => parts.join('\n')

describe('an envelope that is well-formed', () => {
  it('is stored under the id of its header, whatever its payload says', async () => {
    const eventId = newEventId()
    const payload = JSON.stringify({ event_id: newEventId(), message: 'the header wins' })
    const answer = await postEnvelope(lines(`{"event_id":"${eventId}"}`, ITEM, payload))
    expect(answer).toMatchObject({ status: 200, json: { id: eventId } })
    const event = await waitFor('the event', () => findEvent(eventId))
    expect(event.title).toBe('the header wins')
  })

  it('may name its event by a UUID with dashes and capitals', async () => {
    const eventId = newEventId()
    const uuid = eventId.toUpperCase().replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5')
    const answer = await postEnvelope(lines(`{"event_id":"${uuid}"}`, ITEM, '{"message":"dashed"}'))
    expect(answer).toMatchObject({ status: 200, json: { id: eventId } })
  })

  it('may authenticate by the DSN in its header', async () => {
    const header = JSON.stringify({ dsn })
    const body = lines(header, ITEM, '{"message":"by dsn"}')
    expect(await postEnvelope(body, { 'x-sentry-auth': '' })).toMatchObject({ status: 200 })
  })

  it('may count its payload in bytes and end with a newline', async () => {
    const payload = '{"message":"größer"}'
    const item = JSON.stringify({ type: 'event', length: Buffer.byteLength(payload) })
    expect(await postEnvelope(`${lines(HEADER, item, payload)}\n`)).toMatchObject({ status: 200 })
  })

  it('may be a header and nothing else', async () => {
    expect(await postEnvelope(HEADER)).toMatchObject({ status: 200, json: {} })
  })

  it('may carry items nobody knows: they are named in the ledger', async () => {
    const before = await settledLedger()
    const body = lines(HEADER, '{"type":"hologram"}', '{}', ITEM, '{"message":"beside a hologram"}')
    expect(await postEnvelope(body)).toMatchObject({ status: 200 })
    const after = await settledLedger()
    expect(lost(after, 'invalid', 'unknown') - lost(before, 'invalid', 'unknown')).toBe(1)
    expect(accepted(after, 'error') - accepted(before, 'error')).toBe(1)
  })
})

describe('an envelope that is not', () => {
  const REFUSED: [what: string, body: string][] = [
    ['a header that is no JSON', lines('hello', ITEM, '{}')],
    ['a header that is a list', lines('[]', ITEM, '{}')],
    ['an event id that is none', lines('{"event_id":"yes"}', ITEM, '{}')],
    ['a time that is none', lines('{"sent_at":"yesterday"}', ITEM, '{}')],
    ['an item header that is no JSON', lines(HEADER, 'item', '{}')],
    ['an item without a type', lines(HEADER, '{"length":2}', '{}')],
    ['a type that is a number', lines(HEADER, '{"type":7}', '{}')],
    ['a negative length', lines(HEADER, '{"type":"event","length":-1}', '{}')],
    ['a length with a fraction', lines(HEADER, '{"type":"event","length":1.5}', '{}')],
    ['a length of 2 to the 40th', lines(HEADER, '{"type":"event","length":1099511627776}', '{}')],
    ['a length past the end', lines(HEADER, '{"type":"event","length":99}', '{}')],
    ['a length that ends too early', lines(HEADER, '{"type":"event","length":1}', '{}')],
    [
      'a payload cut in the middle',
      lines(HEADER, '{"type":"event","length":40}', '{"message":"cu'),
    ],
    ['blank lines after the last item', `${lines(HEADER, ITEM, '{}')}\n\n\n`],
    ['nothing at all', ''],
  ]

  it.each(REFUSED)('is refused for %s', async (_what, body) => {
    const answer = await postEnvelope(body)
    expect(answer.status).toBe(400)
    expect(answer.json).toMatchObject({ detail: expect.any(String) })
  })

  it('says in a header, which browsers may read, what was wrong', async () => {
    const answer = await postEnvelope('hello')
    expect(answer.headers.get('x-sentry-error')).toMatch(/invalid event envelope/)
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/x-sentry-error/)
  })

  it('is refused for a DSN of another project', async () => {
    const other = dsn.replace(projectId, '123456')
    const body = lines(JSON.stringify({ dsn: other }), ITEM, '{}')
    expect(await postEnvelope(body)).toMatchObject({ status: 400 })
  })

  it('is refused for a key that was never made', async () => {
    const forged = publicKey.replace(/./g, (digit) => (digit === '0' ? '1' : '0'))
    const auth = { 'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${forged}` }
    expect(await postEnvelope(lines(HEADER, ITEM, '{}'), auth)).toMatchObject({ status: 403 })
  })

  it('is refused for two events, or for a payload above 1 MiB', async () => {
    const two = lines(HEADER, ITEM, '{}', ITEM, '{}')
    expect(await postEnvelope(two)).toMatchObject({ status: 413 })
    const large = JSON.stringify({ message: 'x'.repeat(1024 * 1024) })
    expect(await postEnvelope(lines(HEADER, ITEM, large))).toMatchObject({ status: 413 })
  })
})

describe('the ledger', () => {
  afterAll(async () => {
    expect((await settledLedger()).difference).toBe(0)
  })

  it('names a payload that is no JSON', async () => {
    const before = await settledLedger()
    for (const payload of ['{"message":', '[]', '"text"', 'null', '']) {
      expect(await postEnvelope(lines(HEADER, ITEM, payload))).toMatchObject({ status: 200 })
    }
    const after = await settledLedger()
    expect(lost(after, 'invalid', 'error') - lost(before, 'invalid', 'error')).toBe(5)
    expect(accepted(after, 'error')).toBe(accepted(before, 'error'))
  })
})
