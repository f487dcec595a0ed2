/** Transactions beyond the cases of the specification. */
import { describe, expect, it } from 'vitest'

import { normalizeEvent } from '../normalize-event.ts'
import { rejectEvent } from '../reject-event.ts'
import { scoreOf } from './performance-score.ts'
import { scrubIdentifiers } from './scrub-identifiers.ts'

const END = 1_600_000_000
const TRACE = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) }

function normalize(fields: Record<string, unknown>) {
  const raw = {
    type: 'transaction',
    start_timestamp: END - 10,
    timestamp: END,
    contexts: { trace: TRACE },
    ...fields,
  }
  return normalizeEvent(raw, { eventId: '0'.repeat(32), now: END * 1000 })
}

function span(id: string, from: number, to: number, fields: Record<string, unknown> = {}) {
  const span_id = id.repeat(16)
  return {
    span_id,
    trace_id: TRACE.trace_id,
    start_timestamp: END - 10 + from,
    timestamp: END - 10 + to,
    ...fields,
  }
}

describe('identifiers in names', () => {
  it.each([
    ['/a/123', '/a/*', 'int'],
    ['/a/1', '/a/1', null],
    ['/v1/a', '/v1/a', null],
    ['/a/b%20c', '/a/b%20c', null],
    ['/a/user-42-x/b', '/a/*/b', 'int'],
    ['C:\\x\\0xDEADBEEF', 'C:\\x\\*', 'hex'],
    ['/a/2022-01-01T12:00', '/a/*', 'date'],
    ['/a/Mon Jan 02 15:04:05 2006', '/a/*', 'date'],
    ['/x/f7e7a8b5-3f1c-4bb4-9d1f-1f1e1d1c1b1a/y', '/x/*/y', 'uuid'],
    ['/x/d41d8cd98f00b204e9800998ecf8427e', '/x/*', 'md5'],
    ['12345', '12345', null],
    ['/', '/', null],
  ])('%s becomes %s', (name, expected, kind) => {
    const scrubbed = scrubIdentifiers(name)
    expect([scrubbed.name, scrubbed.hits[0]?.kind ?? null]).toEqual([expected, kind])
  })

  it('are counted in characters', () => {
    expect(scrubIdentifiers('/😀/123').hits).toEqual([{ kind: 'int', start: 3, end: 6 }])
  })
})

describe('names of transactions', () => {
  const named = (fields: Record<string, unknown>) => {
    const event = normalize(fields)
    return [event.transaction, (event['transaction_info'] as { source: string }).source]
  }

  it.each<[string, Record<string, unknown>, [string, string]]>([
    ['none', {}, ['<unlabeled transaction>', 'unknown']],
    [
      'of a route',
      { transaction: '/a/123', transaction_info: { source: 'route' } },
      ['/a/123', 'route'],
    ],
    [
      'of a URL',
      { transaction: '/a/123', transaction_info: { source: 'url' } },
      ['/a/*', 'sanitized'],
    ],
    ['of unknown source', { transaction: '/a/123' }, ['/a/123', 'unknown']],
    [
      'of a browser',
      { transaction: '/a/123', sdk: { name: 'sentry.javascript.react' } },
      ['/a/*', 'sanitized'],
    ],
    [
      'of a browser, without a path',
      { transaction: 'a 123', sdk: { name: 'sentry.javascript.react' } },
      ['a 123', 'unknown'],
    ],
    [
      'of Django’s page that is not there',
      {
        transaction: '/a/123',
        sdk: { name: 'sentry.python', integrations: ['django'] },
        tags: { 'http.status_code': '404' },
      },
      ['/a/*', 'sanitized'],
    ],
  ])('%s', (_what, fields, expected) => {
    expect(named(fields)).toEqual(expected)
  })

  it('of errors are left alone', () => {
    const raw = { transaction: '/a/123', transaction_info: { source: 'url' } }
    expect(normalizeEvent(raw, { eventId: '0'.repeat(32), now: END * 1000 }).transaction).toBe(
      '/a/123',
    )
  })
})

describe('measurements', () => {
  const measured = (measurements: Record<string, unknown>, fields: Record<string, unknown> = {}) =>
    normalize({ measurements, ...fields })['measurements'] as Record<
      string,
      { value: number; unit: string }
    >

  it('have present names, their units, and rates of their own', () => {
    const kept = measured({
      'app.start.cold': { value: 100 },
      ' FRAMES_TOTAL ': { value: 100 },
      frames_slow: { value: 10 },
      stall_total_time: { value: 500 },
      my_own: { value: 1.5, unit: 'byte' },
    })
    expect(kept).toEqual({
      app_start_cold: { value: 100, unit: 'millisecond' },
      frames_total: { value: 100, unit: 'none' },
      frames_slow: { value: 10, unit: 'none' },
      frames_slow_rate: { value: 0.1, unit: 'ratio' },
      stall_total_time: { value: 500, unit: 'millisecond' },
      stall_percentage: { value: 0.05, unit: 'ratio' },
      my_own: { value: 1.5, unit: 'byte' },
    })
  })

  it('that cannot be compared are refused, by name', () => {
    const event = normalize({
      measurements: {
        lcp: { value: 5, unit: 'second' },
        fid: { value: -1 },
        '1x': { value: 1 },
        app_start_warm: { value: 180_001 },
      },
    })
    expect(event['measurements']).toEqual({})
    expect(event.errors).toMatchObject([
      { type: 'invalid_data', name: 'measurements', reason: 'refused measurements: 1x, fid, lcp' },
    ])
  })

  it('of a user’s own are ten at most, in order of name', () => {
    const many = Object.fromEntries('lkjihgfedcba'.split('').map((name) => [name, { value: 1 }]))
    expect(Object.keys(measured(many))).toEqual('abcdefghij'.split(''))
  })

  it('are nothing an error has', () => {
    const event = normalize({ type: 'default', measurements: { lcp: { value: 1 } } })
    expect(event['measurements']).toBeUndefined()
  })
})

describe('performance scores', () => {
  it('follow their curve through both points', () => {
    expect(scoreOf(1200, 1200, 2400)).toBeCloseTo(0.9, 6)
    expect(scoreOf(2400, 1200, 2400)).toBeCloseTo(0.5, 9)
    expect(scoreOf(0, 1200, 2400)).toBe(1)
    expect(scoreOf(-5, 1200, 2400)).toBe(1)
    expect(scoreOf(1e12, 1200, 2400)).toBe(0)
  })

  const scored = (browser: string, measurements: Record<string, unknown>) =>
    normalize({ measurements, contexts: { trace: TRACE, browser: { name: browser } } })[
      'measurements'
    ] as Record<string, { value: number }>

  it('weigh what a browser measures', () => {
    const vitals = {
      fcp: { value: 1600 },
      lcp: { value: 2400 },
      cls: { value: 0.25 },
      ttfb: { value: 400 },
    }
    const safari = scored('Safari', vitals)
    expect(safari['score.weight.fcp']?.value).toBeCloseTo(0.6)
    expect(safari['score.lcp']).toBeUndefined()
    expect(scored('Mobile Safari', vitals)['score.total']?.value).toBeGreaterThan(0.5)
    expect(scored('Lynx', vitals)['score.total']?.value).toBeCloseTo(0.5, 9)
  })

  it('say how much of the weight was missing', () => {
    const kept = scored('Chrome', { lcp: { value: 2400 } })
    expect(kept['score.weight.lcp']?.value).toBe(1)
    expect(kept['score.weight.cls']?.value).toBe(0)
    expect(kept['score.cls']).toBeUndefined()
  })

  it('rate reactions by themselves, and nothing by nothing', () => {
    expect(scored('Chrome', { inp: { value: 500 } })['score.inp']?.value).toBeCloseTo(0.5, 9)
    expect(scored('Chrome', { mine: { value: 1 } })['score.total']).toBeUndefined()
  })
})

describe('exclusive times', () => {
  it('leave out what children did meanwhile, once', () => {
    const root = { parent_span_id: TRACE.span_id }
    const event = normalize({
      spans: [
        span('1', 0, 6, root),
        span('2', 1, 3, { parent_span_id: '1'.repeat(16) }),
        span('3', 2, 4, { parent_span_id: '1'.repeat(16) }),
        span('4', 5, 9, { parent_span_id: '1'.repeat(16) }),
      ],
    })
    const spans = event['spans'] as { exclusive_time: number }[]
    expect(spans.map(({ exclusive_time: ms }) => ms)).toEqual([2000, 2000, 2000, 4000])
    expect(event.contexts?.['trace']?.['exclusive_time']).toBe(4000)
  })
})

describe('refused are', () => {
  it.each<[string, Record<string, unknown>]>([
    ['transactions that end before they start', { start_timestamp: END + 1 }],
    ['transactions without a start', { start_timestamp: null }],
    ['transactions of no trace', { contexts: { trace: { span_id: TRACE.span_id } } }],
    ['spans that are none', { spans: [span('1', 0, 1), null] }],
    ['spans that end before they start', { spans: [span('1', 2, 1)] }],
    ['spans without an id', { spans: [{ ...span('1', 0, 1), span_id: 'x' }] }],
  ])('%s', (_what, fields) => {
    expect(rejectEvent(normalize(fields))).toBe('invalid_transaction')
  })

  it('not: whole ones', () => {
    expect(rejectEvent(normalize({ spans: [span('1', 0, 1)] }))).toBeNull()
    expect(rejectEvent(normalize({ spans: [], start_timestamp: END }))).toBeNull()
  })
})
