import { describe, expect, it } from 'vitest'

import { groupWith, makeError, makeEvent, makeFrames } from '../make-event.ts'
import { cleanFilename, cleanModule } from './clean-filename.ts'
import { cleanMessage } from './clean-message.ts'
import type { Refinements } from './picket-2026-12.ts'
import { unifyBrowsers, unifyFunction } from './unify-browsers.ts'

describe('cleaning messages', () => {
  it.each([
    ['order_4711 not found', 'order_<value> not found'],
    ['user4711 and user98765', 'user<value> and user<value>'],
    ['id V1StGXR8zZ5 is bad', 'id <value> is bad'],
    ['at 0x7ffe and -12.5e3', 'at <value> and <value>'],
    ['[1, 2, 3] of 4,150,908', '[<value>] of <value>'],
    ['read 1.5 MB in 30ms', 'read <size> in <duration>'],
    ['dial db.internal:5432 and 10.0.0.1', 'dial <host> and <host>'],
    ['listen on localhost:3000', 'listen on <host>'],
    ['job_550e8400-e29b-41d4-a716-446655440000', 'job_<uuid>'],
    ["duplicate 'a b' in “x”", 'duplicate <quoted_str> in “x”'],
    ['at 12:31:59 on 2024-01-02', 'at <date> on <date>'],
    ['bad eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.xyz', 'bad <token>'],
    ['12345678 and 1234567', '<value> and <value>'],
  ])('%s becomes %s', (text, expected) => {
    expect(cleanMessage(text)).toBe(expected)
  })

  it.each([
    'utf8 or utf_16 or sha256 or sha_512',
    'x86_64 and int64 and i18n',
    'Cannot read "user.name" of undefined',
    "can't and won't",
    'E1234 and ORA1',
    'Base64Encoder of OAuth2Exception',
    'step_a of v',
  ])('leaves names: %s', (text) => {
    expect(cleanMessage(text)).toBe(text)
  })

  it.each([
    'a',
    '1',
    '1.',
    '1,',
    'a1',
    '1e',
    'f0',
    "'",
    "' ",
    '"a',
    'eyJ',
    'user1',
    'a_1_',
    '-',
    'x.',
    '0x',
    '<ip>',
    '1, ',
  ])('reads a megabyte of %s in linear time', (unit) => {
    const text = unit.repeat(Math.ceil(1_000_000 / unit.length))
    const startedAt = performance.now()
    cleanMessage(text)
    cleanMessage(`${text}ä`)
    unifyBrowsers({ type: 'E', value: text }, 'javascript')
    cleanFilename(`${text}.js`)
    cleanModule(text)
    unifyFunction(text)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })
})

describe('cleaning file names', () => {
  it.each([
    ['main.3f2a1b9c.js', 'main.js'],
    ['main.js?v=3#x', 'main.js'],
    ['index-BQ9Kx3_z.mjs', 'index.mjs'],
    ['app~vendors.00ff11aa22.chunk.js', 'app~vendors.chunk.js'],
    ['158.9a1b2c3d.js', '<chunk>.js'],
    ['chunk-A1B2C3D4.css', 'chunk.css'],
    ['index.php?id=7', 'index.php'],
  ])('%s becomes %s', (name, expected) => {
    expect(cleanFilename(name)).toBe(expected)
  })

  it.each([
    'user-settings.js',
    'user-UserList.js',
    'page-profile2.js',
    'cafe.js',
    'a.3f2a1b9c.py',
    '?x',
  ])('leaves %s', (name) => {
    expect(cleanFilename(name)).toBe(name)
  })

  it('looks at the last part of a module that is a path', () => {
    expect(cleanModule('assets/index-BQ9Kx3_z')).toBe('assets/index')
    expect(cleanModule('react-dom.3f2a1b9c')).toBe('react-dom.3f2a1b9c')
  })
})

describe('one error from several browsers', () => {
  it('leaves errors of other platforms and unknown words alone', () => {
    const failed = { type: 'TypeError', value: 'Load failed' }
    expect(unifyBrowsers(failed, 'other')).toBe(failed)
    const own = { type: 'Error', value: 'Load failed for orders' }
    expect(unifyBrowsers(own, 'javascript')).toBe(own)
    const none = { type: 'Error', value: null }
    expect(unifyBrowsers(none, 'javascript')).toBe(none)
  })

  it('keeps which property, host or variable it was about', () => {
    const of = (value: string) => unifyBrowsers({ type: 'TypeError', value }, 'javascript').value
    expect(of("undefined is not an object (evaluating 'a.b.c')")).toBe(
      'Cannot access c of undefined',
    )
    expect(of('Load failed (api.example.com)')).toBe('Failed to fetch (api.example.com)')
    expect(of("Can't find variable: gtag")).toBe('gtag is not defined')
  })

  it.each([
    ['new Cart', 'Cart'],
    ['async load', 'load'],
    ['async*load', 'load'],
    ['Object.next [as then]', 'Object.next'],
    ['outer/inner', 'inner'],
    ['render/<', '<anonymous>'],
    ['global code', '<anonymous>'],
    ['getTotal', 'getTotal'],
  ])('%s is %s', (name, expected) => {
    expect(unifyFunction(name)).toBe(expected)
  })
})

describe('each refinement', () => {
  const id = 'picket:2026-12'
  const cases: [keyof Refinements, ...ReturnType<typeof makeEvent>[]][] = [
    [
      'messages',
      makeEvent({ logentry: { formatted: 'order_4711 lost' } }),
      makeEvent({ logentry: { formatted: 'order_99 lost' } }),
    ],
    ['filenames', ...['a.3f2a1b9c.js', 'a.77aa01ff.js'].map(script)],
    [
      'browsers',
      makeError({ type: 'TypeError', value: 'Load failed' }, { platform: 'javascript' }),
      makeError({ type: 'TypeError', value: 'Failed to fetch' }, { platform: 'javascript' }),
    ],
  ]

  function script(filename: string) {
    const stacktrace = makeFrames({ filename, function: 'pay', in_app: true })
    return makeError({ type: 'E', stacktrace }, { platform: 'javascript' })
  }

  it.each(cases)('%s can be switched off by itself', (name, one, other) => {
    const isJoined = (refinements: Partial<Refinements>) =>
      groupWith(one!, { id, refinements }).hashes[0] ===
      groupWith(other!, { id, refinements }).hashes[0]
    expect(isJoined({})).toBe(true)
    expect(isJoined({ [name]: false })).toBe(false)
  })

  it('lastResort tells empty events apart, until it is switched off', () => {
    const empty = [makeEvent({ logger: 'a' }), makeEvent({ logger: 'b' })]
    const keys = (refinements: Partial<Refinements>) =>
      empty.map(
        (event) => groupWith(event, { id, refinements }).variants.find(({ hash }) => hash)!.key,
      )
    const hashes = (refinements: Partial<Refinements>) =>
      new Set(empty.map((event) => groupWith(event, { id, refinements }).hashes[0])).size
    expect([keys({}), hashes({})]).toEqual([['default', 'default'], 2])
    expect([keys({ lastResort: false }), hashes({ lastResort: false })]).toEqual([
      ['fallback', 'fallback'],
      1,
    ])
  })

  it('switched off together are Sentry’s newest config', () => {
    const refinements = { messages: false, filenames: false, browsers: false, lastResort: false }
    for (const [, ...events] of cases) {
      for (const event of events) {
        expect(groupWith(event, { id, refinements }).hashes).toEqual(groupWith(event).hashes)
      }
    }
  })
})
