import { describe, expect, it } from 'vitest'

import { readEvent } from './event-schema.ts'
import { Notes } from './notes.ts'
import { readMeta } from './read-meta.ts'

function read(raw: Record<string, unknown>) {
  const notes = new Notes(readMeta(raw['_meta']))
  return { event: readEvent(raw, notes) as Record<string, unknown>, meta: notes.tree }
}

describe('readEvent', () => {
  it.each([
    ['a list', [{ type: 'A' }], { values: [{ type: 'A' }] }],
    ['values', { values: [{ type: 'A' }, null] }, { values: [{ type: 'A' }, null] }],
    ['one bare object', { type: 'A' }, { values: [{ type: 'A' }] }],
    ['nothing', {}, null],
    ['an empty list', [], null],
  ])('reads exceptions as %s', (_form, exception, expected) => {
    expect(read({ exception }).event).toEqual({ exception: expected })
  })

  it('refuses exceptions that are none', () => {
    const { event, meta } = read({ exception: 'ValueError', threads: { values: 7 } })
    expect(event).toEqual({ exception: null, threads: null })
    expect(meta).toMatchObject({
      exception: {
        '': { err: [['invalid_data', { reason: 'expected a list or values object' }]] },
      },
      threads: { values: { '': { err: [['invalid_data', { reason: 'expected an array' }]] } } },
    })
  })

  it('hears the present name before the old ones, in their order', () => {
    const old = { 'sentry.interfaces.Message': 'older', message: 'oldest' }
    expect(read(old).event).toEqual({ logentry: { formatted: 'older' } })
    expect(read({ ...old, logentry: 'now' }).event).toEqual({ logentry: { formatted: 'now' } })
  })

  it('takes the notes of old names along', () => {
    const meta = {
      'sentry.interfaces.Http': { url: { '': { len: 7 } } },
      exception: { 0: { value: { '': { len: 8 } } } },
    }
    const raw = { 'sentry.interfaces.Http': { url: 'x' }, exception: [{ value: 'y' }], _meta: meta }
    expect(read(raw).meta).toEqual({
      request: { url: { '': { len: 7 } } },
      exception: { values: { 0: { value: { '': { len: 8 } } } } },
    })
  })

  it('tells which fields it does not know, but for those everybody knows of', () => {
    const { event, meta } = read({
      bogus: 1,
      metadata: {},
      hashes: [],
      key_id: 1,
      received: 5,
      platform: 'x',
    })
    expect(event).toEqual({ platform: 'x' })
    expect(meta).toEqual({ bogus: { '': { err: ['invalid_attribute'] } } })
  })

  it('keeps what is unknown about a user, and about contexts', () => {
    const { event } = read({
      user: { id: 7, plan: 'pro', data: { a: 1 } },
      contexts: {
        device: { name: 'x', made_up: [1] },
        biz: { a: 1 },
        trace: { type: '', data: { route: '/x' } },
      },
    })
    expect(event['user']).toEqual({ id: '7', data: { a: 1, plan: 'pro' } })
    expect(event['contexts']).toMatchObject({
      device: { type: 'device', name: 'x', made_up: [1] },
      biz: { type: 'biz', a: 1 },
      trace: { type: 'trace', data: { route: { name: '/x' } } },
    })
  })

  it('misses what must be there, and says so', () => {
    const { event, meta } = read({
      contexts: { trace: { trace_id: 'x' } },
      stacktrace: { frames: [] },
      exception: [
        { type: 'A', mechanism: {} },
        { type: 'B', mechanism: { type: null } },
      ],
    })
    expect(event['exception']).toEqual({
      values: [
        { type: 'A', mechanism: null },
        { type: 'B', mechanism: { type: null } },
      ],
    })
    expect(event['stacktrace']).toEqual({ frames: null })
    expect(meta).toMatchObject({
      contexts: {
        trace: {
          trace_id: { '': { err: [['invalid_data', { reason: 'not a valid trace id' }]] } },
          span_id: { '': { err: [['missing_attribute', { attribute: 'span_id' }]] } },
        },
      },
      stacktrace: {
        frames: { '': { err: [['invalid_data', { reason: 'expected a non-empty value' }]] } },
      },
    })
  })

  it('reads old mechanisms', () => {
    const mechanism = {
      posix_signal: { signal: 6, code: 0, name: 'SIGABRT' },
      mach_exception: { exception: 1, code: 2, subcode: 3, exception_name: 'EXC_BAD_ACCESS' },
      relevant_address: '0x1',
    }
    expect(read({ exception: [{ type: 'A', mechanism }] }).event).toMatchObject({
      exception: {
        values: [
          {
            mechanism: {
              type: 'generic',
              meta: {
                signal: { number: 6, code: 0, name: 'SIGABRT' },
                mach_exception: { exception: 1, code: 2, subcode: 3, name: 'EXC_BAD_ACCESS' },
              },
              data: { relevant_address: '0x1' },
            },
          },
        ],
      },
    })
  })

  it('reads images by type, old ones too', () => {
    const { event, meta } = read({
      debug_meta: {
        images: [
          { type: 'apple', name: 'App', uuid: 'id', image_addr: 4096, cpu_type: 1 },
          { type: 'elf', name: 'lib.so', id: 'x', made_up: 1 },
          { type: 'proguard', uuid: 'u' },
          { type: 'cobol' },
        ],
      },
    })
    expect(event['debug_meta']).toEqual({
      images: [
        { type: 'macho', code_file: 'App', debug_id: 'id', image_addr: '0x1000', cpu_type: 1 },
        { type: 'elf', code_file: 'lib.so', debug_id: 'x' },
        { type: 'proguard', uuid: 'u' },
        null,
      ],
    })
    expect(meta).toMatchObject({
      debug_meta: { images: { 3: { '': { val: { type: 'cobol' } } } } },
    })
  })

  it('reads frames, whatever wrote them', () => {
    const frame = {
      function: 'f',
      lineno: 7,
      vars: ['a', 'b'],
      instruction_addr: '4096',
      bogus: 1,
      colno: -1,
    }
    expect(read({ stacktrace: { frames: [frame, null, 'x'] } }).event).toEqual({
      stacktrace: {
        frames: [
          {
            function: 'f',
            lineno: 7,
            vars: { 0: 'a', 1: 'b' },
            instruction_addr: '0x1000',
            colno: null,
          },
          null,
          null,
        ],
      },
    })
  })

  it('keeps the usable parts of a fingerprint', () => {
    const { event, meta } = read({ fingerprint: ['a', 1, true, { b: 1 }, null] })
    expect(event['fingerprint']).toEqual(['a', '1', 'True'])
    expect(meta).toEqual({
      fingerprint: { '': { err: [['invalid_data', { value: [{ b: 1 }, null] }]] } },
    })
    expect(read({ fingerprint: 'a' }).event['fingerprint']).toBeNull()
  })

  it('reads spans with the present names of their attributes', () => {
    const span = {
      span_id: 'FA90FDEAD5F74052',
      data: { method: 'GET', 'http.method': 'POST', status_code: 200, x: 1 },
      tags: { a: 1 },
      own: 1,
    }
    const { event } = read({ spans: [span] })
    expect(event['spans']).toEqual([
      {
        span_id: 'fa90fdead5f74052',
        data: { 'http.request_method': 'POST', 'http.response.status_code': 200, x: 1 },
        tags: { a: '1' },
        own: 1,
      },
    ])
  })

  it('reads headers, queries and cookies in all their forms', () => {
    const { event } = read({
      request: {
        headers: { 'x-b': ['1', '2'], 'accept-language': 'de' },
        query_string: '?a=b&c=%20d&a=+',
        cookies: 'x=1; y',
      },
    })
    expect(event['request']).toEqual({
      headers: [
        ['Accept-Language', 'de'],
        ['X-B', '1,2'],
      ],
      query_string: [
        ['a', 'b'],
        ['c', ' d'],
        ['a', ' '],
      ],
      cookies: [
        ['x', '1'],
        ['y', ''],
      ],
    })
    expect(read({ request: { query_string: { a: { b: 1 }, c: 2 } } }).event['request']).toEqual({
      query_string: [
        ['a', '{"b":1}'],
        ['c', '2'],
      ],
    })
  })
})
