import { describe, expect, it } from 'vitest'

import { NOTES_MAX, Notes } from './notes.ts'
import { readMeta } from './read-meta.ts'

describe('Notes', () => {
  it('stand at their place, and nowhere else', () => {
    const notes = new Notes()
    notes.at(['user', 'id'], () => notes.invalid('expected a string', 7))
    notes.at(['tags', 0], () => notes.remark('!limit', 's', [1, 4]))
    notes.at(['tags', 0], () => notes.originalLength(9))
    expect(notes.tree).toEqual({
      user: { id: { '': { err: [['invalid_data', { reason: 'expected a string' }]], val: 7 } } },
      tags: { 0: { '': { rem: [['!limit', 's', 1, 4]], len: 9 } } },
    })
  })

  it('tell an error once', () => {
    const notes = new Notes()
    notes.error('value_too_long')
    notes.error('value_too_long')
    notes.error('invalid_data', { reason: 'x' })
    expect(notes.tree['']?.err).toEqual(['value_too_long', ['invalid_data', { reason: 'x' }]])
  })

  it('keep small originals, and no big ones', () => {
    const notes = new Notes()
    notes.at(['small'], () => notes.invalid('x', 'a'.repeat(497)))
    notes.at(['big'], () => notes.invalid('x', 'a'.repeat(498)))
    expect(notes.tree).toMatchObject({ small: { '': { val: 'a'.repeat(497) } } })
    expect(notes.tree['big']).not.toHaveProperty('.val')
  })

  it('end where nobody would read on', () => {
    const notes = new Notes()
    for (let index = 0; index < NOTES_MAX + 10; index += 1)
      notes.at([index], () => notes.error('x'))
    expect(Object.keys(notes.tree)).toHaveLength(NOTES_MAX)
  })

  it('move with the values they are about', () => {
    const notes = new Notes(
      readMeta({ a: { '': { len: 1 } }, b: { c: { '': { len: 2 } } }, d: { '': { len: 3 } } }),
    )
    notes.rename((key) => {
      if (key === 'a') return ['b', 'a']
      return key === 'd' ? null : [key]
    })
    expect(notes.tree).toEqual({ b: { a: { '': { len: 1 } }, c: { '': { len: 2 } } } })
  })

  it('swap places without a loss', () => {
    const notes = new Notes(readMeta({ 0: { '': { len: 0 } }, 1: { '': { len: 1 } } }))
    notes.rename((key) => [key === '0' ? '1' : '0'])
    expect(notes.tree).toEqual({ 0: { '': { len: 1 } }, 1: { '': { len: 0 } } })
  })
})

describe('readMeta', () => {
  it('keeps what is of its shape', () => {
    const meta = {
      extra: {
        a: {
          '': {
            rem: [
              ['!limit', 's', 0, 3],
              ['x', 'x'],
            ],
            len: 10,
            err: ['e', ['k', { a: 1 }]],
            val: 'v',
          },
        },
      },
    }
    expect(readMeta(meta)).toEqual(meta)
  })

  it('drops what nobody could show', () => {
    const bad = { rem: [1, ['a'], ['a', 's', 'x']], err: [1, ['a'], ['a', 1]], len: '1', val: null }
    expect(readMeta({ a: 1, b: [], c: { '': bad } })).toEqual({ c: { '': {} } })
    expect(readMeta([1])).toEqual({})
  })
})
