import { describe, expect, it } from 'vitest'

import { parseSearch } from './parse-search.ts'

const term = (key: string, value: string, more: object = {}) => ({
  kind: 'term',
  key,
  values: [value],
  isList: false,
  isQuoted: false,
  ...more,
})
const text = (words: string) => ({ kind: 'text', text: words })
const parse = (query: string) => {
  const parsed = parseSearch(query)
  return parsed.ok ? parsed.value : parsed.error
}

describe('parseSearch', () => {
  it('matches everything when nothing is asked', () => {
    expect(parse('')).toEqual({ kind: 'all', nodes: [] })
    expect(parse('  \n ')).toEqual({ kind: 'all', nodes: [] })
  })

  it('joins terms by AND and runs of words to one text', () => {
    expect(parse('is:unresolved payment failed level:error')).toEqual({
      kind: 'all',
      nodes: [term('is', 'unresolved'), text('payment failed'), term('level', 'error')],
    })
  })

  it('binds AND closer than OR, and parentheses closest', () => {
    expect(parse('a:1 b:2 OR c:3')).toEqual({
      kind: 'any',
      nodes: [{ kind: 'all', nodes: [term('a', '1'), term('b', '2')] }, term('c', '3')],
    })
    expect(parse('a:1 and (b:2 or c:3)')).toEqual({
      kind: 'all',
      nodes: [term('a', '1'), { kind: 'any', nodes: [term('b', '2'), term('c', '3')] }],
    })
  })

  it('reads negation, quotes, lists, tags and operators as they are written', () => {
    expect(parse('!a:1')).toEqual({ kind: 'not', node: term('a', '1') })
    expect(parse(String.raw`a:"x \"y\" z"`)).toEqual(term('a', 'x "y" z', { isQuoted: true }))
    expect(parse('a:[1, "b, c",d]')).toEqual({
      ...term('a', ''),
      values: ['1', 'b, c', 'd'],
      isList: true,
    })
    expect(parse('tags[user.plan]:pro')).toEqual(term('tags[user.plan]', 'pro'))
    expect(parse('"my key":x')).toEqual(term('my key', 'x'))
    expect(parse('timesSeen:>=10')).toEqual(term('timesSeen', '>=10'))
    expect(parse('a:\uf00dContains\uf00dfoo')).toEqual(term('a', '*foo*'))
    expect(parse('"two words"')).toEqual(text('two words'))
  })

  it('keeps parentheses that belong to a word', () => {
    expect(parse('(culprit:render(app))')).toEqual(term('culprit', 'render(app)'))
    expect(parse('render(app)')).toEqual(text('render(app)'))
  })

  it('says where the query breaks', () => {
    expect(parse('(a:1')).toEqual({ reason: 'syntax', at: '', column: 5 })
    expect(parse('a:1 )')).toEqual({ reason: 'syntax', at: ')', column: 5 })
    expect(parse('a:1 OR')).toMatchObject({ reason: 'syntax' })
    expect(parse('OR a:1')).toMatchObject({ reason: 'syntax' })
    expect(parse('AND')).toMatchObject({ reason: 'syntax' })
    expect(parse('"open')).toMatchObject({ reason: 'syntax' })
    expect(parse('a:"open')).toMatchObject({ reason: 'syntax' })
    expect(parse('a:[1')).toMatchObject({ reason: 'syntax' })
    expect(parse('a:')).toEqual({ reason: 'value_missing', key: 'a' })
    expect(parse('a:[1,,2]')).toEqual({ reason: 'list_value_empty' })
    expect(parse('a:b"c')).toEqual({ reason: 'quote_misplaced', at: 'b"c' })
  })

  it('refuses what is more program than question', () => {
    expect(parse('a:1 '.repeat(60))).toMatchObject({ kind: 'all' })
    expect(parse('a:1 '.repeat(61))).toEqual({ reason: 'too_complex', terms: 61, max: 60 })
    expect(parse(`${'('.repeat(21)}a:1${')'.repeat(21)}`)).toMatchObject({ reason: 'too_complex' })
  })

  it('reads a megabyte of anything in linear time', () => {
    const start = performance.now()
    for (const hostile of ['(', '"', '[', '!', 'a:', 'a"', '\\', 'tags[', 'x ', '!"', ':"', ')']) {
      parseSearch(hostile.repeat(1_000_000 / hostile.length))
      parseSearch(`a:${hostile.repeat(1_000_000 / hostile.length)}`)
      parseSearch(`(${hostile.repeat(1_000_000 / hostile.length)}`)
    }
    expect(performance.now() - start).toBeLessThan(3_000)
  })
})
