import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { parseEnhancements } from './parse-rules.ts'
import { type EnhancementRule, MATCHER_KEYS, printRule } from './rule.ts'

const first = (text: string) => {
  const parsed = parseEnhancements(text)
  if (!parsed.ok) throw new Error(parsed.error.message)
  return parsed.value[0]!
}

const error = (text: string) => {
  const parsed = parseEnhancements(text)
  return parsed.ok ? null : parsed.error
}

describe('reading stack-trace rules', () => {
  it('reads matchers, neighbours, ranges and variables', () => {
    const text =
      '[ function:a ] | family:native !stack.function:"b c" | [ !category:x ] ^-group v+app category=y max-frames=3 min-frames=2 invert-stacktrace=1'
    expect(first(text)).toEqual({
      caller: { key: 'function', pattern: 'a', isNegated: false },
      matchers: [
        { key: 'family', pattern: 'native', isNegated: false },
        { key: 'function', pattern: 'b c', isNegated: true },
      ],
      callee: { key: 'category', pattern: 'x', isNegated: true },
      actions: [
        { kind: 'group', value: false, range: 'after' },
        { kind: 'app', value: true, range: 'before' },
        { kind: 'category', category: 'y' },
        { kind: 'max-frames', count: 3 },
        { kind: 'min-frames', count: 2 },
        { kind: 'invert-stacktrace', value: true },
      ],
    })
  })

  it('passes over blank lines and comments', () => {
    const text = '\n# note\n  function:a -app # why\r\nerror.type:B +group\n'
    const parsed = parseEnhancements(text)
    expect(parsed.ok && parsed.value.map(printRule)).toEqual(['function:a -app', 'type:B +group'])
  })

  it('reads quotes, backslashes and brackets in patterns', () => {
    expect(first('function:"a \\"b\\" \\\\c" -app').matchers[0]!.pattern).toBe('a "b" \\c')
    expect(first('function:-\\[NSISEngine* -app').matchers[0]!.pattern).toBe('-\\[NSISEngine*')
    expect(first('[function:a] | function:b -app').caller!.pattern).toBe('a')
    expect(first('[ function:[ab] ] | function:b -app').caller!.pattern).toBe('[ab]')
    expect(first('function:a#b -app').matchers[0]!.pattern).toBe('a#b')
  })

  it.each([
    ['function:a -app\nfoo:bar -app', 2, 1, 'unknown matcher foo'],
    ['  !foo:bar -app', 1, 4, 'unknown matcher foo'],
    ['function:a', 1, 11, 'expected an action such as -app or +group'],
    ['-app', 1, 1, 'expected a matcher such as function:name'],
    ['function:a -apps', 1, 12, 'unknown action -apps'],
    ['function:a explode', 1, 12, 'unknown action explode'],
    ['function:"a -app', 1, 10, 'quote without an end'],
    ['function: -app', 1, 10, 'expected a pattern'],
    ['function:a -app module:b', 1, 17, 'matchers come before the callee and the actions'],
    ['function:a max-frames=x', 1, 23, 'expected a number of frames'],
    ['function:a category=', 1, 21, 'expected the name of a category'],
    ['function:a invert-stacktrace=2', 1, 30, 'expected 0 or 1'],
    ['[ function:a | function:b -app', 1, 14, 'expected ] after the matcher'],
    ['[ function:a ] function:b -app', 1, 16, 'expected | after the caller'],
    ['function:a | function:b -app', 1, 14, 'expected [ before the callee'],
    ['function:a | [ x ] -app', 1, 16, 'expected a matcher such as function:name'],
    ['function:a | [ app:1 ] | [ app:1 ] -app', 1, 24, 'a rule has one callee'],
  ])('refuses %s', (text, line, column, message) => {
    expect(error(text)).toEqual({ reason: 'rule_invalid', line, column, message })
  })

  it('reads what it prints', () => {
    const pattern = fc.string({ minLength: 1 }).filter((text) => !/[\r\n]/.test(text))
    const matcher = fc.record({
      key: fc.constantFrom(...MATCHER_KEYS),
      pattern,
      isNegated: fc.boolean(),
    })
    const rule: fc.Arbitrary<EnhancementRule> = fc.record({
      caller: fc.option(matcher),
      matchers: fc.array(matcher, { minLength: 1 }),
      callee: fc.option(matcher),
      actions: fc.array(
        fc.record({
          kind: fc.constantFrom('app' as const, 'group' as const),
          value: fc.boolean(),
          range: fc.constantFrom('this' as const, 'before' as const, 'after' as const),
        }),
        { minLength: 1 },
      ),
    })
    fc.assert(
      fc.property(rule, (made) => {
        expect(first(printRule(made))).toEqual(made)
      }),
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseEnhancements(text)).toBeDefined()
      }),
    )
  })
})
