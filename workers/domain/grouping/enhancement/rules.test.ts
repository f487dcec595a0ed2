import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { applyFlag } from './apply-flag.ts'
import { classifyFrames } from './classify-frames.ts'
import { compileRules, type FlagActions } from './compile-rules.ts'
import { DEFAULT_RULES } from './default-rules/default-rules.ts'
import { parseEnhancements } from './parse-rules.ts'
import type { ExceptionFacts, FrameFacts } from './rule.ts'
import { ruleSubject } from './rule-subject.ts'
import { selectFrames } from './select-frames.ts'

const frame = (name: string, fields: Partial<FrameFacts> = {}): FrameFacts => ({
  function: name,
  module: null,
  path: null,
  package: null,
  family: 'native',
  category: null,
  inApp: null,
  ...fields,
})

function run(text: string, frames: FrameFacts[], exception: ExceptionFacts | null = null) {
  const parsed = parseEnhancements(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  const subject = ruleSubject([compileRules(parsed.value)], frames, exception)
  const decidedBy = classifyFrames(subject)
  const { verdicts, maxFrames, minFrames } = selectFrames(subject)
  return {
    inApp: frames.map(({ inApp }) => inApp),
    categories: frames.map(({ category }) => category),
    contributes: verdicts.map((verdict) => verdict?.contributes ?? null),
    decidedBy,
    maxFrames,
    minFrames,
  }
}

const abc = () => [frame('a'), frame('b'), frame('c')]

describe('stack-trace rules', () => {
  it('mark the frame, those after it or those before it', () => {
    expect(run('function:b +app', abc()).inApp).toEqual([null, true, null])
    expect(run('function:b ^+app', abc()).inApp).toEqual([null, null, true])
    expect(run('function:b v+app', abc()).inApp).toEqual([true, null, null])
    expect(run('function:b v+app -app ^-app', abc()).inApp).toEqual([true, false, false])
    expect(run('function:b ^-group -group', abc()).contributes).toEqual([null, false, false])
  })

  it('let later rules see and overrule earlier ones', () => {
    const { inApp, categories, decidedBy } = run(
      'function:b category=x\ncategory:x +app\nfunction:b app:yes category=y\nfunction:b -app',
      abc(),
    )
    expect(inApp).toEqual([null, false, null])
    expect(categories).toEqual([null, 'y', null])
    expect(decidedBy).toEqual([null, 'function:b -app', null])
  })

  it('find all frames before they change any', () => {
    const frames = [frame('a', { category: 'x' }), frame('b'), frame('c')]
    const { categories } = run('[ category:x ] | !category:x category=x', frames)
    expect(categories).toEqual(['x', 'x', null])
  })

  it('look at callers and callees, and never past the ends', () => {
    expect(run('[ function:a ] | function:b +app', abc()).inApp).toEqual([null, true, null])
    expect(run('function:b | [ function:c ] +app', abc()).inApp).toEqual([null, true, null])
    expect(run('[ !function:x ] | function:a +app', abc()).inApp).toEqual([null, null, null])
    expect(run('function:c | [ !function:x ] +app', abc()).inApp).toEqual([null, null, null])
  })

  it('test every kind of field', () => {
    const subject = () => [
      frame('<unknown>', {
        module: 'com.Foo',
        path: '/srv/app/x.py',
        package: '/usr/lib/libc.so',
        family: 'other',
        category: 'x',
        inApp: true,
      }),
    ]
    const exception = { type: 'TypeError', value: 'it Broke', mechanism: 'onerror' }
    const isMatch = (matchers: string) =>
      run(`${matchers} max-frames=7`, subject(), exception).maxFrames === 7
    for (const matchers of [
      'function:<unknown>',
      'module:com.*',
      'path:**/APP/**',
      'package:/usr/lib/**',
      'family:native,other',
      'family:all',
      '!family:native',
      'category:x',
      'app:yes',
      'type:Type* value:*Broke mechanism:onerror',
      '!module:java.*',
    ]) {
      expect([matchers, isMatch(matchers)]).toEqual([matchers, true])
    }
    for (const matchers of [
      'module:COM.*',
      'path:*.py',
      'family:java',
      'app:no',
      'app:perhaps',
      'value:*broke',
      'type:TypeError value:x',
      '!category:x',
    ]) {
      expect([matchers, isMatch(matchers)]).toEqual([matchers, false])
    }
  })

  it('count a null in-app as not in-app, and a missing field as no match', () => {
    expect(run('app:no max-frames=1', abc()).maxFrames).toBe(1)
    expect(run('module:* max-frames=1', abc()).maxFrames).toBe(0)
    expect(run('!module:* max-frames=1', abc()).maxFrames).toBe(1)
    expect(run('type:<unknown> max-frames=1', abc()).maxFrames).toBe(1)
  })

  it('take java frames for java only where all are meant', () => {
    const java = () => [frame('a', { family: 'java' })]
    expect(run('family:all max-frames=1', java()).maxFrames).toBe(1)
    expect(run('family:java max-frames=1', java()).maxFrames).toBe(0)
    expect(run('family:other max-frames=1', java()).maxFrames).toBe(0)
  })

  it('set limits by the last rule that matches', () => {
    const text =
      'function:a max-frames=5\nfunction:c max-frames=2 min-frames=1\nfunction:x max-frames=9'
    expect(run(text, abc())).toMatchObject({ maxFrames: 2, minFrames: 1 })
  })
})

describe('a flag with ranges', () => {
  const flag = fc.option(fc.boolean(), { nil: undefined })
  const actions: fc.Arbitrary<FlagActions> = fc.record({ this: flag, before: flag, after: flag })

  it('ends as if each match had been applied in order', () => {
    const matches = fc
      .uniqueArray(fc.nat(9), { minLength: 1 })
      .map((list) => list.sort((a, b) => a - b))
    fc.assert(
      fc.property(actions, matches, (given, at) => {
        const quick: (boolean | null)[] = Array(10).fill(null)
        applyFlag(given, at, 10, (frame, value) => {
          quick[frame] = value
        })
        const slow: (boolean | null)[] = Array(10).fill(null)
        for (const match of at) {
          slow.forEach((_, frame) => {
            const range = frame < match ? 'before' : frame > match ? 'after' : 'this'
            slow[frame] = given[range] ?? slow[frame]!
          })
        }
        expect(quick).toEqual(slow)
      }),
    )
  })
})

describe('the default rules', () => {
  const rules = compileRules(DEFAULT_RULES)
  const classify = (...frames: FrameFacts[]) => {
    const subject = ruleSubject([rules], frames, null)
    classifyFrames(subject)
    return { subject, verdicts: selectFrames(subject).verdicts }
  }

  it('are all there', () => {
    expect(DEFAULT_RULES).toHaveLength(337)
  })

  it('take vendored code out of the application', () => {
    const paths = ['/srv/site-packages/a.py', 'node_modules/x.js', '/home/dev/go/pkg/mod/x.go']
    const frames = paths.map((path) => frame('f', { path, family: 'other', inApp: true }))
    classify(...frames)
    expect(frames.map(({ inApp }) => inApp)).toEqual([false, false, false])
  })

  it('leave the code of the application in it', () => {
    const own = frame('f', { path: '/srv/app/models.py', family: 'other', inApp: true })
    const bundle = frame('g', { package: '/var/containers/bundle/application/1/a.app/a' })
    classify(own, bundle)
    expect([own.inApp, bundle.inApp]).toEqual([true, true])
  })

  it('stop at what ends a program', () => {
    const { subject, verdicts } = classify(frame('main'), frame('abort'), frame('kill'))
    expect(subject.frames.map(({ category }) => category)).toEqual([null, 'throw', null])
    expect(verdicts.map((verdict) => verdict?.contributes)).toEqual([undefined, false, false])
  })

  it('answer the same for a frame seen before', () => {
    const make = () => frame('start', { package: 'libdyld.dylib' })
    const answers = [make(), make()].map((one) => classify(one).subject.frames[0]!.category)
    expect(answers).toEqual(['threadbase', 'threadbase'])
  })
})
