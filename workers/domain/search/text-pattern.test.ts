import { describe, expect, it } from 'vitest'

import { matchTextPattern, parseTextPattern } from './text-pattern.ts'

const matches = (text: string, value: string) => matchTextPattern(text, parseTextPattern(value))

describe('text patterns', () => {
  it('are cut at stars that are not escaped', () => {
    expect(parseTextPattern('plain')).toEqual(['plain'])
    expect(parseTextPattern('a*b')).toEqual(['a', 'b'])
    expect(parseTextPattern('*')).toEqual(['', ''])
    expect(parseTextPattern('**a**')).toEqual(['', 'a', ''])
    expect(parseTextPattern(String.raw`a\*b\\*`)).toEqual(['a*b\\', ''])
  })

  it('match the whole text, parts in their order and each once', () => {
    expect(matches('payment failed', 'payment failed')).toBe(true)
    expect(matches('payment failed', 'payment')).toBe(false)
    expect(matches('payment failed', 'pay*')).toBe(true)
    expect(matches('payment failed', '*led')).toBe(true)
    expect(matches('payment failed', '*ment fa*')).toBe(true)
    expect(matches('payment failed', '*failed*payment*')).toBe(false)
    expect(matches('aba', 'ab*ba')).toBe(false)
    expect(matches('abba', 'ab*ba')).toBe(true)
    expect(matches('', '*')).toBe(true)
    expect(matches('a*b', String.raw`a\*b`)).toBe(true)
    expect(matches('axb', String.raw`a\*b`)).toBe(false)
  })

  it('take a hostile text in linear time', () => {
    const start = performance.now()
    expect(matches('a'.repeat(1_000_000), '*a*a*a*b')).toBe(false)
    parseTextPattern('*'.repeat(1_000_000))
    expect(performance.now() - start).toBeLessThan(500)
  })
})
