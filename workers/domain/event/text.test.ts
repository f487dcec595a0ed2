import { describe, expect, it } from 'vitest'

import { countCharacters, cutCharacters, ellipsize, firstLine } from './text.ts'

describe('text', () => {
  it('is cut to length, dots included', () => {
    expect(ellipsize('abcdefgh', 6)).toBe('abc...')
    expect(ellipsize('abcdef', 6)).toBe('abcdef')
  })

  it('is counted in characters, not in their halves', () => {
    expect(countCharacters('a😀b')).toBe(3)
    expect(cutCharacters('a😀b', 2)).toBe('a😀')
    expect(ellipsize('😀😀😀😀', 4)).toBe('😀😀😀😀')
    expect(ellipsize('😀😀😀😀😀', 4)).toBe('😀...')
    expect(countCharacters('\ud83dx')).toBe(2)
  })

  it('has a first line, whatever ends it', () => {
    expect([firstLine('a\nb'), firstLine('a\r\nb'), firstLine('a')]).toEqual(['a', 'a', 'a'])
  })
})
