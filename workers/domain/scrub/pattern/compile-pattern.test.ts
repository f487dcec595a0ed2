import { describe, expect, it } from 'vitest'

import { compilePattern } from './compile-pattern.ts'

function found(source: string, text: string, groups?: number[]): string[] {
  const pattern = compilePattern(source, groups)
  if (!pattern.ok) throw new Error(`${source}: ${pattern.error.reason} at ${pattern.error.at}`)
  return pattern.value.find(text).map(([start, end]) => text.slice(start, end))
}

describe('compilePattern', () => {
  it.each<[source: string, text: string, expected: string[]]>([
    ['abc', 'xabcabc', ['abc', 'abc']],
    ['a|ab', 'ab', ['a']],
    ['ab|a', 'ab', ['ab']],
    ['a*', 'baaac', ['aaa']],
    ['a+?', 'aaa', ['a', 'a', 'a']],
    ['a{2,3}', 'aaaaa', ['aaa', 'aa']],
    ['a{2}', 'aaaaa', ['aa', 'aa']],
    ['a{2,}', 'aaaaa b aa', ['aaaaa', 'aa']],
    ['(?:ab)+', 'ababx', ['abab']],
    ['(a|b)*c', 'abac', ['abac']],
    ['(a*)*b', 'aaab', ['aaab']],
    ['[a-c]+', 'xabcd', ['abc']],
    ['[^a-c]+', 'abxyc', ['xy']],
    ['[]a]+', 'x]a]', [']a]']],
    ['[a\\-]+', 'x-a-', ['-a-']],
    ['[a-]+', 'x-a-', ['-a-']],
    ['[[:digit:]x]+', 'ab12x3', ['12x3']],
    ['[[:^digit:]]+', '1ab2', ['ab']],
    ['[a-z[0-9]]+', 'A1b2C', ['1b2']],
    ['[\\W_]+', 'ab_ -c', ['_ -']],
    ['\\d+', 'a12b٣', ['12', '٣']],
    ['\\w+', 'é_1 ß', ['é_1', 'ß']],
    ['\\s', 'a\u00a0b', ['\u00a0']],
    ['\\p{Lu}+', 'abÄÖc', ['ÄÖ']],
    ['\\P{L}+', 'ab12c', ['12']],
    ['\\pN', 'a1', ['1']],
    ['\\x41\\x{42}\\u0043\\u{44}', 'ABCD', ['ABCD']],
    ['a\\.b', 'a.b axb', ['a.b']],
    ['a.b', 'a.b a\nb', ['a.b']],
    ['(?s)a.b', 'a\nb', ['a\nb']],
    ['(?i)straße', 'STRAßE', ['STRAßE']],
    ['a(?i)b(?-i)c', 'aBc aBC', ['aBc']],
    ['(?i:a)b', 'Ab AB', ['Ab']],
    ['(?x) a b # both', 'ab', ['ab']],
    ['(?U)a+', 'aa', ['a', 'a']],
    ['^a', 'aa', ['a']],
    ['a$', 'aa', ['a']],
    ['^a', 'b\na', []],
    ['(?m)^a$', 'b\na\nb', ['a']],
    ['\\Aa\\z', 'a', ['a']],
    ['\\bcat\\b', 'cat concat cat.', ['cat', 'cat']],
    ['\\Bat', 'cat at', ['at']],
    ['😀+', 'a😀😀b', ['😀😀']],
    ['[😀-😂]', '😁', ['😁']],
    ['.', '😀', ['😀']],
    ['x*', 'abc', []],
    ['', 'abc', []],
  ])('%s finds in %j: %j', (source, text, expected) => {
    expect(found(source, text)).toEqual(expected)
  })

  it('finds groups, named or not, the outer of two inside each other', () => {
    expect(found('user=(\\w+) pass=(?P<pass>\\w+)', 'user=a pass=b', [2])).toEqual(['b'])
    expect(found('(a)(?<b>b)?c', 'abc ac', [1, 2])).toEqual(['a', 'b', 'a'])
    expect(found('((a)b)', 'ab', [2, 1])).toEqual(['ab'])
    expect(found('(a)', 'a', [7])).toEqual([])
  })

  it.each([
    ['(', 'unexpected_end', 0],
    [')', 'unexpected_character', 0],
    ['[a', 'bad_class', 0],
    ['[b-a]', 'bad_class', 0],
    ['[a&&b]', 'bad_class', 2],
    ['[[:nope:]]', 'bad_class', 1],
    ['\\p{Nope}', 'bad_class', 0],
    ['a**b(', 'unexpected_end', 4],
    ['*a', 'bad_repetition', 0],
    ['a{3,2}', 'bad_repetition', 1],
    ['a{5000}', 'bad_repetition', 1],
    ['(?:a{100}){100}', 'too_large', 0],
    ['(a)\\1', 'backreference', 3],
    ['a(?=b)', 'lookaround', 1],
    ['a(?<!b)', 'lookaround', 1],
    ['(?q)a', 'unknown_flag', 0],
    ['\\y', 'unknown_escape', 0],
    ['a\\', 'unexpected_end', 1],
    ['('.repeat(100), 'too_deep', 64],
  ])('refuses %s: %s at %d', (source, reason, at) => {
    expect(compilePattern(source)).toEqual({ ok: false, error: { reason, at } })
  })

  it('agrees with the engine of JavaScript where both read a pattern alike', () => {
    const texts = ['', 'a', 'b', 'ab', 'ba', 'aab', 'abab', 'aabbab', 'bbaab', 'abcabc', 'ccabba']
    const sources = [
      '(a|b)+?c',
      'a(b|c)*',
      '(ab|a)(bc)?',
      'a??b',
      '(a+|b)*c?',
      'b{1,2}a',
      '[ab]c|a$',
    ]
    for (const source of sources) {
      const native = new RegExp(source, 'gu')
      for (const text of texts) {
        const expected = [...text.matchAll(native)].map(([match]) => match).filter(Boolean)
        expect([source, text, found(source, text)]).toEqual([source, text, expected])
      }
    }
  })

  it('takes a pattern that would never end elsewhere', () => {
    expect(found('(a+)+$', `${'a'.repeat(100_000)}b`)).toEqual([])
    expect(found('(a|aa)+b', 'a'.repeat(100_000))).toEqual([])
  })

  it('hits the rest of a text on which it would take too long', () => {
    const matches = found('a[^x]*b|a', 'a'.repeat(20_000))
    expect(matches.join('').length).toBe(20_000)
    expect(matches.length).toBeLessThan(100)
    expect(matches.slice(0, -1).every((match) => match === 'a')).toBe(true)
  })
})
