import { describe, expect, it } from 'vitest'

import { covers, type Pii, type Place, selects } from './match-selector.ts'
import { parseSelector, quoteKey, type Selector, selectorOfField } from './selector.ts'
import { valueTypeNamed } from './value-type.ts'

describe('parseSelector', () => {
  it.each([
    '$string',
    'password',
    'extra.password',
    "extra.'foo bar'.0",
    "'it''s'",
    '**',
    'extra.**',
    'debug_meta.images.*.code_file',
    '$frame.vars.**',
    '(a && b) || !c',
    '~a & b|c',
    ' a . b&&! ( c ) ',
    '$http.headers.user-agent',
    'freeform',
  ])('reads %s', (text) => {
    expect(parseSelector(text).ok).toBe(true)
  })

  it.each([
    ['', 'empty', 0],
    ['   ', 'empty', 3],
    ['*', 'bare_wildcard', 0],
    ['a && *', 'bare_wildcard', 5],
    ['**.a.**', 'deep_wildcard_twice', 5],
    ['$nothing', 'unknown_type', 0],
    ['a.$nothing', 'unknown_type', 2],
    ["'open", 'unclosed_quote', 0],
    ['(a', 'unclosed_parenthesis', 0],
    ['a)', 'unexpected_character', 1],
    ['(a b)', 'unexpected_character', 3],
    ['a.', 'unexpected_end', 2],
    ['a &&', 'unexpected_end', 4],
    ['a..b', 'unexpected_character', 2],
    ['a#b', 'unexpected_character', 1],
    ['!'.repeat(40), 'too_deep', 32],
    ['a'.repeat(5000), 'too_long', 4096],
  ])('refuses %s as %s at %d', (text, reason, at) => {
    expect(parseSelector(text)).toEqual({ ok: false, error: { reason, at } })
  })

  it('binds ! before && before ||', () => {
    const key = (name: string) => ({ kind: 'path', items: [{ kind: 'key', key: name }] })
    expect(parseSelector('!a && b || c')).toEqual({
      ok: true,
      value: {
        kind: 'or',
        of: [{ kind: 'and', of: [{ kind: 'not', of: key('a') }, key('b')] }, key('c')],
      },
    })
  })
})

describe('selectorOfField', () => {
  it('takes what is no selector as a literal key, and a word of the old grammar too', () => {
    expect(covers(selectorOfField('odd key!'), place('extra', 'Odd Key!'))).toBe(true)
    expect(covers(selectorOfField('text'), place('extra', 'text'))).toBe(true)
    expect(covers(selectorOfField('text'), place('extra', 'other'))).toBe(false)
  })
})

describe('quoteKey', () => {
  it('gives what the grammar reads back', () => {
    for (const key of ['plain', 'it’s', "it's", 'a.b', '', '0']) {
      const selector = parseSelector(`extra.${quoteKey(key)}`)
      expect(selector.ok && covers(selector.value, place('extra', key))).toBe(true)
    }
  })
})

describe('selects', () => {
  it.each<[selector: string, place: Place, pii: Pii, expected: boolean]>([
    // Leaf upwards, without regard to case.
    ['password', place('extra', 'a', 'Password'), 'true', true],
    ['a.password', place('extra', 'a', 'Password'), 'true', true],
    ['b.password', place('extra', 'a', 'Password'), 'true', false],
    ['x.extra.a.password', place('extra', 'a', 'Password'), 'true', false],
    ['a', place('extra', 'a', 'password'), 'true', false],
    // Levels.
    ['extra.*.b', place('extra', 'a', 'b'), 'true', true],
    ['extra.*.b', place('extra', 'b'), 'true', false],
    ['extra.a.1', place('extra', 'a', 1), 'true', true],
    ['extra.a.2', place('extra', 'a', 1), 'true', false],
    ['**', place('extra'), 'true', true],
    ['**.b', place('extra', 'a', 'b'), 'true', true],
    ['extra.**', place('extra', 'a', 'b'), 'true', true],
    ['extra.**', place('extra'), 'true', false],
    ['a.**', place('extra', 'a', 'b'), 'true', false],
    ['extra.**.c', place('extra', 'a', 'b', 'c'), 'true', true],
    ['extra.**.c', place('extra', 'a', 'b'), 'true', false],
    // Types.
    ['$user.email', place(['user', 'user'], ['email', 'string']), 'true', true],
    ['$http.email', place(['user', 'user'], ['email', 'string']), 'true', false],
    ['$string', place(['user', 'user'], ['email', 'string']), 'true', true],
    ['$user.**', place(['user', 'user'], 'data', 'plan'), 'true', true],
    ['$string && !email', place(['user', 'user'], ['email', 'string']), 'true', false],
    ['$number || email', place(['user', 'user'], ['email', 'string']), 'true', true],
    // What may hold personal data must be named.
    ['$string', place('tags', ['a', 'string']), 'maybe', false],
    ['**', place('tags', 'a'), 'maybe', false],
    ['tags.**', place('tags', 'a'), 'maybe', false],
    ['tags.a', place('tags', 'a'), 'maybe', true],
    ['tags.*', place('tags', 'a'), 'maybe', true],
    ['!b', place('tags', 'a'), 'maybe', false],
    ['tags.* && !b', place('tags', 'a'), 'maybe', true],
    ['tags.* && !a', place('tags', 'a'), 'maybe', false],
    ['$frame.module', place(['0', 'frame'], ['module', 'string']), 'maybe', true],
    ['tags.a', place('tags', 'a'), 'false', false],
  ])('%s at %j (%s): %s', (text, at, pii, expected) => {
    expect(selects(parsed(text), at, pii)).toBe(expected)
  })
})

function parsed(text: string): Selector {
  const selector = parseSelector(text)
  if (!selector.ok) throw new Error(`no selector: ${text}`)
  return selector.value
}

/** A place below the event; a level is its key, or its key and the name of its type. */
function place(...levels: (string | number | [key: string, type: string])[]): Place {
  const keys = levels.map((level) => (Array.isArray(level) ? level[0] : level))
  const types = levels.map((level) => (Array.isArray(level) ? valueTypeNamed(level[1])! : 0))
  return {
    keys: ['', ...keys],
    types: [valueTypeNamed('event')!, ...types],
    depth: levels.length,
  }
}
