/** The cases of spec/event-processing.md §6 about normalizing, by their ids. */
import { describe, expect, it } from 'vitest'

import { parseUserAgent } from '#platform/user-agent.ts'
import type { PicketEvent } from './event.ts'
import { type NormalizeContext, normalizeEvent } from './normalize-event.ts'
import { rejectEvent } from './reject-event.ts'

/** Time of receipt, Unix seconds. */
const RECEIVED = 1_600_000_000
const HOUR = 3600

const URL_IN_FRAME = { function: 'f', filename: 'http://foo.com/foo.js' }
const CHROME_ON_WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/86.0.4240.198 Safari/537.36'

interface Case {
  id: string
  raw: Record<string, unknown>
  context?: Partial<NormalizeContext>
  /** What stands at each place; a path that ends in `.` names the notes of a place. */
  want: Record<string, unknown>
}

const cases: Case[] = [
  {
    id: 'EP-001',
    raw: { exception: [{ type: 'A', value: 'b' }] },
    want: { 'exception.values': [{ type: 'A', value: 'b' }], type: 'error' },
  },
  { id: 'EP-003', raw: { exception: {} }, want: { exception: null, type: 'default' } },
  {
    id: 'EP-005',
    raw: { 'sentry.interfaces.Http': { url: 'http://a.b/' } },
    want: { 'request.url': 'http://a.b/', 'sentry.interfaces.Http': undefined },
  },
  { id: 'EP-006', raw: { message: 'hi' }, want: { logentry: { formatted: 'hi' } } },
  { id: 'EP-008', raw: { message: { a: 1 }, logentry: null }, want: { logentry: null } },
  {
    id: 'EP-009',
    raw: { logentry: { message: 'hello, %s!', params: ['world'] } },
    want: { 'logentry.formatted': 'hello, world!', 'logentry.message': 'hello, %s!' },
  },
  {
    id: 'EP-011',
    raw: { logentry: { message: 'hello, %s!' } },
    want: { 'logentry.formatted': 'hello, %s!', 'logentry.message': undefined },
  },
  {
    id: 'EP-013',
    raw: { tags: { 'foo bar': 'baz', 'non string': 42, b: true, n: null } },
    want: {
      tags: [
        ['b', 'True'],
        ['foo-bar', 'baz'],
        ['n', null],
        ['non-string', '42'],
      ],
    },
  },
  {
    id: 'EP-015',
    raw: { tags: { release: 'x', dist: 'x', user: 'x', filename: 'x', function: 'x', ok: 'y' } },
    want: { tags: [['ok', 'y']] },
  },
  {
    id: 'EP-016',
    raw: {
      tags: [
        ['', 'a'],
        ['b', ''],
      ],
    },
    want: {
      tags: [
        [null, 'a'],
        ['b', null],
      ],
      '_meta.tags.0.0.': { err: [['invalid_data', { reason: 'expected a non-empty value' }]] },
      '_meta.tags.1.1.': { err: [['invalid_data', { reason: 'expected a non-empty value' }]] },
    },
  },
  {
    id: 'EP-017',
    raw: { tags: { a: 'x'.repeat(201) } },
    want: { tags: [['a', null]], '_meta.tags.0.1.': { err: ['value_too_long'] } },
  },
  {
    id: 'EP-018',
    raw: { tags: { environment: 'prod' } },
    want: { environment: 'prod', tags: undefined },
  },
  {
    id: 'EP-019',
    raw: { environment: 'none' },
    want: {
      environment: null,
      '_meta.environment..val': 'none',
      '_meta.environment..err.0.0': 'invalid_data',
    },
  },
  {
    id: 'EP-021',
    raw: { release: 'Latest' },
    want: {
      release: null,
      '_meta.release..val': 'Latest',
      '_meta.release..err.0.0': 'invalid_data',
    },
  },
  { id: 'EP-023 text', raw: { dist: ' foo  ' }, want: { dist: 'foo', _meta: undefined } },
  { id: 'EP-023 blank', raw: { dist: ' ' }, want: { dist: null, _meta: undefined } },
  {
    id: 'EP-024',
    raw: { server_name: 'h', site: 's', tags: { site: 'old' } },
    want: {
      tags: [
        ['server_name', 'h'],
        ['site', 's'],
      ],
      server_name: undefined,
      site: undefined,
    },
  },
  { id: 'EP-025 log', raw: { level: 'log' }, want: { level: 'info', errors: [] } },
  { id: 'EP-025 30', raw: { level: 30 }, want: { level: 'warning', errors: [] } },
  { id: 'EP-025 critical', raw: { level: 'critical' }, want: { level: 'fatal', errors: [] } },
  {
    id: 'EP-025 bogus',
    raw: { level: 'bogus' },
    want: {
      level: 'error',
      errors: [{ type: 'invalid_data', name: 'level', value: 'bogus', reason: 'invalid level' }],
    },
  },
  {
    id: 'EP-028',
    raw: { timestamp: 1562770897893 },
    want: {
      timestamp: RECEIVED,
      '_meta.timestamp..err': [['invalid_data', { reason: 'timestamp out of range' }]],
    },
  },
  {
    id: 'EP-029',
    raw: { timestamp: RECEIVED + 120 },
    want: {
      timestamp: RECEIVED,
      '_meta.timestamp..err': [
        [
          'future_timestamp',
          { sdk_time: '2020-09-13T12:28:40+00:00', server_time: '2020-09-13T12:26:40+00:00' },
        ],
      ],
    },
  },
  {
    id: 'EP-030',
    raw: { timestamp: RECEIVED - 60 * 24 * HOUR },
    want: { timestamp: RECEIVED, '_meta.timestamp..err.0.0': 'past_timestamp' },
  },
  {
    id: 'EP-031',
    raw: {
      timestamp: RECEIVED - 2 * HOUR - 5,
      breadcrumbs: [{ timestamp: RECEIVED - 2 * HOUR - 10, message: 'x' }],
    },
    context: { sentAt: (RECEIVED - 2 * HOUR) * 1000 },
    want: {
      timestamp: RECEIVED - 5,
      'breadcrumbs.values.0.timestamp': RECEIVED - 10,
      '_meta.timestamp..err.0.0': 'clock_drift',
    },
  },
  {
    id: 'EP-035',
    raw: { exception: [{ value: 'ValueError: unauthorized' }] },
    want: { 'exception.values': [{ type: 'ValueError', value: 'unauthorized' }] },
  },
  {
    id: 'EP-036',
    raw: { exception: [{ value: { unauthorized: true } }] },
    want: { 'exception.values': [{ value: '{"unauthorized":true}' }] },
  },
  {
    id: 'EP-038',
    raw: {
      exception: [
        { type: 'A', mechanism: { posix_signal: { signal: 11, name: 'SIGSEGV' }, addr: '0x1' } },
      ],
    },
    want: {
      'exception.values.0.mechanism': {
        type: 'generic',
        meta: { signal: { number: 11, name: 'SIGSEGV' } },
        data: { addr: '0x1' },
      },
    },
  },
  {
    id: 'EP-039',
    raw: { exception: [{ type: 'A', stacktrace: { frames: [URL_IN_FRAME] } }] },
    want: {
      'exception.values.0.stacktrace.frames.0.abs_path': 'http://foo.com/foo.js',
      'exception.values.0.stacktrace.frames.0.filename': '/foo.js',
    },
  },
  {
    id: 'EP-042',
    raw: {
      exception: [
        { type: 'A', stacktrace: { frames: [{ function: '?', pre_context: [null, 'a'] }] } },
      ],
    },
    want: {
      'exception.values.0.stacktrace.frames.0': {
        function: null,
        pre_context: ['', 'a'],
        context_line: '',
      },
    },
  },
  {
    id: 'EP-043',
    raw: { exception: [{ type: 'A', stacktrace: { frames: frames(300) } }] },
    want: {
      'exception.values.0.stacktrace.frames.length': 250,
      'exception.values.0.stacktrace.frames.0.function': 'f50',
      'exception.values.0.stacktrace.frames.249.function': 'f299',
      '_meta.exception.values.0.stacktrace.frames..len': 300,
    },
  },
  {
    id: 'EP-045',
    raw: { culprit: 'x'.repeat(300) },
    want: {
      culprit: `${'x'.repeat(197)}...`,
      '_meta.culprit.': { rem: [['!limit', 's', 197, 200]], len: 300 },
    },
  },
  {
    id: 'EP-047',
    raw: { extra: { key: Array(200_000).fill(1) } },
    want: { 'extra.key.length': 8192, '_meta.extra.key..len': 200_000 },
  },
  {
    id: 'EP-048',
    raw: { extra: { key: nested(8) } },
    want: { 'extra.key.k8.k7.k6.k5.k4': JSON.stringify(nested(3)) },
  },
  {
    id: 'EP-049',
    raw: { request: { url: 'http://example.com/path?some=thing#else' } },
    want: {
      request: {
        url: 'http://example.com/path',
        query_string: [['some', 'thing']],
        fragment: 'else',
      },
    },
  },
  {
    id: 'EP-050',
    raw: { request: { url: 'http://göögle.com/', method: '!!!!' } },
    want: { 'request.url': 'http://xn--ggle-5qaa.com/', 'request.method': null },
  },
  {
    id: 'EP-052',
    raw: { request: { headers: { Cookie: 'a=b;c=d', Accept: 'x' } } },
    want: {
      'request.cookies': [
        ['a', 'b'],
        ['c', 'd'],
      ],
      'request.headers': [['Accept', 'x']],
    },
  },
  { id: 'EP-054 base64', raw: { request: { data: 'dGU=' } }, want: { request: { data: 'dGU=' } } },
  {
    id: 'EP-054 form',
    raw: { request: { data: 'foo=bar' } },
    want: {
      request: { data: { foo: 'bar' }, inferred_content_type: 'application/x-www-form-urlencoded' },
    },
  },
  {
    // The database behind the case is the platform's here: the context brings what it knows.
    id: 'EP-056',
    raw: { user: { ip_address: '{{auto}}' } },
    context: {
      clientIp: '2.125.160.216',
      geo: { country_code: 'GB', city: 'Boxford', region: 'United Kingdom' },
    },
    want: {
      user: {
        ip_address: '2.125.160.216',
        geo: { country_code: 'GB', city: 'Boxford', region: 'United Kingdom' },
      },
    },
  },
  {
    id: 'EP-057',
    raw: { platform: 'javascript' },
    context: { clientIp: '213.47.147.207' },
    want: { 'user.ip_address': '213.47.147.207' },
  },
  ...['never', 'bogus'].map((mode) => ({
    id: `EP-059 ${mode}`,
    raw: { platform: 'javascript', sdk: { settings: { infer_ip: mode } } },
    context: { clientIp: '213.47.147.207' },
    want: { user: undefined },
  })),
  {
    id: 'EP-061',
    raw: { user: { id: 42, plan: 'x' } },
    want: { user: { id: '42', data: { plan: 'x' } } },
  },
  {
    id: 'EP-065',
    raw: { request: { headers: { 'SEC-CH-UA': '"Not_A Brand";v="99", "Google Chrome";v="109"' } } },
    want: { 'contexts.browser.name': 'Google Chrome', 'contexts.browser.version': '109' },
  },
  {
    id: 'EP-066',
    raw: { platform: 'python', request: { headers: { 'User-Agent': CHROME_ON_WINDOWS } } },
    want: {
      'contexts.browser.name': 'Chrome',
      'contexts.client_os.name': 'Windows',
      'contexts.client_os.version': '>=10',
      'contexts.os': undefined,
    },
  },
  {
    id: 'EP-067',
    raw: transaction({
      transaction: '/foo/2fd4e1c67a2d28fced849ee1bb76e7391b93eb12/user/123/0',
      transaction_info: { source: 'url' },
    }),
    want: {
      transaction: '/foo/*/user/*/0',
      'transaction_info.source': 'sanitized',
      '_meta.transaction..rem': [
        ['sha1', 's', 5, 45],
        ['int', 's', 51, 54],
      ],
    },
  },
  {
    id: 'EP-070',
    raw: transaction({
      contexts: { trace: TRACE(), browser: { name: 'Chrome' } },
      measurements: {
        fcp: { value: 1600 },
        lcp: { value: 2400 },
        cls: { value: 0.25 },
        ttfb: { value: 400 },
      },
    }),
    want: {
      measurements: expect.objectContaining({
        'score.total': { value: expect.closeTo(0.5, 9), unit: 'ratio' },
        'score.lcp': { value: expect.closeTo(0.2143, 4), unit: 'ratio' },
        'score.weight.lcp': { value: expect.closeTo(0.4286, 4), unit: 'ratio' },
      }),
    },
  },
]

describe('the cases of the specification', () => {
  it.each(cases)('$id', ({ raw, context, want }) => {
    const event = normalize(raw, context)
    for (const [path, value] of Object.entries(want))
      expect({ [path]: at(event, path) }).toEqual({ [path]: value })
  })

  it('EP-033: refuses what happened before 1970', () => {
    expect(rejectEvent(normalize({ timestamp: -1 }))).toBe('timestamp')
    expect(rejectEvent(normalize({ timestamp: RECEIVED }))).toBeNull()
  })

  it('EP-044: takes variables and source from the frames in the middle', () => {
    const event = normalize({ exception: [{ type: 'A', stacktrace: { frames: frames(60) } }] })
    const kept = event.exception?.values?.[0]?.stacktrace?.frames ?? []
    const slimmed = kept.flatMap((frame, index) => (frame?.vars ? [] : [index]))
    expect(slimmed).toEqual([25, 26, 27, 28, 29, 30, 31, 32, 33, 34])
    expect(kept[25]).toEqual({
      function: 'f25',
      context_line: 'x',
      filename: 'a.py',
      abs_path: 'a.py',
    })
  })

  it('EP-069: refuses a transaction without a trace', () => {
    expect(rejectEvent(normalize(transaction({ contexts: {} })))).toBe('invalid_transaction')
    expect(rejectEvent(normalize(transaction({})))).toBeNull()
  })
})

function normalize(
  raw: Record<string, unknown>,
  context: Partial<NormalizeContext> = {},
): PicketEvent {
  return normalizeEvent(raw, {
    eventId: '0'.repeat(31).concat('1'),
    now: RECEIVED * 1000,
    parseUserAgent,
    ...context,
  })
}

/** What stands at a dotted path; undefined where the path ends early. */
function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (node, key) => (node as Record<string, unknown> | null | undefined)?.[key],
      value,
    )
}

function frames(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    function: `f${index}`,
    filename: 'a.py',
    vars: { a: '1' },
    pre_context: ['p'],
    context_line: 'x',
    post_context: ['q'],
  }))
}

/** `{k8: {k7: … {k1: 'x'}}}` */
function nested(levels: number): unknown {
  return levels === 0 ? 'x' : { [`k${levels}`]: nested(levels - 1) }
}

function TRACE() {
  return { trace_id: '4c79f60c11214eb38604f4ae0781bfb2', span_id: 'fa90fdead5f74053' }
}

function transaction(fields: Record<string, unknown>) {
  return {
    type: 'transaction',
    timestamp: RECEIVED - 1,
    start_timestamp: RECEIVED - 2,
    transaction: 'x',
    contexts: { trace: TRACE() },
    ...fields,
  }
}
