import { describe, expect, it } from 'vitest'

import { jsonErrorPlace, jsonPlace } from './json-place.ts'

describe('where a text stops being JSON', () => {
  it('is nowhere in JSON', () => {
    for (const text of ['{}', ' [1, -2.5e3, "a\\u0041\\n", true, null, {"a": []}] ', '"x"', '0']) {
      expect([text, jsonErrorPlace(text)]).toEqual([text, null])
    }
  })

  it('is the first character that does not fit, by line and column', () => {
    expect(jsonErrorPlace('{\n  "a": 1,\n  b: 2\n}')).toEqual({ line: 3, column: 3 })
    expect(jsonErrorPlace('{"a": 1,}')).toEqual({ line: 1, column: 9 })
    expect(jsonErrorPlace('{"a": [1, 2}')).toEqual({ line: 1, column: 12 })
    expect(jsonErrorPlace('{"a": 1} x')).toEqual({ line: 1, column: 10 })
    expect(jsonErrorPlace('{"a": "x')).toEqual({ line: 1, column: 7 })
    expect(jsonErrorPlace('')).toEqual({ line: 1, column: 1 })
  })

  it('agrees with JSON.parse on whether there is such a place', () => {
    const texts = ['01', '1.', '.5', '[1,]', '{"a"}', '{,}', '"\n"', '"\\x"', 'nul', '[', '{"a":}']
    for (const text of texts) {
      expect(() => JSON.parse(text)).toThrow()
      expect([text, jsonErrorPlace(text)]).not.toEqual([text, null])
    }
  })

  it('is told of nesting without end, and soon', () => {
    expect(jsonErrorPlace('['.repeat(1_000_000))).toEqual({ line: 1, column: 102 })
  })
})

describe('where a value stands', () => {
  const text = '{\n  "rules": {\n    "a.b": {"type": "pattern"}\n  },\n  "list": [1,\n 2]\n}'

  it('is where its key is, dots in keys and all', () => {
    expect(jsonPlace(text, 'rules')).toEqual({ line: 2, column: 3 })
    expect(jsonPlace(text, 'rules.a.b.type')).toEqual({ line: 3, column: 13 })
    expect(jsonPlace(text, 'list.1')).toEqual({ line: 6, column: 2 })
  })

  it('is where it is missing', () => {
    expect(jsonPlace(text, 'rules.a.b.pattern')).toEqual({ line: 3, column: 5 })
    expect(jsonPlace(text, 'vars')).toEqual({ line: 1, column: 1 })
  })
})
