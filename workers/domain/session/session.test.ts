import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { countDistinct, EMPTY_SKETCH } from '../distinct-sketch.ts'
import { mergeNames, sketchNames } from './name-sketch.ts'
import { isEnvironmentName, isReleaseName } from './names.ts'
import {
  NIL_ID,
  parseSession,
  parseSessions,
  type SessionBuckets,
  type SessionContext,
  type SessionUpdate,
} from './parse-session.ts'
import { parseRfc3339 } from './rfc3339.ts'
import {
  countSessions,
  decodeSessionCounts,
  encodeSessionCounts,
  mergeSessionCounts,
  sessionTotals,
} from './session-counts.ts'

const NOW = Date.parse('2026-03-01T10:00:00Z')
const HOUR_MS = 3_600_000
const SID = '1f0e9d8c7b6a49588776655443322110'
const ATTRS = { release: 'shop@4.2.0', environment: 'production' }
const CONTEXT: SessionContext = { receivedAt: NOW, driftMs: 0, newId: 'f'.repeat(32) }

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const iso = (at: number): string => new Date(at).toISOString()

/** What becomes of an update with these fields: the session, or why there is none. */
function read(fields: Record<string, unknown>, context = CONTEXT): SessionUpdate | string {
  const raw = { sid: SID, started: iso(NOW - 30_000), timestamp: iso(NOW), attrs: ATTRS, ...fields }
  const session = parseSession(bytes(raw), context)
  return session.ok ? session.value : session.error
}

function readBuckets(aggregates: unknown, attrs: unknown = ATTRS): SessionBuckets | string {
  const sessions = parseSessions(bytes({ aggregates, attrs }), CONTEXT)
  return sessions.ok ? sessions.value : sessions.error
}

const update = (fields: Record<string, unknown>): SessionUpdate => {
  const session = read(fields)
  if (typeof session === 'string') throw new Error(session)
  return session
}
const buckets = (...aggregates: unknown[]): SessionBuckets => {
  const sessions = readBuckets(aggregates)
  if (typeof sessions === 'string') throw new Error(sessions)
  return sessions
}

describe('a session update', () => {
  it('is read with its defaults', () => {
    expect(read({ sid: undefined, timestamp: undefined })).toEqual({
      kind: 'update',
      ...ATTRS,
      sid: CONTEXT.newId,
      did: null,
      seq: NOW,
      isInit: false,
      startedAt: NOW - 30_000,
      updatedAt: NOW,
      status: 'ok',
      errors: 0,
      durationMs: null,
      abnormalMechanism: null,
    })
  })

  it('gotcha 10: counts from 0 when it begins its session', () => {
    expect(read({ init: true, seq: 7 })).toMatchObject({ isInit: true, seq: 0 })
    expect(read({ seq: 7 })).toMatchObject({ isInit: false, seq: 7 })
  })

  it('gotcha 11: has an error when it crashed, and keeps the errors it has', () => {
    expect(read({ status: 'crashed' })).toMatchObject({ errors: 1 })
    expect(read({ status: 'crashed', errors: 3 })).toMatchObject({ errors: 3 })
    expect(read({ status: 'abnormal' })).toMatchObject({ errors: 0 })
  })

  it('gotcha 13: is lost when it began five days and an hour ago, or lies ahead', () => {
    const started = (at: number): unknown => read({ started: iso(at), timestamp: undefined })
    expect(started(NOW - 121 * HOUR_MS)).toBe('timestamp')
    expect(started(NOW - 120 * HOUR_MS)).toMatchObject({ startedAt: NOW - 120 * HOUR_MS })
    expect(read({ started: iso(NOW + 61_000), timestamp: iso(NOW + 61_000) })).toBe('timestamp')
    expect(read({ started: iso(NOW + 60_000) })).toMatchObject({ updatedAt: NOW + 60_000 })
  })

  it('gotcha 14: is lost without a release, and with one called `latest`', () => {
    for (const release of [undefined, null, 7, '', 'latest', '..', 'a/b', 'x'.repeat(201)]) {
      expect(read({ attrs: { release } })).toBe('invalid_session')
    }
    expect(read({ attrs: undefined })).toBe('invalid_session')
    expect(read({ attrs: { release: 'x'.repeat(200) } })).toMatchObject({ environment: null })
  })

  it('loses an environment that may not be, and stays', () => {
    for (const environment of ['none', 'a\\b', 'é'.repeat(33), 5, '']) {
      expect(read({ attrs: { ...ATTRS, environment } })).toMatchObject({ environment: null })
    }
  })

  it('takes times as texts with a zone only', () => {
    for (const started of [undefined, 1_772_359_200, '2026-03-01T09:59:30', 'today', null]) {
      expect(read({ started })).toBe('invalid_session')
    }
    expect(read({ timestamp: 1_772_359_200 })).toBe('invalid_session')
    expect(read({ started: '2026-03-01T10:59:30+01:00' })).toMatchObject({
      startedAt: NOW - 30_000,
    })
  })

  it('does not end before it began', () => {
    const earlier = { started: iso(NOW), timestamp: iso(NOW - 5_000) }
    expect(read(earlier)).toMatchObject({ updatedAt: NOW })
  })

  it('is moved by the drift of its clock, all but a time the server gave', () => {
    const driftMs = 10 * 24 * HOUR_MS
    const drifted = { ...CONTEXT, driftMs }
    const started = iso(NOW - driftMs - 30_000)
    expect(read({ started, timestamp: iso(NOW - driftMs) }, drifted)).toMatchObject({
      startedAt: NOW - 30_000,
      updatedAt: NOW,
    })
    expect(read({ started, timestamp: undefined }, drifted)).toMatchObject({ updatedAt: NOW })
  })

  it('keeps a status nobody knows, and no mechanism but the two', () => {
    expect(read({ status: 'vanished', abnormal_mechanism: 'anr_background' })).toMatchObject({
      status: 'vanished',
      abnormalMechanism: 'anr_background',
    })
    expect(read({ abnormal_mechanism: 'gremlins' })).toMatchObject({ abnormalMechanism: null })
  })

  it('is refused when its fields are of other types', () => {
    for (const wrong of [
      { errors: -1 },
      { errors: 'two' },
      { init: 'yes' },
      { status: 3 },
      { sid: 'x' },
    ]) {
      expect(read(wrong)).toBe('invalid_session')
    }
    expect(parseSession(new TextEncoder().encode('{'), CONTEXT)).toEqual({
      ok: false,
      error: 'invalid_json',
    })
  })
})

describe('session buckets', () => {
  it('gotcha 12: name no session, and nobody when they name no user', () => {
    const [mine, nobodys] = buckets(
      { started: iso(NOW), did: 'u-77', exited: 2 },
      { started: iso(NOW), exited: 3 },
    ).buckets
    expect(mine).toMatchObject({ sid: NIL_ID, did: 'u-77', exited: 2, crashed: 0 })
    expect(nobodys).toMatchObject({ sid: NIL_ID, did: NIL_ID })
  })

  it('are lost one by one', () => {
    const sessions = buckets(
      { started: iso(NOW), exited: 1 },
      { started: iso(NOW - 121 * HOUR_MS), exited: 1 },
      { started: iso(NOW), exited: -1 },
      7,
    )
    expect(sessions.buckets).toHaveLength(1)
    expect(sessions.droppedBuckets).toBe(3)
  })

  it('are lost together when none is left, when none came, and without a release', () => {
    expect(readBuckets([{ started: iso(NOW - 121 * HOUR_MS) }])).toBe('timestamp')
    expect(readBuckets([])).toBe('no_data')
    expect(readBuckets({})).toBe('invalid_session')
    expect(readBuckets([{ started: iso(NOW) }], { release: 'latest' })).toBe('invalid_session')
  })
})

describe('session counts', () => {
  const totals = (...sessions: (SessionUpdate | SessionBuckets)[]): unknown =>
    sessionTotals(countSessions(sessions, HOUR_MS)[0]!.counts)

  it('count a session at its first update, and its errors once however often told', () => {
    expect(
      totals(
        update({ init: true, did: 'u-77' }),
        update({ errors: 1, did: 'u-77' }),
        update({ errors: 2, did: 'u-77', status: 'exited' }),
        update({ sid: 'a'.repeat(32), init: true, did: 'u-78', status: 'crashed' }),
      ),
    ).toEqual({
      total: 2,
      errored: 2,
      crashed: 1,
      abnormal: 0,
      unhandled: 0,
      users: 2,
      erroredUsers: 2,
      crashedUsers: 1,
      abnormalUsers: 0,
      unhandledUsers: 0,
    })
  })

  it('add up the counters of buckets, all that did not exit as errored', () => {
    const bucket = { started: iso(NOW), exited: 240, errored: 6, crashed: 1, unhandled: 2 }
    expect(totals(buckets({ ...bucket, did: 'u-77' }, { ...bucket, abnormal: 3 }))).toMatchObject({
      total: 501,
      errored: 21,
      crashed: 2,
      abnormal: 3,
      unhandled: 4,
      users: 1,
      crashedUsers: 1,
      abnormalUsers: 0,
    })
  })

  it('keep releases, environments and times apart, by the time a session began', () => {
    const counters = countSessions(
      [
        update({ init: true }),
        update({ init: true, attrs: { release: 'shop@4.3.0' } }),
        update({ init: true, started: iso(NOW - 2 * HOUR_MS) }),
        update({ init: true, started: iso(NOW - 45_000) }),
      ],
      HOUR_MS,
    )
    expect(counters.map((c) => [c.release, c.environment, c.startedAt, c.counts.total])).toEqual([
      ['shop@4.2.0', 'production', NOW - HOUR_MS, 2],
      ['shop@4.3.0', null, NOW - HOUR_MS, 1],
      ['shop@4.2.0', 'production', NOW - 2 * HOUR_MS, 1],
    ])
  })

  it('hold no user by name', () => {
    const [counter] = countSessions([update({ init: true, did: 'ann@shop.example' })], HOUR_MS)
    const text = new TextDecoder('latin1').decode(encodeSessionCounts(counter!.counts))
    expect(text).not.toContain('ann')
  })

  const anySession = fc
    .record({
      sid: fc.nat(40).map((n) => n.toString(16).padStart(32, '0')),
      did: fc.option(fc.nat(30).map((n) => `u-${n + 1}`)),
      init: fc.boolean(),
      errors: fc.nat(2),
      status: fc.constantFrom('ok', 'exited', 'crashed', 'abnormal', 'unhandled', 'errored'),
    })
    .map((fields) => update(fields))
  const anyBucket = fc
    .record({
      exited: fc.nat(9),
      errored: fc.nat(9),
      crashed: fc.nat(9),
      abnormal: fc.nat(2 ** 32 - 1),
    })
    .map((counts) => buckets({ started: iso(NOW - 30_000), ...counts }))
  const someSessions = fc.array(fc.oneof(anySession, anyBucket), { minLength: 1 })

  it('merge into what counting all at once gives, in either order, and survive storage', () => {
    fc.assert(
      fc.property(someSessions, someSessions, (a, b) => {
        const counts = (sessions: (SessionUpdate | SessionBuckets)[]) =>
          countSessions(sessions, HOUR_MS)[0]!.counts
        const merged = mergeSessionCounts(counts(a), counts(b))
        expect(merged).toEqual(counts([...a, ...b]))
        expect(mergeSessionCounts(counts(b), counts(a))).toEqual(merged)
        expect(decodeSessionCounts(encodeSessionCounts(merged))).toEqual(merged)
      }),
    )
  })

  it('conserve: the total is the first updates and the sums of buckets', () => {
    fc.assert(
      fc.property(someSessions, (sessions) => {
        const sum = sessions.reduce((total, session) => {
          if (session.kind === 'update') return total + Number(session.isInit)
          const [bucket] = session.buckets
          return total + bucket!.exited + bucket!.errored + bucket!.crashed + bucket!.abnormal
        }, 0)
        expect(countSessions(sessions, HOUR_MS)[0]!.counts.total).toBe(sum)
      }),
    )
  })

  it('are none in bytes that nobody encoded', () => {
    expect(decodeSessionCounts(new Uint8Array())).toBeNull()
    expect(decodeSessionCounts(Uint8Array.of(1, 0, 0, 0, 0, 0, 200, 200))).toBeNull()
    fc.assert(fc.property(fc.uint8Array(), (junk) => decodeSessionCounts(junk) !== undefined))
  })
})

describe('distinct names', () => {
  const names = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) => `name-${from + index}`)

  it('are counted exactly to a thousand, and within five of a hundred beyond', () => {
    expect(countDistinct(EMPTY_SKETCH)).toBe(0)
    expect(countDistinct(sketchNames([...names(0, 1_000), ...names(0, 500)]))).toBe(1_000)
    for (const count of [1_200, 5_000, 20_000, 100_000]) {
      const estimate = countDistinct(sketchNames(names(0, count)))
      expect(Math.abs(estimate - count) / count).toBeLessThan(0.05)
    }
  })

  it('are the same sketch however they were merged', () => {
    for (const [a, b] of [
      [names(0, 700), names(300, 1_300)],
      [names(0, 20), names(5, 3_000)],
      [names(0, 2_000), names(1_000, 3_000)],
    ] as const) {
      const both = sketchNames([...a, ...b])
      expect(mergeNames(sketchNames(a), sketchNames(b))).toEqual(both)
      expect(mergeNames(sketchNames(b), sketchNames(a))).toEqual(both)
    }
    expect(mergeNames(EMPTY_SKETCH, sketchNames(['a']))).toEqual(sketchNames(['a']))
  })
})

describe('whatever is sent', () => {
  it('is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.uint8Array(), (a, b, junk) => {
        const payload = bytes({
          sid: a,
          did: b,
          started: a,
          timestamp: b,
          attrs: a,
          aggregates: [a, b],
        })
        parseSession(payload, CONTEXT)
        parseSessions(payload, CONTEXT)
        expect(parseSession(junk, CONTEXT).ok).toBe(false)
        expect(parseSessions(junk, CONTEXT).ok).toBe(false)
      }),
    )
  })

  it('has names judged in time that does not depend on their making', () => {
    expect(isReleaseName('/'.repeat(1_000_000))).toBe(false)
    expect(isReleaseName('x'.repeat(1_000_000))).toBe(false)
    expect(isReleaseName('shop@4.2.0+7')).toBe(true)
    expect(isEnvironmentName('none')).toBe(false)
    expect(isEnvironmentName('latest')).toBe(true)
    expect(isReleaseName('a\u0000b')).toBe(false)
    expect(parseRfc3339(`2026-03-01T10:00:00.${'0'.repeat(1_000_000)}Z`)).toBeNull()
  })
})
