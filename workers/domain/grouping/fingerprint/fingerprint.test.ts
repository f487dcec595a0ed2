import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { groupWith, makeError, makeEvent, makeFrames } from '../make-event.ts'
import { parseFingerprinting } from './parse-rules.ts'
import { printFingerprintRule } from './rule.ts'

const read = (text: string) => {
  const parsed = parseFingerprinting(text)
  return parsed.ok ? parsed.value : parsed.error
}

describe('reading fingerprint rules', () => {
  it('reads matchers, values and titles', () => {
    expect(read('error.type:A !path:"**/b c/**" -> x, "y {{z}}" title="{{ type }}!"')).toEqual([
      {
        matchers: [
          { key: 'type', pattern: 'A', isNegated: false },
          { key: 'path', pattern: '**/b c/**', isNegated: true },
        ],
        fingerprint: ['x', 'y ', '{{ z }}'],
        title: '{{ type }}!',
      },
    ])
    expect(read('tags.a-b:x -> log-{{logger}}-{{ level }}')).toMatchObject([
      { fingerprint: ['log-', '{{ logger }}', '-', '{{ level }}'] },
    ])
    expect(read('# no rule\n\n')).toEqual([])
  })

  it.each([
    ['foo:a -> b', 1, 1, 'unknown matcher foo'],
    ['type:a\ntype:b -> c', 1, 7, 'expected -> after the matchers'],
    ['type:a ->', 1, 10, 'expected a fingerprint after ->'],
    ['-> x', 1, 1, 'expected a matcher such as type:Error'],
    ['type:a -> x colour="red"', 1, 13, 'unknown attribute colour'],
    ['type:a -> {x', 1, 11, 'cannot read {x'],
    ['type:"a -> x', 1, 6, 'quote without an end'],
    ['type -> x', 1, 1, 'expected a matcher such as type:Error, or ->'],
  ])('refuses %s', (text, line, column, message) => {
    expect(read(text)).toEqual({ reason: 'rule_invalid', line, column, message })
  })

  it('reads what it prints, and never throws', () => {
    const text = fc.string({ minLength: 1 }).filter((made) => !/[\r\n{}]/.test(made))
    fc.assert(
      fc.property(text, text, fc.option(text), fc.boolean(), (pattern, value, title, isNegated) => {
        const rule = {
          matchers: [{ key: 'value' as const, pattern, isNegated }],
          fingerprint: [value],
          title,
        }
        expect(read(printFingerprintRule(rule))).toEqual([rule])
      }),
    )
    fc.assert(
      fc.property(fc.string(), (made) => {
        expect(read(made)).toBeDefined()
      }),
    )
  })
})

const event = makeError(
  {
    type: 'TypeError',
    value: ' user 17 is gone ',
    stacktrace: makeFrames(
      { function: 'main', module: 'app', abs_path: '/srv/app/Main.py', in_app: true },
      { function: 'send', module: 'lib', package: '/usr/lib/libc.so', in_app: false },
    ),
  },
  {
    logger: 'shop',
    level: 'warning',
    release: 'shop@2.1',
    transaction: '/pay',
    tags: [['plan', 'gold']],
    sdk: { name: 'sentry.python' },
    logentry: { message: 'user %s', formatted: 'user 17' },
  },
)

const isMatch = (matchers: string) =>
  groupWith(event, { fingerprinting: `${matchers} -> matched` }).fingerprint.matched !== null

describe('matching fingerprint rules', () => {
  it.each([
    'type:Type*',
    'value:"user * is GONE"',
    'message:"USER 17"',
    'message:"user * is gone"',
    'function:main module:app app:yes',
    'path:**/app/**',
    'package:/usr/lib/**',
    '!function:main',
    'logger:shop level:WARNING',
    'family:other,native',
    'family:all',
    'sdk:sentry.python',
    'release:SHOP@2.*',
    'tags.plan:gold',
    'tags.transaction:/pay',
  ])('%s matches', (matchers) => {
    expect(isMatch(matchers)).toBe(true)
  })

  it.each([
    'type:type*',
    'function:main module:lib',
    'function:main app:no',
    'logger:SHOP',
    'family:native',
    'sdk:other',
    'release:3.*',
    'tags.plan:silver',
    'tags.none:*',
    '!type:TypeError',
    'type:TypeError message:nothing',
  ])('%s does not', (matchers) => {
    expect(isMatch(matchers)).toBe(false)
  })

  it('a group without items never matches, even negated', () => {
    const bare = makeEvent({ logentry: { formatted: 'x' } })
    const { fingerprint } = groupWith(bare, { fingerprinting: '!type:x -> y\n!function:x -> y' })
    expect(fingerprint.matched).toBeNull()
  })

  it('the first rule wins, over the SDK’s fingerprint and the built-in rules', () => {
    const chunk = makeError(
      { type: 'ChunkLoadError', value: 'x' },
      { platform: 'javascript', fingerprint: ['mine'] },
    )
    expect(groupWith(chunk).fingerprint.resolved).toEqual(['chunkloaderror'])
    expect(groupWith(chunk).variants.at(-1)!.key).toBe('built_in_fingerprint')
    const fingerprinting = 'type:Chunk* -> first\ntype:Chunk* -> second'
    expect(groupWith(chunk, { fingerprinting }).fingerprint.resolved).toEqual(['first'])
  })

  it('tells hydration errors apart by page, where the page is known', () => {
    const hydration = (transaction?: string) =>
      makeError(
        { type: 'Error', value: 'Text content does not match server-rendered HTML.' },
        { platform: 'javascript', transaction },
      )
    expect(groupWith(hydration('/a')).fingerprint.resolved).toEqual(['hydrationerror', '/a'])
    expect(groupWith(hydration()).fingerprint.matched).toBeNull()
  })
})

describe('fingerprint variables', () => {
  const resolve = (...fingerprint: string[]) =>
    groupWith({ ...event, fingerprint }).fingerprint.resolved

  it('are filled in, each with a word for what is missing', () => {
    expect(
      resolve(
        '{{ message }}',
        '{{raw_message}}',
        '{{ transaction }}',
        '{{ error.type }}',
        '{{ value }}',
        '{{ function }}',
        '{{ path }}',
        '{{ stack.filename }}',
        '{{ module }}',
        '{{ package }}',
        '{{ level }}',
        '{{ logger }}',
        '{{ tags.plan }}',
        '{{ tags.none }}',
        '{{ nonsense }}',
      ),
    ).toEqual([
      'user <int>',
      'user 17',
      '/pay',
      'TypeError',
      ' user 17 is gone ',
      'main',
      '/srv/app/Main.py',
      '/srv/app/Main.py',
      'app',
      '<no-package>',
      'warning',
      'shop',
      'gold',
      '<no-value-for-tag-none>',
      '<unrecognized-variable-nonsense>',
    ])
  })

  it('are kept as text by the older config, when there is none of the name', () => {
    const grouped = groupWith(
      { ...event, fingerprint: ['{{ nonsense }}'] },
      { id: 'newstyle:2023-01-11' },
    )
    expect(grouped.fingerprint.resolved).toEqual(['{{ nonsense }}'])
  })

  it('leave texts alone, unless they are the event’s own message', () => {
    expect(resolve('a 17 {{ message }}', 'user 17')).toEqual(['a 17 {{ message }}', 'user <int>'])
  })

  it('fill titles without taking numbers out', () => {
    const title = (text: string) =>
      groupWith(event, { fingerprinting: `type:* -> x title="${text}"` }).title
    expect(title('{{ message }} in {{ function }} {{ odd }}')).toBe('user 17 in main {{ odd }}')
  })
})
