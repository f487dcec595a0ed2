import { describe, expect, it } from 'vitest'
import type { PicketEvent } from '../event/event.ts'
import { at, makeEvent } from './make-event.ts'
import { scrubEvent, scrubEventWithHits } from './scrub-event.ts'
import { DEFAULT_SCRUBBING, type Scrubbing } from './scrubbing.ts'

describe('each extra rule', () => {
  const off = (name: Scrubbing['rulesOff'][number]): Scrubbing => ({
    ...DEFAULT_SCRUBBING,
    rulesOff: [name],
  })
  const jwt = `${['ey', 'JhbGciOiJIUzI1NiJ9'].join('')}.eyJzdWIiOiIxIn0.c2lnbmF0dXJl`

  it.each<[name: Scrubbing['rulesOff'][number], event: Partial<PicketEvent>, path: string]>([
    [
      'secret-pairs',
      { exception: { values: [{ value: 'password=hunter2' }] } },
      'exception.values.0.value',
    ],
    ['api-tokens', { transaction: `GET /${jwt}` }, 'transaction'],
    ['auth-schemes', { transaction: 'Bearer a1b2c3d4e5' }, 'transaction'],
    ['url-credentials', { transaction: 'ftp://bob:hunter2@host' }, 'transaction'],
    [
      'private-keys',
      {
        exception: {
          values: [{ value: '-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----' }],
        },
      },
      'exception.values.0.value',
    ],
    [
      'card-numbers',
      { exception: { values: [{ value: 'card 4242424242424242' }] } },
      'exception.values.0.value',
    ],
    ['ibans', { tags: [['note', 'DE89370400440532013000']] }, 'tags.0.1'],
    ['ssns', { tags: [['note', '536-22-8145']] }, 'tags.0.1'],
    ['secret-keys', { tags: [['api_key', 'x']] }, 'tags.0.1'],
    [
      'session-cookies',
      { request: { cookies: [['laravel_session', 'x']] } },
      'request.cookies.0.1',
    ],
  ])('%s scrubs, and can be switched off', (name, event, path) => {
    const before = at(event, path)
    const { event: scrubbed, hits } = scrubEventWithHits(makeEvent(event), DEFAULT_SCRUBBING)
    expect(at(scrubbed, path)).not.toEqual(before)
    expect(hits.map(({ ruleId }) => ruleId)).toEqual([`picket:${name}`])
    expect(at(scrubEvent(makeEvent(event), off(name)), path)).toEqual(before)
  })

  it('addresses scrubs messages where IP addresses are scrubbed, and can be switched off', () => {
    const event = makeEvent({ exception: { values: [{ value: 'bob@example.com from 10.0.0.1' }] } })
    const value = (scrubbing: Scrubbing) =>
      scrubEvent(event, scrubbing).exception?.values?.[0]?.value
    expect(value(DEFAULT_SCRUBBING)).toBe('bob@example.com from 10.0.0.1')
    expect(value({ ...DEFAULT_SCRUBBING, scrubIpAddresses: true })).toBe('[email] from [ip]')
    expect(value({ ...off('addresses'), scrubIpAddresses: true })).toBe(
      'bob@example.com from 10.0.0.1',
    )
  })

  it('number-checks keeps order numbers, and can be switched off', () => {
    const event = makeEvent({
      extra: { order: '4571234567890111', hash: 'DE12ABCD0123456789ABCDEF01' },
    })
    expect(scrubEvent(event, DEFAULT_SCRUBBING).extra).toEqual(event.extra)
    expect(scrubEvent(event, off('number-checks')).extra).toEqual({
      order: '[Filtered]',
      hash: '[Filtered]',
    })
  })

  it('harmless-words keeps authors, and can be switched off', () => {
    const event = makeEvent({
      extra: { author: 'Jane', note: 'no tokenizer: authority', max_tokens: 5 },
    })
    expect(scrubEvent(event, DEFAULT_SCRUBBING).extra).toEqual(event.extra)
    expect(scrubEvent(event, off('harmless-words')).extra).toEqual({
      author: '[Filtered]',
      note: '[Filtered]',
      max_tokens: null,
    })
  })
})

describe('fields', () => {
  it('are safe by key or by path, in default and extra rules', () => {
    const event = makeEvent({
      extra: { password: 'a', token: 'b', note: 'password=c' },
      tags: [['api_key', 'd']],
    })
    const safe = (safeFields: string[]) => scrubEvent(event, { ...DEFAULT_SCRUBBING, safeFields })
    expect(safe(['Password', ' ', 'extra.note', 'odd field!']).extra).toEqual({
      password: 'a',
      token: '[Filtered]',
      note: 'password=c',
    })
    expect(safe(['tags.api_key']).tags).toEqual([['api_key', 'd']])
    expect(safe(['request.**']).extra?.password).toBe('[Filtered]')
  })

  it('are sensitive by any part of a key, a text or a pair', () => {
    const scrubbing = { ...DEFAULT_SCRUBBING, sensitiveFields: ['Kunden-Nr', ' ', 'ab'] }
    const event = makeEvent({
      extra: { 'x-kunden-nr': 1, text: 'meine KUNDEN-NR ist 5', tab: 'x', other: 'y' },
      tags: [['kunden-nr', '5']],
      exception: { values: [{ value: 'kunden-nr: 77123 fehlt' }] },
    })
    const scrubbed = scrubEvent(event, scrubbing)
    expect(scrubbed.extra).toEqual({
      'x-kunden-nr': null,
      text: '[Filtered]',
      tab: '[Filtered]',
      other: 'y',
    })
    expect(scrubbed.tags).toEqual([['kunden-nr', '[Filtered]']])
    expect(scrubbed.exception?.values?.[0]?.value).toBe('kunden-nr: [Filtered] fehlt')
  })
})
