import { describe, expect, it } from 'vitest'

import type { Frame } from '#domain/event/event.ts'
import type { Component } from '../component/component.ts'
import { groupWith, makeEvent } from '../make-event.ts'

/** The texts of a frame that are hashed, by the part they come from. */
function parts(frame: Frame, platform: string, others: Frame[] = []): Record<string, unknown> {
  const frames = [...others, { in_app: true, ...frame }]
  const { variants } = groupWith(makeEvent({ platform, stacktrace: { frames } }))
  const system = variants.find(({ key }) => key === 'system')!.component!
  const stacktrace = system.values[0] as Component
  const component = stacktrace.values.at(-1) as Component
  if (!component.contributes) return {}
  const children = component.values as Component[]
  return Object.fromEntries(
    children.flatMap(({ id, contributes, values }) => (contributes ? [[id, values[0]]] : [])),
  )
}

describe('a frame', () => {
  it('is its module, else the name of its file, and its function', () => {
    expect(parts({ module: 'a.b', filename: 'a/B.py', function: 'f' }, 'python')).toEqual({
      module: 'a.b',
      function: 'f',
    })
    expect(parts({ filename: 'a\\b/C.PY', function: 'f' }, 'other')).toEqual({
      filename: 'c.py',
      function: 'f',
    })
  })

  it('leaves out files that pages and engines make up', () => {
    for (const abs_path of ['http://a/b.js', 'https://a', 'blob:x', 'applewebdata:x']) {
      expect(parts({ abs_path, filename: 'b.js', function: 'f' }, 'javascript')).toEqual({
        function: 'f',
      })
    }
    expect(parts({ filename: '<anonymous>', function: 'f' }, 'other')).toEqual({ function: 'f' })
    expect(parts({ filename: '[native code]', function: 'f' }, 'other')).toEqual({ function: 'f' })
  })

  it('counts its source line on five platforms, short lines only', () => {
    const line = { context_line: '  a \t= b\u3000 ', function: 'f' }
    expect(parts(line, 'python')).toEqual({ function: 'f', context_line: 'a = b' })
    expect(parts(line, 'java')).toEqual({ function: 'f' })
    expect(parts({ ...line, context_line: 'x'.repeat(121) }, 'php')).toEqual({ function: 'f' })
    expect(parts({ ...line, context_line: '😀'.repeat(120) }, 'ruby')).toHaveProperty(
      'context_line',
    )
  })

  it.each([
    ['ruby', 'block (2 levels) in run', 'block'],
    ['ruby', '_app_views_x_html_erb__1234567_8901', '_app_views_x_html_erb'],
    ['php', 'class@anonymous\0/srv/x.php:12::run', 'run'],
    ['php', 'class@anonymous\0/srv/x.php', undefined],
    ['php', '[Anonymous function]', undefined],
    ['java', 'lambda$main$0', undefined],
    ['native', '<unknown>', undefined],
    ['javascript', 'Object.foo.bar', 'bar'],
    ['javascript', 'HTMLButtonElement.<anonymous>', undefined],
    ['javascript', 'test/<', undefined],
    ['go', 'main.(*T).run', 'main.(*T).run'],
  ])('reads the functions of %s: %s', (platform, name, expected) => {
    expect(parts({ module: 'm', function: name }, platform)['function']).toBe(expected)
  })

  it('prefers the raw name in C#', () => {
    expect(parts({ function: 'Run', raw_function: 'A.Run ()' }, 'csharp')['function']).toBe(
      'A.Run ()',
    )
  })

  it.each([
    ['a.B$$Lambda$14/0x1', undefined],
    ['sun.reflect.GeneratedMethodAccessor17', 'sun.reflect.GeneratedMethodAccessor'],
    [
      'jdk.internal.reflect.GeneratedMethodAccessor1',
      'jdk.internal.reflect.GeneratedMethodAccessor',
    ],
    [
      'sun.reflect.GeneratedSerializationConstructorAccessor9',
      'sun.reflect.GeneratedSerializationConstructorAccessor<auto>',
    ],
    ['a.B$$EnhancerBySpringCGLIB$$1ebdddb0', 'a.B$$EnhancerBySpringCGLIB$$<auto>'],
    [
      'a.B$$EnhancerByGuice$$ae46b1bf$$FastClassByGuice$$caceacd2',
      'a.B$$EnhancerByGuice$$<auto>$$FastClassByGuice$$<auto>',
    ],
    ['a.B_$$_javassist_seam_74', 'a.B_$$_javassist<auto>'],
    ['a.b$fn__12345', 'a.b$fn__<auto>'],
    ['a.User$HibernateProxy$oRWxjAWT', 'a.User$HibernateProxy$<auto>'],
    ['a.Plain$Inner', 'a.Plain$Inner'],
  ])('leaves out what Java generates: %s', (module, expected) => {
    expect(parts({ module, function: 'f' }, 'java')['module']).toBe(expected)
  })

  it('is no frame where engines disagree', () => {
    expect(parts({ function: 'eval', module: 'm' }, 'javascript')).toEqual({})
    expect(parts({ function: 'map', abs_path: '[native code]' }, 'javascript')).toEqual({})
    expect(parts({ function: 'map', abs_path: '<anonymous>' }, 'node')).toEqual({})
  })

  it('prefers the source line where a map led to it', () => {
    const mapped = { function: 'f', context_line: 'x()', data: { sourcemap: 'x.map' } }
    expect(parts(mapped, 'javascript')).toEqual({ context_line: 'x()' })
  })

  it('does not take a path for a module', () => {
    const page = { module: 'a/b.html', abs_path: 'http://x/a/b.html', function: 'f' }
    expect(parts(page, 'javascript')).toEqual({ function: 'f' })
  })

  it('loses the query of its file', () => {
    expect(parts({ filename: 'a.js?v=1#x', function: 'f' }, 'javascript')['filename']).toBe(
      'a.js#x',
    )
  })

  it('counts once when it calls itself', () => {
    const frame = { function: 'f', lineno: 1, in_app: true }
    expect(parts(frame, 'other', [frame])).toEqual({})
    expect(parts({ ...frame, lineno: 2 }, 'other', [frame])).toEqual({ function: 'f' })
  })
})

describe('a stack trace', () => {
  const hashes = (enhancements: string, ...frames: Frame[]) =>
    groupWith(makeEvent({ stacktrace: { frames } }), { enhancements }).variants.map(
      ({ key, hash }) => (hash === null ? null : key),
    )
  const [a, b] = [
    { function: 'a', in_app: true },
    { function: 'b', in_app: false },
  ]

  it('leaves out what rules leave out', () => {
    expect(hashes('function:a -group', a, b)).toEqual([null, 'system'])
    expect(hashes('function:b -group', a, b)).toEqual(['app', null])
    expect(hashes('function:* -group', a, b)).toEqual([null, null, 'fallback'])
  })

  it('keeps the last frames up to a limit, and none below one', () => {
    expect(hashes('function:* max-frames=1', a, b)).toEqual([null, 'system'])
    expect(hashes('function:* min-frames=2', a, b)).toEqual([null, 'system'])
    expect(hashes('function:* min-frames=3', a, b)).toEqual([null, null, 'fallback'])
  })

  it('counts forced frames for a limit, but never lets them into the application', () => {
    expect(hashes('function:b +group min-frames=2', a, b)).toEqual(['app', 'system'])
  })

  it('of one nameless frame is too little in JavaScript', () => {
    const of = (abs_path: string, id: 'newstyle:2026-01-20' | 'newstyle:2023-01-11') =>
      groupWith(
        makeEvent({
          platform: 'javascript',
          stacktrace: { frames: [{ abs_path, module: 'm', in_app: true }] },
        }),
        { id },
      ).variants[0]!.contributes
    expect([of('a.js', 'newstyle:2026-01-20'), of('http://a', 'newstyle:2026-01-20')]).toEqual([
      false,
      true,
    ])
    expect([of('a.js', 'newstyle:2023-01-11'), of('http://a', 'newstyle:2023-01-11')]).toEqual([
      true,
      false,
    ])
  })

  it('forgets how Python numbers its worker processes', () => {
    const of = (pid: number, id?: 'newstyle:2023-01-11') =>
      groupWith(
        makeEvent({
          stacktrace: {
            frames: [
              {
                module: '__main__',
                filename: '<string>',
                function: '<module>',
                context_line: `from multiprocessing.spawn import spawn_main; spawn_main(parent_pid=${pid}, pipe_handle=7)`,
                in_app: true,
              },
            ],
          },
        }),
        id && { id },
      ).hashes[0]
    expect(of(1)).toBe(of(22))
    expect(of(1, 'newstyle:2023-01-11')).not.toBe(of(22, 'newstyle:2023-01-11'))
  })
})
