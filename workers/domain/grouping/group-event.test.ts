import { describe, expect, it } from 'vitest'

import type { Exception, Frame, PicketEvent, Thread } from '#domain/event/event.ts'
import { applyFrameChanges } from './apply-frame-changes.ts'
import { HASH_OF_NOTHING, md5 } from './component/md5.ts'
import { secondaryConfig } from './grouping-config.ts'
import { groupWith, makeError, makeEvent, makeFrames } from './make-event.ts'

const hashes = (event: PicketEvent) => groupWith(event).hashes
const keys = (event: PicketEvent) =>
  groupWith(event).variants.flatMap(({ key, contributes }) => (contributes ? [key] : []))
const hint = (event: PicketEvent, key: string) =>
  groupWith(event).variants.find((variant) => variant.key === key)?.hint

describe('which variant speaks', () => {
  it('a checksum beats everything', () => {
    const checksum = '0123456789abcdef0123456789abcdef'
    const sent = makeEvent({ checksum, fingerprint: ['x'], logentry: { formatted: 'y' } })
    expect(groupWith(sent)).toMatchObject({ hashes: [checksum], variants: [{ key: 'checksum' }] })
    expect(hashes(makeEvent({ checksum: 'ABC' }))).toEqual([md5('ABC')])
  })

  it('a custom fingerprint beats what the event says', () => {
    const custom = makeError({ type: 'A', value: 'b' }, { fingerprint: ['x', 'y'] })
    expect(groupWith(custom)).toMatchObject({
      hashes: [md5('xy')],
      fingerprint: { kind: 'custom' },
    })
    expect(hint(custom, 'app')).toBe('the fingerprint from the SDK takes precedence')
  })

  it('a hybrid fingerprint salts every variant', () => {
    const hybrid = makeError({ type: 'A', value: 'b' }, { fingerprint: ['x', '{{default}}', 'y'] })
    expect(hashes(hybrid)).toEqual([md5('xAby')])
    expect(groupWith(hybrid).variants[0]).toMatchObject({
      key: 'app',
      type: 'salted_component',
      values: ['x', '{{ default }}', 'y'],
    })
  })

  it('an exception beats threads, stack trace and message', () => {
    const stacktrace = makeFrames('f')
    const all = makeError(
      { type: 'A', value: 'b' },
      {
        threads: { values: [{ stacktrace }] },
        stacktrace,
        logentry: { formatted: 'm' },
      },
    )
    expect(hashes(all)).toEqual([md5('Ab')])
    expect(hint(all, 'default')).toBe('the exception takes precedence')
    expect(hashes({ ...all, exception: null })).toEqual([md5('f')])
    expect(hashes({ ...all, exception: null, threads: null, stacktrace: null })).toEqual([md5('m')])
  })

  it('all frames speak where none is in-app, both where they differ', () => {
    const outside = { function: 'g', in_app: false }
    const of = (...frames: (string | Frame)[]) =>
      makeError({ type: 'A', value: 'b', stacktrace: makeFrames(...frames) })
    expect([keys(of(outside)), hashes(of(outside))]).toEqual([['system'], [md5('Ag')]])
    expect([keys(of('f')), hashes(of('f'))]).toEqual([['app'], [md5('Af')]])
    expect(hashes(of('f', outside))).toEqual([md5('Af'), md5('Afg')])
  })

  it('nothing at all is one bucket', () => {
    expect(groupWith(makeEvent())).toMatchObject({
      hashes: [HASH_OF_NOTHING],
      variants: [{ key: 'fallback', type: 'fallback', contributes: true }],
    })
  })
})

describe('an exception', () => {
  const hash = (exception: Exception) => hashes(makeError(exception))[0]

  it('is its type and its message without details, where there is no stack trace', () => {
    expect(hash({ type: 'ValueError', value: 'hello world' })).toBe(
      'b23ee1963904c2ca87b145febf94b66c',
    )
    expect(hash({ type: 'A', value: 'user 7' })).toBe(hash({ type: 'A', value: 'user 8' }))
    expect(hash({ type: 'A', value: 'user 7' })).not.toBe(hash({ type: 'B', value: 'user 7' }))
  })

  it('is not a type the SDK made up', () => {
    const mechanism = { synthetic: true }
    expect(hash({ type: 'A', value: 'b', mechanism })).toBe(md5('b'))
  })

  it('is an Apple error’s domain and code', () => {
    const meta = { ns_error: { domain: 'iOS_Swift.SampleError', code: 0 } }
    const sample = { type: 'iOS_Swift.SampleError', value: 'x', mechanism: { meta } }
    expect(hash(sample)).toBe(md5('iOS_Swift.SampleErroriOS_Swift.SampleError0'))
    expect(hash(sample)?.slice(0, 8)).toBe('029f3b96')
  })
})

describe('exception groups', () => {
  const link = (id: number, parent: number | null, isGroup = false) => ({
    exception_id: id,
    parent_id: parent,
    is_exception_group: isGroup,
  })
  const of = (...values: Exception[]) => makeEvent({ exception: { values } })
  const root = { type: 'Group', value: 'many', mechanism: link(0, null, true) }

  it('are what they wrap, once each, the last type first', () => {
    const wrapped = of(
      { type: 'B', value: 'b', mechanism: link(3, 0) },
      { type: 'A', value: 'a', mechanism: link(2, 0) },
      { type: 'A', value: 'a', mechanism: link(1, 0) },
      root,
    )
    expect(hashes(wrapped)).toEqual([md5('BbAaGroupmany')])
  })

  it('vanish around a single exception, which becomes the main one', () => {
    const wrapped = of(
      { type: 'Cause', value: 'c', mechanism: link(2, 1) },
      { type: 'A', value: 'a', mechanism: link(1, 0) },
      root,
    )
    expect(groupWith(wrapped)).toMatchObject({ hashes: [md5('AaCausec')], mainExceptionId: 1 })
  })

  it('are left as they are where they are no tree', () => {
    const whole = (...ids: ReturnType<typeof link>[]) =>
      hashes(of(...ids.map((mechanism) => ({ type: 'A', mechanism })), root))[0]
    expect(whole(link(1, 1))).toBe(md5('AGroupmany'))
    expect(whole(link(1, 0), link(1, 0))).toBe(md5('AAGroupmany'))
    expect(whole(link(1, 2), link(2, 1))).toBe(md5('AAGroupmany'))
    expect(hashes(of({ type: 'A' }, root))).toEqual([md5('AGroupmany')])
  })

  it('of wrappers that say nothing know whom they wrap, for the title', () => {
    const recovered = of(
      { type: 'TypeError', mechanism: { source: 'cause', exception_id: 1, parent_id: 0 } },
      {
        type: 'Error',
        value: 'There was an error during concurrent rendering but …',
        mechanism: { exception_id: 0 },
      },
    )
    expect(groupWith(recovered).mainExceptionId).toBe(1)
  })
})

describe('threads', () => {
  const thread = (name: string, fields = {}) => ({ stacktrace: makeFrames(name), ...fields })
  const of = (...values: Thread[]) => hashes(makeEvent({ threads: { values } }))[0]

  it('are the crashed, else the current, else the only one', () => {
    const current = thread('b', { current: true })
    expect(of(thread('a'), current, thread('c', { crashed: true }))).toBe(md5('c'))
    expect(of(thread('a'), current)).toBe(md5('b'))
    expect(of(thread('a'))).toBe(md5('a'))
  })

  it('say nothing where none stands out or it has no frames', () => {
    expect(of(thread('a'), thread('b'))).toBe(HASH_OF_NOTHING)
    expect(of({ current: true })).toBe(HASH_OF_NOTHING)
  })
})

describe('reports and templates', () => {
  const hash = (fields: Partial<PicketEvent>) => hashes(makeEvent(fields))[0]
  const csp = (fields: object) => hash({ csp: { effective_directive: 'img-src', ...fields } })

  it('a CSP report is its directive and the host that was blocked', () => {
    expect(csp({ blocked_uri: 'https://cdn.example:8443/a?b' })).toBe(
      md5('img-srccdn.example:8443'),
    )
    expect(csp({ blocked_uri: 'blob' })).toBe(md5('img-srcblob:'))
    expect(csp({ blocked_uri: 'data:text/plain,x' })).toBe(md5('img-srcdata:'))
    expect(csp({ blocked_uri: 'wss://live.example/x' })).toBe(md5('img-srcwss://live.example'))
    expect(csp({ blocked_uri: null })).toBe(md5("img-src'self'"))
  })

  it('or how a page broke it by itself', () => {
    const script = { effective_directive: 'script-src', blocked_uri: 'self' }
    const violated_directive = "script-src 'unsafe-eval' 'unsafe-inline'"
    expect(csp({ ...script, violated_directive })).toBe(md5("script-src'unsafe-inline'"))
    expect(csp(script)).toBe(md5("script-src'self'"))
  })

  it('others are their kind and host', () => {
    expect(hash({ hpkp: { hostname: 'a.example' } })).toBe(md5('hpkpa.example'))
    expect(hash({ expectct: { hostname: 'a.example' } })).toBe(md5('expect-cta.example'))
    expect(hash({ expectstaple: { hostname: 'a.example' } })).toBe(md5('expect-staplea.example'))
  })

  it('a template is its file and line', () => {
    expect(hash({ template: { filename: 'a.html', context_line: '{% x %}' } })).toBe(
      md5('a.html{% x %}'),
    )
  })

  it('a message is its template where that is known', () => {
    expect(hash({ logentry: { message: 'user %s', formatted: 'user bob' } })).toBe(md5('user %s'))
  })
})

describe('frames as people see them', () => {
  it('know what was decided about them and what they said before', () => {
    const sent = makeError({
      type: 'A',
      stacktrace: makeFrames(
        { function: 'Foo::bar(int)', platform: 'native' },
        { function: 'f', in_app: true, abs_path: '/x/node_modules/y.js' },
        { function: 'g', in_app: true },
      ),
    })
    const { frames } = groupWith(sent)
    const place = { in: 'exception', index: 0 }
    expect(frames).toEqual([
      {
        place,
        index: 0,
        fields: {
          in_app: false,
          data: { orig_in_app: -1, client_in_app: null },
          function: 'Foo::bar',
          raw_function: 'Foo::bar(int)',
        },
      },
      {
        place,
        index: 1,
        fields: { in_app: false, data: { orig_in_app: 1, client_in_app: true } },
      },
    ])
    const seen = applyFrameChanges(sent, frames)
    expect(seen.exception!.values![0]!.stacktrace!.frames!.map((frame) => frame?.in_app)).toEqual([
      false,
      false,
      true,
    ])
    expect(groupWith(seen).hashes).toEqual(groupWith(sent).hashes)
    expect(sent.exception!.values![0]!.stacktrace!.frames![0]).not.toHaveProperty('in_app')
  })
})

describe('a change of config', () => {
  const config = {
    id: 'newstyle:2026-01-20' as const,
    enhancements: 'function:x -app',
    fingerprinting: '',
    secondary: { id: 'newstyle:2023-01-11' as const, until: 1_000 },
  }

  it('lets the old hashes find their issues until its time is over', () => {
    const { secondary: _, ...primary } = config
    expect(secondaryConfig(config, 999)).toEqual({ ...primary, id: 'newstyle:2023-01-11' })
    expect(secondaryConfig(config, 1_000)).toBeNull()
    expect(secondaryConfig(primary, 0)).toBeNull()
  })

  it('changes the order of an exception’s parts', () => {
    const error = makeError({ type: 'A', stacktrace: makeFrames('f') })
    expect(groupWith(error).hashes).toEqual([md5('Af')])
    expect(groupWith(error, { id: 'newstyle:2023-01-11' }).hashes).toEqual([md5('fA')])
  })

  it('passes over rules that cannot be read', () => {
    const error = makeError({ type: 'A', stacktrace: makeFrames('f') })
    const broken = { enhancements: 'function:f', fingerprinting: 'type:A ->' }
    expect(groupWith(error, broken).hashes).toEqual([md5('Af')])
  })
})
