/** What the steps of `normalizeEvent` do beyond the cases of the specification. */
import { describe, expect, it } from 'vitest'

import type { PicketEvent } from '../event.ts'
import { type NormalizeContext, normalizeEvent } from '../normalize-event.ts'

const RECEIVED = 1_600_000_000
const HOUR = 3600

function normalize(
  raw: Record<string, unknown>,
  context: Partial<NormalizeContext> = {},
): PicketEvent {
  return normalizeEvent(raw, { eventId: '0'.repeat(32), now: RECEIVED * 1000, ...context })
}

function reasons(event: PicketEvent): unknown[] {
  return (event.errors ?? []).map(({ type, name }) => [type, name])
}

describe('times', () => {
  it('are believed while the clock is off by less than 55 minutes', () => {
    const raw = { timestamp: RECEIVED - 3299 }
    expect(normalize(raw, { sentAt: (RECEIVED - 3299) * 1000 })).toMatchObject({
      timestamp: RECEIVED - 3299,
      errors: [],
    })
    expect(normalize(raw, { sentAt: (RECEIVED - 3300) * 1000 }).timestamp).toBe(RECEIVED + 1)
  })

  it('are corrected in both directions, wherever they stand', () => {
    const event = normalize(
      {
        timestamp: RECEIVED + 2 * HOUR,
        start_timestamp: RECEIVED + 2 * HOUR - 1,
        breadcrumbs: [{ timestamp: RECEIVED + 2 * HOUR - 2 }, null],
        spans: [{ start_timestamp: RECEIVED + 2 * HOUR - 1, timestamp: RECEIVED + 2 * HOUR }],
      },
      { sentAt: (RECEIVED + 2 * HOUR) * 1000 },
    )
    expect(event).toMatchObject({
      timestamp: RECEIVED,
      start_timestamp: RECEIVED - 1,
      breadcrumbs: { values: [{ timestamp: RECEIVED - 2 }, null] },
      spans: [{ start_timestamp: RECEIVED - 1, timestamp: RECEIVED }],
    })
  })

  it('of a transaction are corrected by its end where nobody says when it was sent', () => {
    const raw = {
      type: 'transaction',
      timestamp: RECEIVED - HOUR,
      start_timestamp: RECEIVED - HOUR - 1,
    }
    expect(normalize(raw).timestamp).toBe(RECEIVED)
    expect(normalize({ timestamp: RECEIVED - HOUR }).timestamp).toBe(RECEIVED - HOUR)
  })

  it('of before 1970 take only their own part away', () => {
    const event = normalize({ breadcrumbs: [{ timestamp: -1 }, { timestamp: 1, message: 'x' }] })
    expect(event.breadcrumbs?.values).toMatchObject([null, { message: 'x' }])
    expect(reasons(event)).toEqual([['invalid_data', 'breadcrumbs.values.0']])
  })

  it('are allowed a minute ahead and thirty days behind', () => {
    expect(normalize({ timestamp: RECEIVED + 60 }).timestamp).toBe(RECEIVED + 60)
    expect(normalize({ timestamp: RECEIVED + 61 }).timestamp).toBe(RECEIVED)
    expect(normalize({ timestamp: RECEIVED - 30 * 24 * HOUR }).timestamp).toBe(
      RECEIVED - 30 * 24 * HOUR,
    )
    expect(normalize({ timestamp: RECEIVED - 30 * 24 * HOUR - 1 }).timestamp).toBe(RECEIVED)
  })
})

describe('the user’s address', () => {
  const clientIp = '9.9.9.9'
  const ipOf = (raw: Record<string, unknown>) =>
    normalize(raw, { clientIp }).user?.ip_address ?? null
  const settings = (mode: string) => ({ sdk: { settings: { infer_ip: mode } } })

  it.each<[string, Record<string, unknown>, string | null]>([
    [
      'is what the SDK says',
      { user: { ip_address: '1.1.1.1' }, platform: 'javascript' },
      '1.1.1.1',
    ],
    [
      'is what its server saw',
      { request: { env: { REMOTE_ADDR: '2.2.2.2' } }, platform: 'javascript' },
      '2.2.2.2',
    ],
    [
      'is the connection’s where servers ask for it',
      { request: { env: { REMOTE_ADDR: '{{auto}}' } } },
      clientIp,
    ],
    ['is the connection’s on a phone', { platform: 'cocoa' }, clientIp],
    ['is not the connection’s on a server', { platform: 'python' }, null],
    ['is not what is no address', { request: { env: { REMOTE_ADDR: 'proxy' } } }, null],
    ['is the connection’s where asked for', { ...settings('auto'), platform: 'python' }, clientIp],
    [
      'stays where it was stated',
      { ...settings('never'), user: { ip_address: '1.1.1.1' } },
      '1.1.1.1',
    ],
    [
      'is not filled in where forbidden',
      { ...settings('never'), user: { ip_address: '{{auto}}' } },
      null,
    ],
  ])('%s', (_what, raw, expected) => {
    expect(ipOf(raw)).toBe(expected)
  })

  it('says where the user is only when the connection is the user’s', () => {
    const geo = { country_code: 'DE', region: 'Germany' }
    const geoOf = (raw: Record<string, unknown>) =>
      normalize(raw, { clientIp, geo }).user?.geo ?? null
    expect(geoOf({ platform: 'javascript' })).toEqual(geo)
    expect(geoOf({ platform: 'javascript', ...settings('never') })).toEqual(geo)
    expect(geoOf({ user: { ip_address: clientIp } })).toEqual(geo)
    expect(geoOf({ user: { ip_address: '1.1.1.1' } })).toBeNull()
    expect(geoOf({ platform: 'python', user: { id: 1 } })).toBeNull()
    expect(geoOf({ platform: 'javascript', user: { geo: { city: 'Bonn' } } })).toEqual({
      city: 'Bonn',
    })
  })
})

describe('names', () => {
  it.each(['.', '..', 'latest', 'a/b', 'a\\b', 'a\tb', '   ', 'a\nb', '\u007f'])(
    'a release is not %j',
    (release) => {
      const event = normalize({ release })
      expect([event.release, reasons(event)]).toEqual([null, [['invalid_data', 'release']]])
    },
  )

  it.each([
    [' shop@1.0+7 ', 'shop@1.0+7'],
    [42, '42'],
    ['ü'.repeat(100), 'ü'.repeat(100)],
  ])('a release is %j', (release, expected) => {
    expect(normalize({ release })).toMatchObject({ release: expected, errors: [] })
  })

  it('are measured in bytes', () => {
    expect(normalize({ release: 'ü'.repeat(101) })).toMatchObject({
      release: null,
      errors: [{ type: 'value_too_long' }],
    })
    expect(normalize({ environment: 'ü'.repeat(33) }).environment).toBeNull()
    expect(normalize({ environment: 'ü'.repeat(32) }).environment).toBe('ü'.repeat(32))
  })

  it('say which character they may not have', () => {
    const { errors } = normalize({ dist: 'a b', tags: { a$: 'x', b: 'x\ny' }, logger: 'a\nb' })
    expect(errors).toEqual([
      { type: 'invalid_data', name: 'tags.0.0', value: 'a$', reason: "invalid character '$'" },
      { type: 'invalid_data', name: 'tags.1.1', value: 'x\ny', reason: "invalid character '\\n'" },
      { type: 'invalid_data', name: 'dist', value: 'a b', reason: "invalid character ' '" },
      { type: 'invalid_data', name: 'logger', value: 'a\nb', reason: 'invalid character' },
    ])
  })

  it('of Java loggers are cut at a package', () => {
    const logger = `com.example.${'long.'.repeat(12)}Handler`
    const event = normalize({ platform: 'java', logger })
    expect(event.logger).toMatch(/^\*\.(?:long\.)+Handler$/)
    expect(event.logger!.length).toBeLessThanOrEqual(64)
    expect(event._meta?.['logger']).toEqual({
      '': { rem: [['@logger:replace', 's', 0, 1]], len: 79 },
    })
    expect(normalize({ platform: 'python', logger }).logger).toBe(`${logger.slice(0, 61)}...`)
  })
})

describe('tags', () => {
  it('are there once, as they were first sent', () => {
    expect(normalize({ tags: [['a', '1'], ['a', '2'], 'x', [' b ', ' 3 ']] }).tags).toEqual([
      ['a', '1'],
      null,
      ['b', '3'],
    ])
  })

  it('take their notes along when others are dropped', () => {
    const _meta = { tags: { 1: { 1: { '': { len: 9 } } } } }
    const event = normalize({
      tags: [
        ['release', 'x'],
        ['a', 'b'],
      ],
      _meta,
    })
    expect([event.tags, event._meta]).toEqual([
      [['a', 'b']],
      { tags: { 0: { 1: { '': { len: 9 } } } } },
    ])
  })

  it('do not name the environment twice', () => {
    const tags = [
      ['environment', 'tag'],
      ['a', 'b'],
    ]
    expect(normalize({ tags })).toMatchObject({ environment: 'tag', tags: [['a', 'b']] })
    expect(normalize({ tags, environment: 'field' })).toMatchObject({
      environment: 'field',
      tags: [['a', 'b']],
    })
  })
})

describe('exceptions', () => {
  it('take the stack of the event when they are alone', () => {
    const stacktrace = { frames: [{ function: 'f' }] }
    const alone = normalize({
      exception: [{ type: 'A', stacktrace: { frames: [{ function: 'own' }] } }],
      stacktrace,
    })
    expect(alone.exception?.values?.[0]?.stacktrace?.frames).toEqual([{ function: 'f' }])
    expect(alone.stacktrace).toBeUndefined()
    const two = normalize({ exception: [{ type: 'A' }, { type: 'B' }], stacktrace })
    expect(two.stacktrace?.frames).toEqual([{ function: 'f' }])
  })

  it('that say nothing are none', () => {
    const event = normalize({ exception: [{ module: 'x' }, { type: 'A' }] })
    expect(event.exception?.values).toEqual([null, { type: 'A' }])
    expect(event.errors).toEqual([
      { type: 'missing_attribute', name: 'exception.values.0', attribute: 'type or value' },
    ])
  })

  it('keep their words where they only say where those were said', () => {
    const mechanism = { type: 'generic', synthetic: true }
    const event = normalize({ exception: [{ value: 'warning: disk full', mechanism }] })
    expect(event.exception?.values).toEqual([{ value: 'warning: disk full', mechanism }])
  })

  it('get the names of their numbers', () => {
    const exception = [
      {
        type: 'A',
        mechanism: {
          type: 'x',
          meta: {
            signal: { number: 10, code: 1 },
            errno: { number: 2 },
            mach_exception: { exception: 1 },
          },
        },
      },
    ]
    const metaOn = (os: string) =>
      normalize({ exception, contexts: { os: { name: os } } }).exception?.values?.[0]?.mechanism
        ?.meta
    expect(metaOn('iOS')).toEqual({
      signal: { number: 10, code: 1, name: 'SIGBUS', code_name: 'BUS_ADRALN' },
      errno: { number: 2, name: 'ENOENT' },
      mach_exception: { exception: 1, name: 'EXC_BAD_ACCESS' },
    })
    expect(metaOn('Android')).toMatchObject({ signal: { name: 'SIGUSR1' } })
    expect(metaOn('BeOS')).toEqual({
      signal: { number: 10, code: 1 },
      errno: { number: 2 },
      mach_exception: { exception: 1, name: 'EXC_BAD_ACCESS' },
    })
  })

  it('link to pages only', () => {
    const event = normalize({
      exception: [{ type: 'A', mechanism: { type: 'x', help_link: 'javascript:alert(1)' } }],
    })
    expect(event.exception?.values?.[0]?.mechanism?.['help_link']).toBeNull()
    expect(reasons(event)).toEqual([['invalid_data', 'exception.values.0.mechanism.help_link']])
  })
})

describe('frames', () => {
  const frameOf = (frame: unknown) =>
    normalize({ stacktrace: { frames: [frame] } }).stacktrace?.frames?.[0]

  it.each([
    ['http://a.b/', 'http://a.b/'],
    ['file:///home/x.js?y', '/home/x.js'],
    ['applewebdata://1-2/x.js', '/x.js'],
    ['app:///x.js', 'app:///x.js'],
    ['/x/y.py', '/x/y.py'],
  ])('of %s are in the file %s', (abs_path, filename) => {
    expect(frameOf({ abs_path })).toEqual({ abs_path, filename })
  })

  it('stay as they were sent where they are raw', () => {
    const raw_stacktrace = { frames: [{ filename: 'http://a.b/c.js', function: '?' }] }
    const event = normalize({ exception: [{ type: 'A', raw_stacktrace }] })
    expect(event.exception?.values?.[0]?.raw_stacktrace).toEqual(raw_stacktrace)
  })
})

describe('messages', () => {
  it.each<[string, unknown, string]>([
    ['%s of %d, %.1f%%', ['a', 2.9, 3.14], 'a of 2, 3.1%'],
    ['%(who)s did %(what)r', { who: 'ann', what: 'x' }, 'ann did "x"'],
    ['%x %o %e', [255, 8, 12345], 'ff 10 1.234500e+4'],
    ['{} and {1} and {0}', ['a', 'b'], 'a and b and a'],
    ['{who:>10} {{literal}}', { who: { id: 1 } }, '{"id":1} {literal}'],
    ['%s', [null], 'null'],
    ['%s %s', ['one'], '%s %s'],
    ['{missing}', { other: 1 }, '{missing}'],
    ['{constructor}', {}, '{constructor}'],
    ['100%', ['x'], '100%'],
  ])('%s with %j reads %s', (message, params, formatted) => {
    expect(normalize({ logentry: { message, params } }).logentry?.formatted).toBe(formatted)
  })

  it('are not said twice', () => {
    expect(normalize({ logentry: { message: 'a', formatted: 'a' } }).logentry).toEqual({
      formatted: 'a',
    })
  })

  it('without words are none, and say so if they had parameters', () => {
    expect(normalize({ logentry: {} }).logentry).toBeNull()
    const event = normalize({ logentry: { params: ['a'] } })
    expect([event.logentry, reasons(event)]).toEqual([null, [['invalid_data', 'logentry']]])
  })

  it.each<[unknown, unknown]>([
    ['text', { formatted: 'text' }],
    [false, null],
    [42, { formatted: '42' }],
    [['a'], { formatted: '["a"]' }],
  ])('of old SDKs (%j) are %j', (message, logentry) => {
    expect(normalize({ message }).logentry).toEqual(logentry)
  })
})

describe('defaults', () => {
  it('are the least that can be said', () => {
    expect(normalize({})).toEqual({
      event_id: '0'.repeat(32),
      timestamp: RECEIVED,
      received: RECEIVED,
      type: 'default',
      level: 'error',
      platform: 'other',
      logger: '',
      extra: {},
      errors: [],
    })
  })

  it('name the SDK by how it authenticated', () => {
    expect(normalize({}, { sdkClient: 'sentry.python/1.45.0' }).sdk).toEqual({
      name: 'sentry.python',
      version: '1.45.0',
    })
    expect(normalize({}, { sdkClient: 'raven 2' }).sdk).toEqual({ name: 'raven', version: '2' })
    expect(normalize({ sdk: { name: 'own' } }, { sdkClient: 'x/1' }).sdk).toEqual({ name: 'own' })
  })

  it('keep the name of a platform nobody knows, in the notes', () => {
    const event = normalize({ platform: 'cobol' })
    expect([event.platform, event._meta, event.errors]).toEqual([
      'other',
      { platform: { '': { val: 'cobol' } } },
      [],
    ])
  })

  it('make breadcrumbs whole', () => {
    const values = normalize({ breadcrumbs: [{ message: 'a', level: 'bogus' }, { ty: 'http' }] })
      .breadcrumbs?.values
    expect(values).toEqual([
      { message: 'a', level: 'info', type: 'default' },
      { type: 'http', level: 'info' },
    ])
  })

  it.each<[Record<string, unknown>, string]>([
    [{ type: 'csp' }, 'default'],
    [{ type: 'csp', csp: {} }, 'csp'],
    [{ type: 'feedback' }, 'userreportv2'],
    [{ type: 'transaction', exception: [{ type: 'A' }] }, 'transaction'],
    [{ nel: {}, exception: [{ type: 'A' }] }, 'error'],
    [{ type: 'constructor' }, 'default'],
  ])('decide the type: %j is %s', (raw, type) => {
    expect(normalize(raw).type).toBe(type)
  })
})
