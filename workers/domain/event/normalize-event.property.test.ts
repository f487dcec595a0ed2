/** What holds of every event, however broken: found by chance, so that no one has to think of it. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'

import { describeEvent } from './describe-event.ts'
import { eventTags } from './event-tags.ts'
import { userKey } from './event-user.ts'
import { normalizeEvent } from './normalize-event.ts'
import { rejectEvent } from './reject-event.ts'
import { eventFromSecurityReport } from './security-report.ts'

// Chance takes its time on a busy machine; what is timed is timed below.
vi.setConfig({ testTimeout: 60_000 })

const CONTEXT = { eventId: 'a'.repeat(32), now: 1_600_000_000_000, clientIp: '10.0.0.1' }

const KEYS = [
  ...'event_id type level platform logger culprit transaction server_name site timestamp'.split(
    ' ',
  ),
  ...'start_timestamp release dist environment fingerprint modules extra logentry message'.split(
    ' ',
  ),
  ...'exception stacktrace threads breadcrumbs request user contexts tags sdk debug_meta'.split(
    ' ',
  ),
  ...'spans measurements breakdowns errors _meta csp template transaction_info values'.split(' '),
  ...'frames function filename abs_path lineno in_app vars pre_context mechanism meta'.split(' '),
  ...'handled data value trace trace_id span_id device os runtime response headers cookies'.split(
    ' ',
  ),
  ...'query_string url method env REMOTE_ADDR id ip_address settings infer_ip images'.split(' '),
  ...'sentry.interfaces.Http sentry.interfaces.Exception __proto__ constructor toString'.split(' '),
  ...['', 'formatted', 'params', 'status', 'name', 'version', 'raw_description', 'rem', 'err'],
]

const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    '',
    '{{auto}}',
    'error',
    'transaction',
    '%s {} {0}',
    'javascript',
  ),
  fc.constantFrom<unknown>(
    0,
    -1,
    1e300,
    1_600_000_000,
    'http://a.b/?x#y',
    '\ud800',
    'a'.repeat(300),
  ),
  fc.string({ maxLength: 40 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

/** JSON of an SDK's dreams: the right names in the wrong places. */
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 7, depthSize: 'medium' },
    leaf,
    fc.array(tie('json'), { maxLength: 5 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 5 })), tie('json'), {
      maxKeys: 6,
    }),
  ),
}))
const rawEvent = fc
  .dictionary(fc.constantFrom(...KEYS), json, { maxKeys: 12 })
  .map((raw) => JSON.parse(JSON.stringify(raw)) as Record<string, unknown>)

/** As it is stored and read again. */
function atRest<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value
}

const RUNS = { numRuns: 300 }

describe('any event', () => {
  it('is normalized, described and tagged without a throw, and is plain JSON', () => {
    fc.assert(
      fc.property(rawEvent, (raw) => {
        const event = normalizeEvent(raw, CONTEXT)
        expect(event.event_id).toBe(CONTEXT.eventId)
        expect(Number.isFinite(event.timestamp)).toBe(true)
        expect(event.received).toBe(1_600_000_000)
        expect(atRest(event)).toEqual(event)
        const { title, culprit } = describeEvent(event)
        expect([typeof title, typeof culprit, title === '']).toEqual(['string', 'string', false])
        const tags = eventTags(event)
        expect(new Set(tags.map(([key]) => key)).size).toBe(tags.length)
        expect(tags.length).toBeLessThanOrEqual(200)
        userKey(event)
        rejectEvent(event)
      }),
      RUNS,
    )
  })

  it('is left as it was sent', () => {
    fc.assert(
      fc.property(rawEvent, (raw) => {
        const before = JSON.stringify(raw)
        normalizeEvent(raw, CONTEXT)
        expect(JSON.stringify(raw)).toBe(before)
      }),
      RUNS,
    )
  })

  it('is the same when it is normalized again', () => {
    fc.assert(
      fc.property(rawEvent, (raw) => {
        const once = atRest(normalizeEvent(raw, CONTEXT))
        fc.pre(once.type !== 'transaction')
        expect(atRest(normalizeEvent(once, CONTEXT))).toEqual(once)
      }),
      RUNS,
    )
  })

  it('grows by no more than its notes', () => {
    fc.assert(
      fc.property(rawEvent, (raw) => {
        const event = JSON.stringify(normalizeEvent(raw, CONTEXT))
        expect(event.length).toBeLessThan(4 * JSON.stringify(raw).length + 4000)
      }),
      RUNS,
    )
  })

  it('does not change how objects behave', () => {
    const raw = JSON.parse(
      '{"__proto__":{"a":1},"tags":{"__proto__":"x"},"extra":{"__proto__":{"b":2}},"contexts":{"__proto__":{"c":3},"constructor":{"d":4}},"user":{"__proto__":{"e":5}},"modules":{"__proto__":"f"},"request":{"data":"__proto__=g&x=y"},"_meta":{"__proto__":{"":{"len":1}},"extra":{"__proto__":{"":{"len":2}}}}}',
    ) as Record<string, unknown>
    const event = normalizeEvent(raw, CONTEXT)
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype)
    expect(Object.getPrototypeOf(event.modules)).toBe(Object.prototype)
    expect(Object.keys(event.extra ?? {})).toEqual(['__proto__'])
    expect(Object.keys(event.contexts ?? {})).toEqual(['constructor'])
    expect(event.request?.data).toHaveProperty('x', 'y')
  })
})

describe('any security report', () => {
  it('is an event or none', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom('csp-report', 'known-pins', 'body', 'type', 'expect-ct-report'),
          json,
        ),
        (report) => {
          const raw = eventFromSecurityReport(atRest(report))
          if (raw) normalizeEvent(raw, CONTEXT)
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('a hostile event', () => {
  const million = 1_000_000
  const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as unknown

  it.each([
    ['nested deeply in extra', { extra: { a: deep } }],
    [
      'nested deeply where it does not belong',
      { level: deep, user: { id: deep }, tags: { a: deep }, exception: [{ value: deep }] },
    ],
    [
      'nested deeply in everything',
      {
        contexts: { a: { b: deep } },
        errors: [{ type: 'a', b: deep }],
        request: { data: deep },
        message: deep,
        _meta: { a: { '': { val: deep } } },
        fingerprint: [deep],
      },
    ],
    ['of a million wrong fields', { tags: Array(million / 4).fill(1) }],
    [
      'of unknown fields',
      Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, 1])),
    ],
    [
      'of one long text',
      { message: 'a'.repeat(million), culprit: '\u{1f600}'.repeat(million / 2) },
    ],
    [
      'of placeholders',
      { logentry: { message: '%(a)s'.repeat(million / 5), params: { a: 'b'.repeat(10_000) } } },
    ],
    ['of open braces', { logentry: { message: '{'.repeat(million), params: [1] } }],
    [
      'of percent signs and zeros',
      { logentry: { message: '%0'.repeat(million / 2), params: [1] } },
    ],
    [
      'of a URL',
      {
        request: {
          url: `http://a/?${'a=b&'.repeat(million / 4)}`,
          headers: { Cookie: ';'.repeat(million) },
        },
      },
    ],
    ['of a body', { request: { data: `a=${'%'.repeat(million)}` } }],
    ['of a value', { exception: [{ value: 'a'.repeat(million) }] }],
    [
      'of addresses',
      {
        exception: [
          {
            type: 'a',
            stacktrace: { frames: [{ instruction_addr: `0x${'0'.repeat(million)}g` }] },
          },
        ],
      },
    ],
    ['of a user agent', { request: { headers: { 'Sec-Ch-Ua': '"a";'.repeat(million / 4) } } }],
    [
      'of a description',
      {
        contexts: {
          os: { raw_description: 'a '.repeat(million / 2) },
          runtime: { raw_description: 'a'.repeat(million) },
        },
      },
    ],
    ['of a time', { timestamp: '1'.repeat(million) }],
    [
      'of a transaction’s name',
      {
        type: 'transaction',
        transaction: '/a1'.repeat(million / 3),
        transaction_info: { source: 'url' },
      },
    ],
    [
      'of frames',
      {
        exception: [
          {
            type: 'a',
            stacktrace: { frames: Array(50_000).fill({ filename: 'a', vars: { a: 1 } }) },
          },
        ],
      },
    ],
  ])('%s costs no more than others', (_name, raw) => {
    const start = performance.now()
    const event = normalizeEvent(raw as Record<string, unknown>, CONTEXT)
    expect(performance.now() - start).toBeLessThan(2000)
    expect(JSON.stringify(event).length).toBeLessThan(3 * million)
  })
})
