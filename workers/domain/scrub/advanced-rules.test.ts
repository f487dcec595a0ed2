import { describe, expect, it } from 'vitest'
import { EXTRA_RULE_NAMES } from './extra-rule.ts'
import { makeEvent, scrubbed } from './make-event.ts'
import { scrubEvent, scrubEventWithHits } from './scrub-event.ts'
import { DEFAULT_SCRUBBING, type Scrubbing } from './scrubbing.ts'
import { hmacSha1 } from './sha1.ts'

type Config = NonNullable<Scrubbing['advanced']['project']>

function advanced(config: Partial<Config>): Scrubbing {
  return {
    ...DEFAULT_SCRUBBING,
    enabled: false,
    advanced: { organization: null, project: { rules: {}, vars: {}, applications: {}, ...config } },
  }
}

const everywhere = (...rules: string[]) => advanced({ applications: { $string: rules } })

const PEM = (body: string) =>
  `-----BEGIN EC PRIVATE KEY-----\n${body}\n-----END EC PRIVATE KEY-----`
const hash = (text: string) => hmacSha1('', text)

/** By type: a text, what is hit in it, and the replacement of the type. */
const TYPES: [type: string, text: (hit: string) => string, hit: string, replacement: string][] = [
  ['anything', (hit) => hit, 'whatever', '[Filtered]'],
  ['ip', (hit) => `from ${hit}!`, '10.0.0.1', '[ip]'],
  ['ip', (hit) => `from ${hit}!`, '2001:db8::8a2e:370:7334', '[ip]'],
  ['email', (hit) => `<${hit}>`, 'jane.doe+x@mail.example.com', '[email]'],
  ['creditcard', (hit) => `card ${hit}.`, '4571-2345 6789 0111', '[creditcard]'],
  ['creditcard', (hit) => `card ${hit}.`, '371234567890123', '[creditcard]'],
  ['iban', (hit) => `to ${hit}.`, 'DE89370400440532013001', '[iban]'],
  ['usssn', (hit) => `ssn ${hit}.`, '123-45-6789', '[us-ssn]'],
  ['imei', (hit) => `device ${hit}.`, '35-209900-176148-1', '[imei]'],
  ['mac', (hit) => `at ${hit}.`, '4a:00:04:10:9b:50', '[mac]'],
  ['uuid', (hit) => `id ${hit}.`, 'ceee0822-ed8f-4622-b2a3-789e73e75cd1', '[uuid]'],
  ['pemkey', PEM, 'MHQCAQEEIBx0', '[pemkey]'],
  ['urlauth', (hit) => `https://${hit}@host/`, 'user:pass', '[auth]'],
  ['userpath', (hit) => `/Users/${hit}/x`, 'jane', '[user]'],
  ['userpath', (hit) => `C:\\Documents and Settings\\${hit}\\x`, 'jane', '[user]'],
  ['bearer', (hit) => `sent ${hit} there`, 'bearer A.b-c', '[token]'],
]

describe('built-in types', () => {
  it.each(TYPES)('%s: replace, mask, hash, remove (%#)', (type, text, hit, replacement) => {
    const start = text('\0').indexOf('\0')
    const remark = (method: string, kind: string, length: number) => [
      [`@${type}:${method}`, kind, start, start + length],
    ]
    expect(scrubbed(text(hit), everywhere(`@${type}:replace`))).toEqual([
      text(replacement),
      remark('replace', 's', replacement.length),
    ])
    const maskMethod = type === 'imei' ? hash(hit) : '*'.repeat(hit.length)
    expect(scrubbed(text(hit), everywhere(`@${type}:mask`))).toEqual([
      text(maskMethod),
      remark('mask', type === 'imei' ? 'p' : 'm', maskMethod.length),
    ])
    expect(scrubbed(text(hit), everywhere(`@${type}:hash`))).toEqual([
      text(hash(hit)),
      remark('hash', 'p', 40),
    ])
    expect(scrubbed(text(hit), everywhere(`@${type}:remove`))).toEqual(
      type === 'anything'
        ? [null, [['@anything:remove', 'x']]]
        : [text(''), remark('remove', 'x', 0)],
    )
  })

  it.each([
    ['ip', 'version 1.2.3 of 300.1.1.1, a::b, 12:34:56'],
    ['email', 'a@b, @c.de, a@b.c'],
    ['creditcard', '45712345678901112, 7571234567890111, 0.4571234567890111'],
    ['iban', 'XX89370400440532013001, DE8937'],
    ['usssn', '1123-45-6789, 123-456-789'],
    ['mac', '4a:00:04:10:9b'],
    ['uuid', 'ceee0822-ed8f-4622-b2a3'],
    ['pemkey', '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----'],
    ['urlauth', 'https://host/@x, user:pass@host'],
    ['userpath', '/var/lib/jane'],
    ['bearer', 'forbearer x'],
  ])('%s passes over %s', (type, text) => {
    expect(scrubbed(text, everywhere(`@${type}`))).toEqual([text, undefined])
  })

  it('have a method of their own', () => {
    expect(scrubbed('123-45-6789', everywhere('@usssn'))[0]).toBe('***********')
    expect(scrubbed('4a:00:04:10:9b:50', everywhere('@mac'))[0]).toBe('*****************')
    expect(scrubbed('my password', everywhere('@password'))[0]).toBe('')
    expect(scrubbed('10.0.0.1', everywhere('@ip'))[0]).toBe('[ip]')
    expect(scrubbed('x', everywhere('@anything'))[0]).toBe('[Filtered]')
  })

  it('filter only where Sentry has such a rule', () => {
    expect(scrubbed('123-45-6789', everywhere('@usssn:filter'))[0]).toBe('[Filtered]')
    expect(scrubbed('/home/jane/x', everywhere('@userpath:filter'))[0]).toBe('/home/jane/x')
    expect(scrubbed('10.0.0.1', everywhere('@ip:filter', '@nope'))[0]).toBe('10.0.0.1')
  })

  it('password takes the whole value of a key or of a text that names it', () => {
    const scrubbing = everywhere('@password:replace')
    const event = makeEvent({
      extra: { 'db-passwd': 'x', text: 'my API_KEY', ok: 'x', tokens: 'x', yes: true },
    })
    expect(scrubEvent(event, scrubbing).extra).toEqual({
      'db-passwd': '[password]',
      text: '[password]',
      ok: 'x',
      tokens: '[password]',
      yes: true,
    })
  })

  it('common is all of them', () => {
    const event = makeEvent({ extra: { a: 'a@b.com', b: '10.0.0.1', c: '/home/jane/x', d: 'x' } })
    expect(scrubEvent(event, everywhere('@common')).extra).toEqual({
      a: '[email]',
      b: '[ip]',
      c: '/home/[user]/x',
      d: 'x',
    })
  })
})

describe('custom rules', () => {
  it('hit patterns, or groups of them', () => {
    const rules: Config['rules'] = {
      id: { type: 'pattern', pattern: 'C-(\\d+)', redaction: { method: 'replace', text: 'C-?' } },
      number: {
        type: 'pattern',
        pattern: 'K-(\\d+)',
        replaceGroups: [1],
        redaction: { method: 'mask' },
      },
      gone: { type: 'pattern', pattern: '(?i)draft ', redaction: { method: 'default' } },
    }
    const scrubbing = advanced({ rules, applications: { $string: ['id', 'number', 'gone'] } })
    expect(scrubbed('Draft C-12, K-345', scrubbing)).toEqual([
      'C-?, K-***',
      [
        ['project:gone', 'x', 0, 0],
        ['project:id', 's', 0, 3],
        ['project:number', 'm', 7, 10],
      ],
    ])
  })

  it('take values by key: texts are redacted, all else goes', () => {
    const rules: Config['rules'] = {
      mine: { type: 'redact_pair', keyPattern: '(?i)^x-', redaction: { method: 'hash', key: 'k' } },
    }
    const scrubbing = advanced({ rules, applications: { '**': ['mine'] } })
    const event = makeEvent({ extra: { 'X-a': 'one', 'x-b': 2, 'x-c': { d: 1 }, e: 'x-f' } })
    expect(scrubEvent(event, scrubbing).extra).toEqual({
      'X-a': hmacSha1('k', 'one'),
      'x-b': null,
      'x-c': null,
      e: hmacSha1('k', 'x-f'),
    })
  })

  it('hash with the key of their configuration', () => {
    const scrubbing = advanced({ vars: { hashKey: 'k' }, applications: { $string: ['@ip:hash'] } })
    expect(scrubbed('10.0.0.1', scrubbing)[0]).toBe(hmacSha1('k', '10.0.0.1'))
  })

  it('are made of others, under their own name or that of the outer', () => {
    const rules: Config['rules'] = {
      shown: { type: 'multiple', rules: ['@ip:replace', '@email:replace'] },
      hidden: { type: 'alias', rule: '@mac:replace', hideInner: true },
    }
    const scrubbing = advanced({ rules, applications: { $string: ['shown', 'hidden'] } })
    expect(scrubbed('10.0.0.1 a@b.com 4a:00:04:10:9b:50', scrubbing)).toEqual([
      '[ip] [email] [mac]',
      [
        ['@ip:replace', 's', 0, 4],
        ['@email:replace', 's', 5, 12],
        ['project:hidden', 's', 13, 18],
      ],
    ])
  })

  it('that contain themselves end', () => {
    const rules: Config['rules'] = {
      a: { type: 'multiple', rules: ['b', 'a', '@ip'] },
      b: { type: 'multiple', rules: ['a', 'b', 'a'] },
    }
    expect(scrubbed('10.0.0.1', advanced({ rules, applications: { $string: ['a'] } }))[0]).toBe(
      '[ip]',
    )
  })

  it('that make no sense apply to nothing', () => {
    const rules: Config['rules'] = { a: { type: 'pattern', pattern: '(' }, b: { type: 'nope' } }
    const applications = { $string: ['a', 'b', 'c', 'toString'], '((': ['@anything'] }
    expect(scrubbed('x', advanced({ rules, applications }))).toEqual(['x', undefined])
  })
})

describe('places', () => {
  it('are chosen by selectors, containers and numbers too', () => {
    const scrubbing = advanced({
      applications: {
        'extra.list': ['@anything:replace'],
        '$number && !extra.kept': ['@anything:mask'],
        '$user.name || $breadcrumb.message': ['@anything:mask'],
      },
    })
    const event = makeEvent({
      extra: { list: ['a'], n: 1, kept: 2, yes: true },
      user: { id: 'x', name: 'Jané' },
      breadcrumbs: { values: [{ message: 'click', category: 'ui' }] },
    })
    const { extra, user, breadcrumbs } = scrubEvent(event, scrubbing)
    expect(extra).toEqual({ list: null, n: null, kept: 2, yes: true })
    expect(user).toEqual({ id: 'x', name: '****' })
    expect(breadcrumbs?.values).toEqual([{ message: '*****', category: 'ui' }])
  })

  it('skip texts that stand for nothing', () => {
    const event = makeEvent({ extra: { a: '', b: 'true', c: 'false', d: 'null', e: 'undefined' } })
    expect(scrubEvent(event, everywhere('@anything'))).toEqual(event)
  })

  it('are pairs by their key', () => {
    const scrubbing = advanced({ applications: { 'request.headers.X-Mine': ['@anything:mask'] } })
    const event = makeEvent({
      request: {
        headers: [
          ['x-mine', 'abc'],
          ['Other', 'abc'],
        ],
      },
    })
    expect(scrubEvent(event, scrubbing).request?.headers).toEqual([
      ['x-mine', '***'],
      ['Other', 'abc'],
    ])
  })

  it('come before the default rules, which pass over what is redacted', () => {
    const scrubbing = {
      ...advanced({ applications: { 'extra.**': ['@email:mask'] } }),
      enabled: true,
      rulesOff: [...EXTRA_RULE_NAMES],
    }
    expect(scrubbed('a@b.com 123-45-6789', scrubbing)).toEqual([
      '******* [Filtered]',
      [
        ['@email:mask', 'm', 0, 7],
        ['@usssn:filter', 's', 8, 18],
      ],
    ])
  })

  it('are counted in code points', () => {
    expect(scrubbed('😀 10.0.0.1 😀 10.0.0.2', everywhere('@ip'))[1]).toEqual([
      ['@ip', 's', 2, 6],
      ['@ip', 's', 9, 13],
    ])
  })

  it('that an SDK scrubbed already stay as they are, if it is true', () => {
    const event = (text: string) =>
      makeEvent({
        extra: { v: text },
        _meta: {
          extra: {
            v: {
              '': {
                rem: [
                  ['sdk', 's', 0, 10],
                  ['!limit', 's', 20, 23],
                ],
              },
            },
          },
        },
      })
    const honest = event('[Filtered] 10.0.0.1 ...')
    expect(scrubEvent(honest, everywhere('@ip')).extra?.v).toBe('[Filtered] [ip] ...')
    expect(scrubEvent(event('10.0.0.1 and more'), everywhere('@ip')).extra?.v).toBe('[ip] and more')
  })
})

describe('scrubEventWithHits', () => {
  it('tells each place by a selector, with the rule and what it did', () => {
    const event = makeEvent({
      extra: { "it's": { list: ['x', '10.0.0.1 10.0.0.2', 'y'] }, n: 5 },
      request: { cookies: [['a', '10.0.0.3']] },
      errors: [{ type: 'invalid_data', name: 'extra.n', value: '10.0.0.4' }],
    })
    const scrubbing = advanced({ applications: { $string: ['@ip'], $number: ['@anything'] } })
    expect(scrubEventWithHits(event, scrubbing).hits).toEqual([
      { path: "extra.'it''s'.list.1", ruleId: '@ip', type: 's', range: [0, 4] },
      { path: "extra.'it''s'.list.1", ruleId: '@ip', type: 's', range: [5, 9] },
      { path: 'extra.n', ruleId: '@anything', type: 'x', range: null },
      { path: 'request.cookies.a', ruleId: '@ip', type: 's', range: [0, 4] },
      { path: 'extra.n', ruleId: '@ip', type: 's', range: [0, 4] },
    ])
  })

  it('gives the same event as scrubEvent, and no hits for what was scrubbed before', () => {
    const event = makeEvent({ extra: { password: 'x', n: 1 }, message: 'token=abc' })
    const { event: once, hits } = scrubEventWithHits(event, DEFAULT_SCRUBBING)
    expect(once).toEqual(scrubEvent(event, DEFAULT_SCRUBBING))
    expect(hits.length).toBeGreaterThan(0)
    expect(scrubEventWithHits(once, DEFAULT_SCRUBBING)).toEqual({ event: once, hits: [] })
  })
})
