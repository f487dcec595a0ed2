import { describe, expect, it } from 'vitest'
import { tagTerm } from './search-term.ts'

describe('tagTerm', () => {
  it.each([
    ['release', 'shop@4.12.0', 'release:shop@4.12.0'],
    ['browser', 'Firefox 126.0', 'browser:"Firefox 126.0"'],
    ['path', 'C:\\"x"', 'path:"C:\\\\\\"x\\""'],
  ])('says %s is %s', (key, value, term) => {
    expect(tagTerm(key, value)).toBe(term)
  })

  it.each([
    ['two words', 'x'],
    ['<img>', 'x'],
    ['', 'x'],
    ['key', ''],
    ['key', null],
    ['key', 'every*thing'],
  ])('refuses %j: %j', (key, value) => {
    expect(tagTerm(key, value)).toBeUndefined()
  })
})
