import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { attributeBytes, checkAttributes, contentBytes, utf8Bytes } from './attribute.ts'
import { type Container, parseContainer } from './container.ts'
import { checkElement, checkElements, checkLegacySpan, logBytes, metricBytes } from './element.ts'
import type { ContainerKind } from './item-kind.ts'

const TYPE: Record<ContainerKind, string> = {
  log: 'application/vnd.sentry.items.log+json',
  span: 'application/vnd.sentry.items.span.v2+json',
  trace_metric: 'application/vnd.sentry.items.trace-metric+json',
}
const TRACE = '5f0c1e9ab7d24c3e8f6a90b1c2d3e4f5'
const LOG = { timestamp: 1772359200.101, trace_id: TRACE, level: 'warn', body: 'stock low' }
const METRIC = { timestamp: 1, trace_id: TRACE, name: 'cart.size', type: 'distribution', value: 4 }
const SPAN = {
  trace_id: TRACE,
  span_id: '00f067aa0ba902b7',
  name: 'GET /',
  status: 'ok',
  start_timestamp: 1,
  end_timestamp: 2,
}

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const open = (kind: ContainerKind, body: unknown, header: Record<string, unknown>): unknown => {
  const container = parseContainer(kind, { content_type: TYPE[kind], ...header }, bytes(body))
  return container.ok ? container.value : container.error
}
const container = (kind: ContainerKind, elements: unknown[]): Container => ({
  kind,
  elements,
  settings: { infersIp: false, infersUserAgent: false },
})

describe('a container', () => {
  it('opens when it holds as many elements as it says', () => {
    expect(open('log', { items: [LOG] }, { item_count: 1 })).toMatchObject({ elements: [LOG] })
    expect(open('log', { items: [LOG] }, { item_count: 2 })).toBe('invalid_log')
    expect(open('span', { items: [] }, {})).toBe('invalid_span')
    expect(open('trace_metric', { items: [] }, { item_count: '0' })).toBe('invalid_trace_metric')
  })

  it('is lost whole when it is no container at all', () => {
    expect(open('log', [LOG], { item_count: 1 })).toBe('invalid_json')
    expect(open('log', { items: {} }, { item_count: 1 })).toBe('invalid_json')
    expect(open('log', { items: [] }, { item_count: 0, content_type: 'text/plain' })).toBe(
      'content_type',
    )
  })

  it('lets only version 2 ask for inference, and only by `auto`', () => {
    const settings = { infer_ip: 'auto', infer_user_agent: 'never' }
    expect(
      open('log', { version: 2, ingest_settings: settings, items: [] }, { item_count: 0 }),
    ).toMatchObject({ settings: { infersIp: true, infersUserAgent: false } })
    expect(open('log', { ingest_settings: settings, items: [] }, { item_count: 0 })).toMatchObject({
      settings: { infersIp: false, infersUserAgent: false },
    })
  })

  it('gotcha 41: keeps its elements when what stands beside them is wrong', () => {
    const body = { version: 'two', ingest_settings: [7], items: [LOG] }
    expect(open('log', body, { item_count: 1 })).toMatchObject({ elements: [LOG] })
  })
})

describe('an element', () => {
  it('is kept with its unknown fields, and lost alone when it is wrong', () => {
    const checked = checkElements(
      container('log', [{ ...LOG, extra: [1] }, { body: 'no trace' }, 7]),
    )
    expect(checked.elements).toEqual([{ ...LOG, extra: [1] }])
    expect(checked.quantities).toEqual([
      { category: 'log_item', quantity: 1 },
      { category: 'log_byte', quantity: 9 },
    ])
    expect(checked.losses).toEqual([
      { category: 'log_item', quantity: 2, outcome: 'invalid', reason: 'invalid_log' },
      { category: 'log_byte', quantity: 9, outcome: 'invalid', reason: 'invalid_log' },
    ])
  })

  it('needs what its kind requires', () => {
    const isKept = (kind: ContainerKind, raw: unknown): boolean => checkElement(kind, raw).ok
    expect(isKept('log', LOG)).toBe(true)
    for (const field of ['timestamp', 'trace_id', 'level', 'body']) {
      expect(isKept('log', { ...LOG, [field]: undefined })).toBe(false)
    }
    expect(isKept('trace_metric', METRIC)).toBe(true)
    for (const wrong of [{ type: 'set' }, { value: '4' }, { name: '' }, { timestamp: 'now' }]) {
      expect(isKept('trace_metric', { ...METRIC, ...wrong })).toBe(false)
    }
    expect(isKept('span', { ...SPAN, status: 'cancelled' })).toBe(true)
    for (const wrong of [{ span_id: 'abc' }, { end_timestamp: 0 }, { name: null }, { status: 3 }]) {
      expect(isKept('span', { ...SPAN, ...wrong })).toBe(false)
    }
  })

  it('gotcha 4: may write its ids in upper case, and is given them in lower', () => {
    const raw = { ...LOG, trace_id: TRACE.toUpperCase(), span_id: '00F067AA0BA902B7' }
    expect(checkElement('log', raw)).toMatchObject({
      value: { trace_id: TRACE, span_id: '00f067aa0ba902b7' },
    })
    expect(checkElement('log', { ...LOG, span_id: 'nonsense' })).toMatchObject({
      value: { span_id: null },
    })
    expect(checkLegacySpan({ ...SPAN, span_id: 'ABCDEF0123456789', timestamp: 3 })).toMatchObject({
      value: { span_id: 'abcdef0123456789' },
    })
    expect(checkLegacySpan({ ...SPAN })).toEqual({ ok: false, error: 'invalid_span' })
  })

  it('gotcha 38: loses the header that only relays may give it', () => {
    const element = checkElement('log', { ...LOG, __header: { byte_size: 1 } })
    expect(element).toEqual({ ok: true, value: LOG })
  })

  it('gotcha 36: is billed as it came, before old names get new ones', () => {
    const attributes = { 'http.method': { type: 'string', value: 'GET' } }
    const checked = checkElements(container('log', [{ ...LOG, attributes }]))
    expect(checked.quantities).toContainEqual({ category: 'log_byte', quantity: 9 + 11 + 3 })
    expect(Object.keys(checked.elements[0]!['attributes'] as object)).toHaveLength(2)
  })

  it('is billed at least one byte, a metric at least its value', () => {
    expect(logBytes({ ...LOG, body: '' })).toBe(1)
    expect(metricBytes({ ...METRIC, name: 'é' })).toBe(10)
  })

  it('is wrong when it nests without end, for it could not be written again', () => {
    const nested = (levels: number): unknown =>
      JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`)
    expect(checkElement('log', { ...LOG, extra: nested(63) }).ok).toBe(true)
    expect(checkElement('log', { ...LOG, extra: nested(64) }).ok).toBe(false)
    expect(checkElement('log', { ...LOG, extra: nested(200_000) }).ok).toBe(false)
    expect(checkLegacySpan({ ...SPAN, timestamp: 3, data: nested(64) }).ok).toBe(false)
  })

  it('is too large alone', () => {
    const body = 'x'.repeat(2 * 1024 * 1024)
    expect(checkElement('log', { ...LOG, body })).toEqual({ ok: false, error: 'too_large:log' })
  })
})

describe('attributes', () => {
  it('gotcha 35: one of a wrong or unknown type is nulled and noted, and its log survives', () => {
    const attributes = {
      good: { type: 'integer', value: 3 },
      wrong: { type: 'integer', value: '3' },
      unknown: { type: 'colour', value: 'red' },
      mixed: { type: 'array', value: ['a', 1] },
      list: { type: 'array', value: ['a', 'b'] },
    }
    expect(checkElement('log', { ...LOG, attributes })).toEqual({
      ok: true,
      value: {
        ...LOG,
        attributes: { ...attributes, wrong: null, unknown: null, mixed: null },
        _meta: {
          attributes: Object.fromEntries(
            ['wrong', 'unknown', 'mixed'].map((name) => [name, { '': { err: ['invalid_data'] } }]),
          ),
        },
      },
    })
  })

  it('gotcha 37: gives a replaced name its successor too, and never over one that came', () => {
    const size = { type: 'integer', value: 9 }
    expect(checkAttributes({ 'http.response_content_length': size }).attributes).toEqual({
      'http.response_content_length': size,
      'http.response.body.size': size,
    })
    const both = {
      'http.response_content_length': size,
      'http.response.body.size': { type: 'integer', value: 7 },
    }
    expect(checkAttributes(both).attributes).toEqual(both)
  })

  it('keeps a name that objects inherit as a name', () => {
    const raw: unknown = JSON.parse('{"__proto__":{"type":"string","value":"x"}}')
    const { attributes } = checkAttributes(raw)
    expect(Object.keys(attributes)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype)
  })

  it('weighs content as it is billed', () => {
    expect(contentBytes({ é: [true, 1.5, null, 'ab'] })).toBe(2 + 1 + 8 + 0 + 2)
    expect(attributeBytes({ a: { type: 'boolean', value: true }, b: 'junk' })).toBe(1 + 1 + 1)
  })

  it('measures text as an encoder would write it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          expect(utf8Bytes(text)).toBe(new TextEncoder().encode(text).length)
        },
      ),
    )
  })

  it('weighs nesting of any depth without falling over', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(200_000)}1${']'.repeat(200_000)}`)
    expect(contentBytes(deep)).toBe(8)
  })
})

describe('whatever is sent', () => {
  it('never throws, and elements kept and lost are the elements that came', () => {
    const kinds = fc.constantFrom<ContainerKind>('log', 'span', 'trace_metric')
    const element = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom<unknown>(LOG, METRIC, SPAN),
      fc.record({ trace_id: fc.constant(TRACE), attributes: fc.jsonValue() }),
    )
    fc.assert(
      fc.property(kinds, fc.array(element), (kind, elements) => {
        const checked = checkElements(container(kind, elements))
        const category = { log: 'log_item', span: 'span', trace_metric: 'trace_metric' }[kind]
        const sum = [...checked.quantities, ...checked.losses]
          .filter((counted) => counted.category === category)
          .reduce((total, { quantity }) => total + quantity, 0)
        expect(sum).toBe(elements.length)
      }),
    )
  })

  it('never throws on bytes that are no container', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (payload) => {
        const header = { content_type: TYPE.log, item_count: 1 }
        expect(parseContainer('log', header, payload).ok).toBe(false)
      }),
    )
  })
})
