import { describe, expect, it } from 'vitest'
import { cutAt, readProblem, valueAt } from './place.ts'

describe('the place of a hit', () => {
  const event = {
    extra: { 'odd key': ['a', 'b'], "it's": 1 },
    tags: [
      ['note', 'x'],
      ['other', 'y'],
    ],
    exception: { values: [{ value: 'boom' }] },
  }

  it('is found through objects, lists, pairs and quoted keys', () => {
    expect(valueAt(event, "extra.'odd key'.1")).toBe('b')
    expect(valueAt(event, "extra.'it''s'")).toBe(1)
    expect(valueAt(event, 'tags.other')).toBe('y')
    expect(valueAt(event, 'exception.values.0.value')).toBe('boom')
  })

  it('is nothing where there is nothing, whatever it is called', () => {
    expect(valueAt(event, 'extra.constructor')).toBeUndefined()
    expect(valueAt(event, 'nowhere.at.all')).toBeUndefined()
    expect(valueAt(null, 'a')).toBeUndefined()
  })
})

describe('a text with marks', () => {
  it('is cut by code points', () => {
    expect(cutAt('🦀 key [Filtered] end', [[6, 16]])).toEqual(['🦀 key ', '[Filtered]', ' end'])
    expect(cutAt('abc', [])).toEqual(['abc'])
    expect(cutAt('abc', [[0, 3]])).toEqual(['', 'abc', ''])
  })
})

describe('a problem of advanced rules', () => {
  it('has its line', () => {
    expect(readProblem('Line 3, column 12: rules.x: no such type')).toEqual({
      line: 3,
      text: 'rules.x: no such type',
    })
    expect(readProblem('something else')).toEqual({ line: 1, text: 'something else' })
  })
})
