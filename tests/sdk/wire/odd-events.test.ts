import { describe, expect, it } from 'vitest'

import type { Ledger } from '#contract/ledger.ts'
import { inTurns } from '../in-turns.ts'
import { accepted, findEvent, lost, settledLedger, waitFor } from '../picket.ts'
import { type Answer, eventEnvelope, newEventId, postEnvelope, postStore } from '../send.ts'
import { FULL_EVENT, places, withValue } from './full-event.ts'

/** One of each kind JSON knows, and the extremes of some. */
const ODD_VALUES = [
  null,
  true,
  -1,
  1e308,
  '',
  '\u0000\ud800',
  [],
  [null, [[]]],
  {},
  { '': { a: [] } },
]
/** Reading all back would take a minute; every 7th of 10 values is one at least of each place. */
const READ_EVERY = 7

/** Sends all, and checks that each was answered 200 and then either accepted or named. */
async function sendAll<Item>(
  items: Item[],
  send: (item: Item) => Promise<Answer>,
): Promise<{ before: Ledger; after: Ledger }> {
  const before = await settledLedger()
  const answers = await inTurns(items, send)
  expect(answers.filter(({ status }) => status !== 200)).toEqual([])
  const after = await settledLedger()
  expect(after.difference).toBe(0)
  const named = lost(after, 'invalid', 'error') - lost(before, 'invalid', 'error')
  expect(accepted(after, 'error') - accepted(before, 'error') + named).toBe(items.length)
  return { before, after }
}

describe('an event with a wrong type', () => {
  const events = places(FULL_EVENT).flatMap((place) =>
    ODD_VALUES.map((value) => ({
      place,
      event: { ...withValue(FULL_EVENT, place, value), event_id: newEventId() },
    })),
  )

  it('at any place is accepted, but for a time before 1970', async () => {
    expect(events.length).toBeGreaterThan(1000)
    const { before, after } = await sendAll(events, ({ event }) => postStore(JSON.stringify(event)))
    const times = events.filter(({ place }) => place.join('.') === 'timestamp').length
    expect(accepted(after, 'error') - accepted(before, 'error')).toBeGreaterThanOrEqual(
      events.length - times,
    )
  })

  it('can be read through the API wherever the oddness sits', async () => {
    const some = events.filter((_, index) => index % READ_EVERY === 0)
    const unread = await inTurns(some, async ({ place, event }) => {
      if (place[0] === 'timestamp') return null
      return (await findEvent(event.event_id)) === null ? place.join('.') : null
    })
    expect(unread.filter((place) => place !== null)).toEqual([])
  })

  it('as its event id gets an id made for it', async () => {
    for (const eventId of [null, 7, 'yes', [], {}]) {
      const answer = await postStore(JSON.stringify({ event_id: eventId, message: 'm' }))
      expect(answer).toMatchObject({
        status: 200,
        json: { id: expect.stringMatching(/^[0-9a-f]{32}$/) },
      })
    }
  })
})

describe('an event of an odd shape', () => {
  it('is accepted with 10,000 levels of lists or objects, in any bag', async () => {
    const lists = '['.repeat(10_000) + ']'.repeat(10_000)
    const objects = `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`
    const bags = ['extra', 'contexts', 'tags', 'user', 'request', 'exception', 'unheard_of']
    const bodies = bags.flatMap((bag) => [
      `{"message":"deep","${bag}":{"a":${lists}}}`,
      `{"message":"deep","${bag}":{"a":${objects}}}`,
      `{"message":"deep","${bag}":${lists}}`,
    ])
    await sendAll(bodies, (body) => postStore(body))
  })

  it('keeps names that mean something to JavaScript as mere names', async () => {
    const eventId = newEventId()
    const body = `{"event_id":"${eventId}","message":"names",
      "extra":{"__proto__":{"admin":true},"constructor":1,"toString":2},
      "tags":{"__proto__":"a","constructor":"b"},"contexts":{"__proto__":{"x":1},"hasOwnProperty":{"y":2}},
      "__proto__":{"level":"fatal"},"modules":{"__proto__":"1"}}`
    expect(await postStore(body)).toMatchObject({ status: 200 })
    const event = await waitFor('the event', () => findEvent(eventId))
    expect(event.title).toBe('names')
    expect(event.tags).not.toContainEqual({ key: 'level', value: 'fatal' })
    expect(event.tags).toContainEqual(expect.objectContaining({ key: 'constructor', value: 'b' }))
    expect(event.context).toMatchObject({ toString: 2 })
  })

  it('is accepted with bytes that are no UTF-8', async () => {
    const eventId = newEventId()
    const text = eventEnvelope({ event_id: eventId, message: 'caf?', extra: { '?': '?' } })
    const bytes = new Uint8Array(Buffer.from(text)).map((byte) => (byte === 0x3f ? 0xff : byte))
    expect(await postEnvelope(bytes)).toMatchObject({ status: 200, json: { id: eventId } })
    const event = await waitFor('the event', () => findEvent(eventId))
    expect(event.title).toBe('caf\ufffd')
  })

  it('is accepted with thousands of entries where dozens are usual', async () => {
    const many = <Made>(count: number, make: (index: number) => Made): Made[] =>
      Array.from({ length: count }, (_, index) => make(index))
    const named = (count: number, value: unknown): Record<string, unknown> =>
      Object.fromEntries(many(count, (index) => [`key-${index}`, value]))
    const frame = { function: 'f', filename: 'f.py', lineno: 1, in_app: true }
    const events = [
      { tags: named(5000, 'value') },
      { extra: named(5000, 'value') },
      { contexts: named(2000, { a: 1 }) },
      { breadcrumbs: many(5000, (i) => ({ message: `crumb ${i}` })) },
      { exception: many(500, (i) => ({ type: 'E', value: `${i}` })) },
      { exception: [{ type: 'E', value: 'v', stacktrace: { frames: many(10_000, () => frame) } }] },
      { fingerprint: many(5000, (i) => `part ${i}`) },
      {
        request: { headers: many(3000, (i) => [`X-${i}`, 'v']), query_string: 'a=1&'.repeat(9000) },
      },
      { message: 'x'.repeat(900_000) },
      { threads: many(2000, (i) => ({ id: i, name: `t${i}` })) },
    ].map((event) => ({ ...event, event_id: newEventId() }))
    await sendAll(events, (event) => postStore(JSON.stringify(event)))
    for (const event of events) expect(await findEvent(event.event_id)).not.toBeNull()
  })
})
