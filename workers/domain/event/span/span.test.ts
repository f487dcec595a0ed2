import { describe, expect, it } from 'vitest'

import { normalizeEvent } from '../normalize-event.ts'
import { rejectEvent } from '../reject-event.ts'
import { scrubDescription } from './description.ts'
import { normalizeSql } from './sql.ts'

describe('descriptions', () => {
  it.each<[string, string, string | null]>([
    [
      'http.client',
      'GET https://www.service.io:80/users/01qasdf?x=y',
      'GET https://*.service.io:80',
    ],
    ['http.client', 'POST http://10.1.2.3/x', 'POST http://*.*.*.*'],
    ['http.client', 'GET http://127.0.0.1:9000/x', 'GET http://127.0.0.1:9000'],
    ['http.client', 'GET https://api.shop.co.uk/x', 'GET https://*.shop.co.uk'],
    ['http.client', 'GET data:image/png;base64,xyz', 'GET data:image/*'],
    ['http.client', 'GET /relative', 'GET *'],
    ['http.client', 'nothing', null],
    ['db.redis', 'get user:42', 'GET *'],
    ['cache.get', 'mget a b', 'MGET *'],
    ['db.sql.query', "SELECT * FROM t WHERE a = 'b'", 'SELECT * FROM t WHERE a = %s'],
    ['db.sql.prisma', 'User.findMany', 'User.findMany'],
    ['resource.script', 'https://cdn.a.com/x/y/app.1f2e3d4c.js?v=1', 'https://*.a.com/*/app.*.js'],
    ['resource.css', '/assets/site-0123abcd.css', '/*/site-*.css'],
    ['file.read', '/home/ann/taxes 2024.pdf', '*.pdf'],
    ['ui.load', 'MainActivity', 'MainActivity'],
    ['function', 'compute', null],
  ])('%s: %s', (op, description, expected) => {
    expect(scrubDescription({ op, description })).toBe(expected)
  })

  it('are none where a statement is no SQL', () => {
    const data = { 'db.system': 'mongodb' }
    expect(scrubDescription({ op: 'db', description: '{"find":1}', data })).toBeNull()
  })
})

describe('normalizeSql', () => {
  it.each([
    ['SELECT a1 FROM b2 WHERE c=1 AND d=-2.5e3', 'SELECT a1 FROM b2 WHERE c=%s AND d=%s'],
    ["x IN ('a', 'it''s', $3)", 'x IN (%s)'],
    ['INSERT INTO t VALUES (1, 2), (3, 4)', 'INSERT INTO t VALUES (%s)'],
    ['SELECT  a /* who */\n FROM b -- why', 'SELECT a FROM b'],
    ['a = %(name)s AND b = :id AND c = ?', 'a = %s AND b = %s AND c = %s'],
    ['a IS NULL AND b = TRUE', 'a IS %s AND b = %s'],
    ["a = 'never closed", 'a = %s'],
  ])('%s', (statement, expected) => {
    expect(normalizeSql(statement)).toBe(expected)
  })

  it.each([
    "'".repeat(1e6),
    '/*'.repeat(5e5),
    "\\'".repeat(5e5),
    '%s,'.repeat(3e5),
    '('.repeat(1e6),
    ' '.repeat(1e6),
  ])('is linear (case %#)', (statement) => {
    const start = performance.now()
    normalizeSql(statement)
    expect(performance.now() - start).toBeLessThan(500)
  })
})

describe('spans of a transaction', () => {
  const END = 1_600_000_000
  const trace = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16), op: 'http.server' }
  const span = { span_id: 'c'.repeat(16), trace_id: trace.trace_id, start_timestamp: END - 1 }

  function normalize(spans: unknown[]) {
    const raw = {
      type: 'transaction',
      transaction: 'GET /x',
      transaction_info: { source: 'route' },
      start_timestamp: END - 2,
      timestamp: END,
      release: 'shop@1',
      user: { id: 7 },
      sdk: { name: 'sentry.cocoa' },
      contexts: { trace, device: { family: 'iPhone', model: 'iPhone12,1' } },
      spans,
    }
    return normalizeEvent(raw, { eventId: '0'.repeat(32), now: END * 1000 })
  }

  it('are found by what they and their transaction say', () => {
    const description = 'SELECT * FROM users WHERE id = 7'
    const event = normalize([
      {
        ...span,
        timestamp: END,
        op: 'db',
        status: 'ok',
        description,
        data: { 'db.system': 'postgresql', status_code: 200 },
      },
    ])
    expect((event['spans'] as { sentry_tags: unknown }[])[0]?.sentry_tags).toEqual({
      release: 'shop@1',
      user: 'id:7',
      transaction: 'GET /x',
      'transaction.op': 'http.server',
      mobile: 'true',
      'device.class': '2',
      op: 'db',
      category: 'db',
      description: 'SELECT * FROM users WHERE id = %s',
      // the first half of `printf 'SELECT * FROM users WHERE id = %%s' | md5sum`
      group: '5cf2e2b0569c8b47',
      domain: 'users',
      action: 'SELECT',
      system: 'postgresql',
      status: 'ok',
      status_code: '200',
    })
  })

  it('that never ended, ended with it', () => {
    const event = normalize([span])
    expect(rejectEvent(event)).toBeNull()
    expect(event['spans']).toMatchObject([{ timestamp: END, status: 'deadline_exceeded' }])
  })
})
