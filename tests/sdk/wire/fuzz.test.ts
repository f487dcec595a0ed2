import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { accepted, settledLedger } from '../picket.ts'
import { type Answer, newEventId, postEnvelope, postStore } from '../send.ts'
import { FULL_EVENT, places, withValue } from './full-event.ts'

const RUNS = 250
/** All an SDK may be told about what it sent; 429 and 503 would need a limit or a flood. */
const ANSWERS = [200, 400, 401, 403, 413, 415]

/** Any JSON value, with the strings and keys that have broken parsers. */
const json = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' })
const oddKey = fc.constantFrom('__proto__', 'constructor', 'length', '', 'type', 'values', '\u0000')
const value = fc.oneof(json, fc.dictionary(oddKey, json), fc.double(), fc.bigInt().map(String))

/** An event that was right until a few of its places were given other values. */
const event = fc
  .array(fc.tuple(fc.constantFrom(...places(FULL_EVENT)), value), { maxLength: 4 })
  .map((changes) => {
    // A change may have taken away the place of the next one.
    const apply = (whole: object, [place, odd]: (typeof changes)[number]): object => {
      const isThere = places(whole).some((other) => other.join('\u0001') === place.join('\u0001'))
      return isThere ? withValue(whole, place, odd) : whole
    }
    return { ...changes.reduce(apply, FULL_EVENT), event_id: newEventId() }
  })

const otherKind = fc.constantFrom(
  'transaction',
  'session',
  'sessions',
  'attachment',
  'client_report',
  'user_report',
  'feedback',
  'check_in',
  'log',
  'span',
  'profile',
  'replay_event',
  'statsd',
  'integration',
  'hologram',
  '__proto__',
)

const payload = fc.oneof(
  { weight: 3, arbitrary: event.map((whole) => JSON.stringify(whole)) },
  value.map((odd) => JSON.stringify(odd) ?? ''),
  fc.string({ unit: 'binary' }),
)

/** An item whose header mostly tells the truth about its payload. */
const item = fc
  .record({
    type: fc.oneof(
      { weight: 3, arbitrary: fc.constant('event') },
      { weight: 4, arbitrary: otherKind },
      { weight: 1, arbitrary: value },
    ),
    payload,
    lie: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: -5, max: 1e9 })),
    isCounted: fc.boolean(),
    extra: fc.dictionary(
      fc.constantFrom('filename', 'item_count', 'content_type', 'platform'),
      value,
    ),
  })
  .map(({ type, payload: body, lie, isCounted, extra }) => {
    const length = Buffer.byteLength(body) + lie
    const header = isCounted ? { ...extra, type, length } : { ...extra, type }
    return `${JSON.stringify(header)}\n${body}`
  })

const header = fc.oneof(
  { weight: 4, arbitrary: fc.constant('{}') },
  { weight: 2, arbitrary: fc.uuid().map((id) => JSON.stringify({ event_id: id })) },
  fc
    .dictionary(fc.constantFrom('event_id', 'dsn', 'sent_at', 'sdk', 'trace', '__proto__'), value)
    .map((odd) => JSON.stringify(odd)),
  value.map((odd) => JSON.stringify(odd) ?? ''),
)

const envelope = fc
  .tuple(header, fc.array(item, { maxLength: 3 }))
  .map(([first, items]) => Buffer.from([first, ...items].join('\n')))

/** Bytes as they were meant, cut, or with a few of them changed. */
function damaged(bytes: fc.Arbitrary<Buffer>): fc.Arbitrary<Uint8Array<ArrayBuffer>> {
  const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255))
  return fc
    .record({
      bytes,
      end: fc.oneof(
        { weight: 3, arbitrary: fc.constant(1) },
        fc.double({ min: 0, max: 1, noNaN: true }),
      ),
      changes: fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        fc.array(change, { maxLength: 6 }),
      ),
    })
    .map(({ bytes: whole, end, changes }) => {
      const copy = new Uint8Array(whole.subarray(0, Math.ceil(whole.length * end)))
      for (const [at, byte] of changes) copy[Math.floor(at * (copy.length - 1))] = byte
      return copy
    })
}

async function holds(
  bodies: fc.Arbitrary<Uint8Array<ArrayBuffer>>,
  post: (body: Uint8Array<ArrayBuffer>) => Promise<Answer>,
): Promise<void> {
  const before = await settledLedger()
  let taken = 0
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const { status } = await post(body)
      if (status === 200) taken++
      expect(ANSWERS).toContain(status)
    }),
    { numRuns: RUNS },
  )
  const after = await settledLedger()
  expect(after.difference).toBe(0)
  // A generator that only makes what is refused at the door would prove nothing.
  expect(taken).toBeGreaterThan(RUNS / 10)
  expect(accepted(after, 'error')).toBeGreaterThan(accepted(before, 'error'))
}

describe('whatever is sent', () => {
  it('as an envelope is answered by name, and accounted for', async () => {
    await holds(damaged(envelope), (body) => postEnvelope(body))
  })

  it('as a store body is answered by name, and accounted for', async () => {
    const body = event.map((whole) => Buffer.from(JSON.stringify(whole)))
    await holds(damaged(body), (bytes) => postStore(bytes))
  })
})
