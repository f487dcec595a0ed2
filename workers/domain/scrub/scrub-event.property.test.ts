import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { HARMLESS_SENTENCES, HARMLESS_TEXTS } from '../../../tests/fixture/harmless-texts.ts'
import { PLANTED_SECRETS } from '../../../tests/fixture/planted-secrets.ts'
import type { PicketEvent } from '../event/event.ts'
import { scrubEvent } from './scrub-event.ts'
import { DEFAULT_SCRUBBING, type Scrubbing } from './scrubbing.ts'

const PIECES = [
  ...PLANTED_SECRETS.map(({ secret }) => secret),
  ...HARMLESS_TEXTS.map(({ text }) => text),
  ...HARMLESS_SENTENCES.map(({ text }) => text),
  ...['password', 'token', ': ', '=', '"', "'", '\\"', '%22', '&', '; ', '\n', '<pin>', '</pin>'],
  ...[
    'Bearer ',
    'Basic ',
    '://',
    '@',
    '10.0.0.1',
    'a@b.com',
    '\0',
    '😀',
    '[Filtered]',
    '-----BEGIN',
  ],
]
const KEYS = [
  ...[
    'extra',
    'tags',
    'request',
    'headers',
    'cookies',
    'data',
    'password',
    'values',
    'value',
    'name',
  ],
  ...['exception', 'contexts', 'device', 'type', 'user', 'ip_address', 'email', '_meta', 'rem'],
  ...['val', '0', '1', '__proto__', 'constructor', 'toString', 'length', 'breadcrumbs', 'message'],
  ...['logentry', 'params', 'formatted', 'stacktrace', 'frames', 'vars', 'errors', 'api_target'],
]

const text = fc.oneof(
  fc.string(),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }).map((pieces) => pieces.join('')),
  fc.constantFrom('graphql', 'response', 'device', 'extra.password', 'request.headers.0.1'),
)
/** Not the empty key: remarks below it have no place in `_meta`. */
const key = fc
  .oneof({ weight: 4, arbitrary: fc.constantFrom(...KEYS) }, text)
  .filter((name) => name !== '')
const { value } = fc.letrec((tie) => ({
  leaf: fc.oneof(text, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)),
  value: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.tuple(key, tie('value')),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map(objectOf),
  ),
}))
const event = fc
  .array(fc.tuple(key, value), { maxLength: 8 })
  .map((entries) => objectOf(entries) as PicketEvent)

/** As JSON would give it, with `__proto__` as a key like any other. */
function objectOf(entries: [string, unknown][]): object {
  return Object.fromEntries(entries)
}

const configurations: [name: string, scrubbing: Scrubbing][] = [
  ['by default', DEFAULT_SCRUBBING],
  [
    'with everything on',
    {
      ...DEFAULT_SCRUBBING,
      scrubIpAddresses: true,
      sensitiveFields: ['mine', 'ün'],
      safeFields: ['extra.**', 'name'],
    },
  ],
  [
    'with advanced rules',
    {
      ...DEFAULT_SCRUBBING,
      advanced: {
        organization: null,
        project: {
          rules: {
            cut: { type: 'pattern', pattern: 'a+|o', redaction: { method: 'remove' } },
            swap: { type: 'pattern', pattern: 'e', redaction: { method: 'replace', text: 'ee' } },
          },
          vars: {},
          applications: {
            '$string && !$user.**': ['cut', 'swap', '@ip:hash', '@email:mask'],
            '$user.** || extra.password || tags.*': ['@anything:hash'],
            $number: ['@anything:remove'],
          },
        },
      },
    },
  ],
]

describe.each(configurations)('scrubEvent %s', (_, scrubbing) => {
  it('never throws, changes nothing of the event it is given, and gives what JSON can say', () => {
    fc.assert(
      fc.property(event, (given) => {
        const before = JSON.stringify(given)
        const after = scrubEvent(deepFrozen(given), scrubbing)
        expect(JSON.stringify(given)).toBe(before)
        expect(typeof JSON.stringify(after)).toBe('string')
      }),
      { numRuns: 600 },
    )
  })

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(event, (given) => {
        const once = JSON.stringify(scrubEvent(given, scrubbing))
        const twice = JSON.stringify(scrubEvent(JSON.parse(once) as PicketEvent, scrubbing))
        expect(twice).toBe(once)
      }),
      { numRuns: 600 },
    )
  })
})

it('keeps keys of prototypes where they are', () => {
  const given = JSON.parse(
    '{"extra":{"__proto__":{"password":"x"},"constructor":{"token":"y"}},"_meta":{"__proto__":{"":{"val":"password=z"}}}}',
  ) as PicketEvent
  expect(JSON.stringify(scrubEvent(given, DEFAULT_SCRUBBING))).toContain(
    '"extra":{"__proto__":{"password":"[Filtered]"},"constructor":{"token":"[Filtered]"}}',
  )
  expect(JSON.stringify(scrubEvent(given, DEFAULT_SCRUBBING))).not.toContain('=z')
  expect(Object.getPrototypeOf({})).not.toHaveProperty('password')
})

it('ends on what is nested without end', () => {
  let deep: unknown = 'password=x'
  for (let level = 0; level < 5000; level += 1) deep = level % 2 === 0 ? [deep] : { a: deep }
  const scrubbed = scrubEvent({ extra: { deep } } as unknown as PicketEvent, DEFAULT_SCRUBBING)
  expect(JSON.stringify(scrubbed.extra)).not.toContain('password')
})

function deepFrozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) deepFrozen(inner)
  return Object.freeze(value)
}
