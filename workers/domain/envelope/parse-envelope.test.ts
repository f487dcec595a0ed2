import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type EnvelopeItem, parseEnvelope } from './parse-envelope.ts'
import { repeatedKey } from './repeated-key.ts'

const ID = '5f0c1e9ab7d24c3e8f6a90b1c2d3e4f5'
const bytes = (...lines: string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'))
const text = (payload: Uint8Array): string => new TextDecoder().decode(payload)

/** Types and payloads of an envelope's items, or why there are none. */
function read(...lines: string[]): [string, string][] | string {
  const envelope = parseEnvelope(bytes(...lines))
  if (!envelope.ok) return envelope.error.reason
  return envelope.value.items.map(({ type, payload }) => [type, text(payload)])
}

describe('an envelope', () => {
  it('has a header and items whose payloads are counted or end with their line', () => {
    expect(
      read(
        `{"event_id":"${ID}"}`,
        '{"type":"event"}',
        '{"message":"cart total is NaN"}',
        '{"type":"attachment","length":12,"filename":"cart.log"}',
        'line1\nline2\n',
        '',
      ),
    ).toEqual([
      ['event', '{"message":"cart total is NaN"}'],
      ['attachment', 'line1\nline2\n'],
    ])
  })

  it('may be a header alone, and may end in one LF', () => {
    expect(read('{}')).toEqual([])
    expect(read('{}', '')).toEqual([])
    expect(read('{}', '{"type":"session"}', '{}', '')).toEqual([['session', '{}']])
  })

  it('has empty items where it says so', () => {
    expect(read('{}', '{"type":"event"}')).toEqual([['event', '']])
    expect(read('{}', '{"type":"event","length":0}', '')).toEqual([['event', '']])
    expect(read('{}', '{"type":"event","length":0}', '', '{"type":"a"}', 'x')).toEqual([
      ['event', ''],
      ['a', 'x'],
    ])
  })

  it('counts bytes, not characters, and leaves CR in a payload', () => {
    expect(read('{}', '{"type":"a","length":4}', 'éab')).toEqual([['a', 'éab']])
    expect(read('{}', '{"type":"a"}', 'x\r')).toEqual([['a', 'x\r']])
  })

  it('is refused by name where it is broken', () => {
    expect(read('[]')).toBe('header_invalid')
    expect(read('')).toBe('header_invalid')
    expect(read('{"event_id":"short"}')).toBe('header_invalid')
    expect(read('{"sent_at":"noon"}')).toBe('header_invalid')
    expect(read('{"sent_at":8640000000001}')).toBe('header_invalid')
    expect(read('{"sent_at":-1e999}')).toBe('header_invalid')
    expect(read('{"dsn":7}')).toBe('header_invalid')
    expect(read('{}', '{}', '')).toBe('item_header_invalid')
    expect(read('{}', '{"type":"a","length":-1}', '')).toBe('item_header_invalid')
    expect(read('{}', '{"type":"a","length":4294967296}', '')).toBe('item_header_invalid')
    expect(read('{}', '{"type":"a","length":9}', '{}')).toBe('payload_truncated')
    expect(read('{}', '{"type":"a","length":1}', '{}')).toBe('newline_missing')
    expect(read('{}', '{"type":"a"}', '{}', '', '')).toBe('end_unexpected')
    expect(read('{}', ' ', '{"type":"a"}')).toBe('end_unexpected')
    expect(read('{}', ...Array(1001).fill('{"type":"a"}\n'))).toBe('too_many_items')
  })

  it('passes over a broken trace and unknown keys', () => {
    const envelope = parseEnvelope(bytes('{"trace":7,"later":true,"sdk":{"name":"x"}}'))
    expect(envelope).toMatchObject({ value: { header: { trace: null, sdk: { name: 'x' } } } })
  })

  it('is refused when its header says a thing twice', () => {
    const at = '"sent_at":"2026-03-01T10:00:00Z"'
    expect(read(`{${at}}`)).toEqual([])
    expect(read(`{${at},${at}}`)).toBe('header_invalid')
    expect(read(`{${at},"sent\\u005fat":null}`)).toBe('header_invalid')
    expect(read(`{"later":1,"later":2,"trace":{${at},"a":[{${at}}]},${at}}`)).toEqual([])
    expect(read(`{"a":"\\"dsn\\":1,","dsn":null}`)).toEqual([])
  })

  it('gives back whatever items were put into it', () => {
    const item = fc.record({
      type: fc.string({ minLength: 1 }),
      payload: fc.uint8Array({ maxLength: 40 }),
    })
    fc.assert(
      fc.property(fc.array(item, { maxLength: 6 }), (items) => {
        const pieces = items.flatMap(({ type, payload }) => [
          bytes(`\n${JSON.stringify({ type, length: payload.length })}\n`),
          payload,
        ])
        const envelope = parseEnvelope(
          Uint8Array.from([bytes('{}'), ...pieces].flatMap((piece) => [...piece])),
        )
        const got = envelope.ok ? envelope.value.items : []
        expect(got.map(({ type, payload }: EnvelopeItem) => ({ type, payload }))).toEqual(items)
      }),
    )
  })

  it('never throws, and never gives more bytes than came', () => {
    const line = fc.oneof(
      fc.constantFrom('{}', '{"type":"a"}', '{"type":"a","length":3}', '', 'abc', '{"type":"'),
      fc.json(),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.uint8Array(), (lines, junk) => {
        parseEnvelope(junk)
        const sent = bytes('{}', ...lines)
        const envelope = parseEnvelope(sent)
        const items = envelope.ok ? envelope.value.items : []
        const got = items.reduce((sum, { payload }) => sum + payload.length, 0)
        expect(got).toBeLessThanOrEqual(sent.length)
      }),
    )
  })
})

describe('repeated keys', () => {
  it('are found as a parser would count them', () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom('a', 'b', '"', '\\', '{'), fc.jsonValue()))
    fc.assert(
      fc.property(pairs, (entries) => {
        const body = entries.map(
          ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
        )
        const names = entries.map(([key]) => key)
        const repeated = names.find((name, index) => names.indexOf(name) !== index) ?? null
        expect(repeatedKey(`{${body.join(' , ')}}`, ['a', 'b', '"', '\\', '{'])).toBe(repeated)
      }),
    )
  })
})
