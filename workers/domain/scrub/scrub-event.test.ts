import { describe, expect, it } from 'vitest'
import type { Meta, PicketEvent } from '../event/event.ts'
import { EXTRA_RULE_NAMES } from './extra-rule.ts'
import { at, makeEvent } from './make-event.ts'
import type { PiiConfig } from './pii-config.ts'
import { scrubEvent } from './scrub-event.ts'
import { DEFAULT_SCRUBBING, type Scrubbing } from './scrubbing.ts'

/** Sentry's rules as they are: none of ours. */
const D: Scrubbing = { ...DEFAULT_SCRUBBING, rulesOff: [...EXTRA_RULE_NAMES] }
const DI: Scrubbing = { ...D, scrubIpAddresses: true }

/** Only the rules somebody wrote. */
function only(applications: PiiConfig['applications'], rules: PiiConfig['rules'] = {}): Scrubbing {
  const project = { rules, vars: {}, applications }
  return { ...D, enabled: false, advanced: { organization: null, project } }
}

interface Case {
  id: string
  scrubbing: Scrubbing
  event: Partial<PicketEvent>
  /** By path: the value that is expected there. */
  becomes: Record<string, unknown>
  /** By path: the note that is expected there, or undefined for none. */
  notes?: Record<string, Meta | undefined>
}

const HASH = '168197CA3A9D4FE60EDE05116B0A125DA1AB3BD0'
const IMAGE = 'C:\\Windows\\System32\\ntdll.dll'
const image = { debug_meta: { images: [{ type: 'pe', code_file: IMAGE }] } }
const imageAt = 'debug_meta.images.0.code_file'

const cases: Case[] = [
  {
    id: 'EP-089',
    scrubbing: D,
    event: {
      extra: { password: 'hello', a_password_number: 42, a_password_array: [42, 43], foo: 'bar' },
    },
    becomes: {
      'extra.password': '[Filtered]',
      'extra.a_password_number': null,
      'extra.a_password_array': null,
      'extra.foo': 'bar',
    },
    notes: {
      'extra.password': { rem: [['@password:filter', 's', 0, 10]], len: 5 },
      'extra.a_password_number': { rem: [['@password:filter', 'x']] },
      'extra.a_password_array': { rem: [['@password:filter', 'x']] },
      'extra.foo': undefined,
    },
  },
  {
    id: 'EP-090',
    scrubbing: D,
    event: { extra: { foo: '4571234567890111', quoted: "'4571234567890111'" } },
    becomes: { 'extra.foo': '[Filtered]', 'extra.quoted': "'[Filtered]'" },
    notes: {
      'extra.foo': { rem: [['@creditcard:filter', 's', 0, 10]], len: 16 },
      'extra.quoted': { rem: [['@creditcard:filter', 's', 1, 11]], len: 18 },
    },
  },
  {
    id: 'EP-092',
    scrubbing: D,
    event: { extra: { foo: 'pg://matt:pass@localhost/1' } },
    becomes: { 'extra.foo': 'pg://matt:[Filtered]@localhost/1' },
    notes: { 'extra.foo': { rem: [['@urlauth:legacy', 's', 10, 20]], len: 26 } },
  },
  {
    id: 'EP-094',
    scrubbing: D,
    event: { extra: { s: '123-45-6789' } },
    becomes: { 'extra.s': '[Filtered]' },
    notes: { 'extra.s': { rem: [['@usssn:filter', 's', 0, 10]], len: 11 } },
  },
  {
    id: 'EP-095',
    scrubbing: D,
    event: { extra: { authorization: 'foobar', auth: 'foobar', auXth: 'foobar' } },
    becomes: {
      'extra.authorization': '[Filtered]',
      'extra.auth': '[Filtered]',
      'extra.auXth': 'foobar',
    },
  },
  {
    id: 'EP-096',
    scrubbing: D,
    event: {
      request: {
        query_string: [
          ['foo', 'bar'],
          ['password', 'hello'],
        ],
      },
    },
    becomes: {
      'request.query_string': [
        ['foo', 'bar'],
        ['password', '[Filtered]'],
      ],
    },
    notes: { 'request.query_string.1.1': { rem: [['@password:filter', 's', 0, 10]], len: 5 } },
  },
  {
    id: 'EP-099',
    scrubbing: D,
    event: {
      request: {
        cookies: [
          ['sentrysid', 'a'],
          ['not_sensitive', 'b'],
        ],
      },
    },
    becomes: {
      'request.cookies': [
        ['sentrysid', '[Filtered]'],
        ['not_sensitive', 'b'],
      ],
    },
    notes: { 'request.cookies.0.1': { rem: [['@anything:filter', 's', 0, 10]], len: 1 } },
  },
  {
    id: 'EP-100',
    scrubbing: D,
    event: {
      contexts: { device: { type: 'device', password: 'a' }, biz: { type: 'biz', password: 'a' } },
    },
    becomes: { 'contexts.device.password': 'a', 'contexts.biz.password': '[Filtered]' },
  },
  {
    id: 'EP-101',
    scrubbing: D,
    event: { exception: { values: [{ type: 'E', value: 'password is 4571234567890111' }] } },
    becomes: { 'exception.values.0.value': 'password is 4571234567890111' },
  },
  {
    id: 'EP-102',
    scrubbing: D,
    event: { logentry: { formatted: 'mail a@b.com Bearer abc' } },
    becomes: { 'logentry.formatted': 'mail [email] [token]' },
    notes: {
      'logentry.formatted': {
        rem: [
          ['@email:replace', 's', 5, 12],
          ['@bearer:replace', 's', 13, 20],
        ],
        len: 23,
      },
    },
  },
  {
    id: 'EP-103',
    scrubbing: D,
    event: {
      extra: { file: 'C:\\Users\\john\\Documents\\secret.txt', other: '/home/alice/x.json' },
    },
    becomes: { 'extra.file': '[Filtered]', 'extra.other': '/home/alice/x.json' },
  },
  {
    id: 'EP-104',
    scrubbing: D,
    event: { extra: { otp: '1', 'two-factor': '2', MYSQL_PWD: 'x', x_token: 'y' } },
    becomes: {
      'extra.otp': '[Filtered]',
      'extra.two-factor': '[Filtered]',
      'extra.MYSQL_PWD': '[Filtered]',
      'extra.x_token': '[Filtered]',
    },
  },
  {
    id: 'EP-106',
    scrubbing: { ...D, sensitiveFields: ['myStuff'] },
    event: { extra: { MYSTUFF: 'xxx' } },
    becomes: { 'extra.MYSTUFF': '[Filtered]' },
    notes: { 'extra.MYSTUFF': { rem: [['strip-fields', 's', 0, 10]], len: 3 } },
  },
  {
    id: 'EP-107',
    scrubbing: DI,
    event: {
      user: { ip_address: '73.133.27.120' },
      request: { env: { REMOTE_ADDR: '127.0.0.1' } },
    },
    becomes: { 'user.ip_address': null, 'request.env.REMOTE_ADDR': null },
    notes: {
      'user.ip_address': { rem: [['@anything:remove', 'x']] },
      'request.env.REMOTE_ADDR': { rem: [['@anything:remove', 'x']] },
    },
  },
  {
    id: 'EP-110',
    scrubbing: D,
    event: { csp: { blocked_uri: 'https://example.com/?foo=4571234567890111&bar=baz' } },
    becomes: { 'csp.blocked_uri': 'https://example.com/?foo=[Filtered]&bar=baz' },
    notes: { 'csp.blocked_uri': { rem: [['@creditcard:filter', 's', 25, 35]], len: 49 } },
  },
  {
    id: 'EP-111',
    scrubbing: only({ $string: ['@anything:hash'] }),
    event: { extra: { v: 'foobar' } },
    becomes: { 'extra.v': HASH },
    notes: { 'extra.v': { rem: [['@anything:hash', 'p', 0, 40]], len: 6 } },
  },
  {
    id: 'EP-114',
    scrubbing: only({ 'debug_meta.images.*.code_file': ['@anything:replace'] }),
    event: image,
    becomes: { [imageAt]: '[Filtered]\\ntdll.dll' },
    notes: { [imageAt]: { rem: [['@anything:replace', 's', 0, 10]], len: 29 } },
  },
  ...['$string', '**', 'debug_meta.**'].map((selector) => ({
    id: `EP-115 ${selector}`,
    scrubbing: only({ [selector]: ['@anything:replace'] }),
    event: image,
    becomes: { [imageAt]: IMAGE },
    notes: { [imageAt]: undefined },
  })),
  {
    id: 'EP-116',
    scrubbing: only({ $string: ['@ip'] }),
    event: {
      request: { headers: [['X-Forwarded-For', '127.0.0.1']] },
      tags: [['forwarded_for', '127.0.0.1']],
    },
    becomes: { 'request.headers.0.1': '[ip]', 'tags.0.1': '127.0.0.1' },
    notes: {
      'request.headers.0.1': { rem: [['@ip', 's', 0, 4]], len: 9 },
      'tags.0.1': undefined,
    },
  },
  {
    id: 'EP-117',
    scrubbing: only({ '$user.ip_address': ['@ip:hash'] }),
    event: { user: { ip_address: '127.0.0.1' } },
    becomes: {
      'user.id': 'AE12FE3B5F129B5CC4CDD2B136B7B7947C4D2741',
      'user.ip_address': undefined,
    },
    notes: {
      'user.id': { rem: [['@ip:hash', 'p', 0, 40]], len: 9 },
      'user.ip_address': undefined,
    },
  },
  {
    id: 'EP-119',
    scrubbing: only({ $string: ['@ip'] }),
    event: { extra: { a: '[2001:0db8:85a3:0000:0000:8a2e:0370:7334]', b: 'foo::1' } },
    becomes: { 'extra.a': '[[ip]]', 'extra.b': 'foo::1' },
  },
]

describe('scrubEvent, the cases of the spec', () => {
  it.each(cases)('$id', ({ scrubbing, event, becomes, notes }) => {
    const scrubbed = scrubEvent(makeEvent(event), scrubbing)
    for (const [path, expected] of Object.entries(becomes)) {
      expect([path, at(scrubbed, path)]).toEqual([path, expected])
    }
    for (const [path, expected] of Object.entries(notes ?? {})) {
      expect([path, at(scrubbed._meta, path === '' ? '' : `${path}.`)]).toEqual([path, expected])
    }
  })
})

describe('scrubEvent, by default', () => {
  it('keeps to Sentry but where our users are better served', () => {
    const differing = cases
      .filter(({ scrubbing }) => scrubbing === D || scrubbing === DI)
      .filter(({ scrubbing, event, becomes }) => {
        const scrubbed = scrubEvent(makeEvent(event), { ...scrubbing, rulesOff: [] })
        return Object.entries(becomes).some(([path, expected]) => {
          return JSON.stringify(at(scrubbed, path)) !== JSON.stringify(expected)
        })
      })
    // Cards by their check digit (EP-090, EP-110), and secrets in known contexts too (EP-100).
    expect(differing.map(({ id }) => id)).toEqual(['EP-090', 'EP-100', 'EP-110'])
  })

  it('changes nothing when everything is off', () => {
    const event = makeEvent({ extra: { password: 'hello' }, message: 'password=hello' })
    expect(scrubEvent(event, { ...DEFAULT_SCRUBBING, enabled: false })).toBe(event)
  })

  it('shares what it does not change', () => {
    const event = makeEvent({
      extra: { a: { b: 1 }, password: 'x' },
      contexts: { os: { name: 'x' } },
    })
    const scrubbed = scrubEvent(event, DEFAULT_SCRUBBING)
    expect(scrubbed.contexts).toBe(event.contexts)
    expect(scrubbed.extra?.a).toBe(event.extra?.a)
    expect(event.extra?.password).toBe('x')
  })
})
