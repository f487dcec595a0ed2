import { describe, expect, it } from 'vitest'

import { Notes } from '../schema/notes.ts'
import { type BagLimit, trimBag, trimEntries } from './trim-bag.ts'

function trim(value: unknown, limit: BagLimit) {
  const notes = new Notes()
  return { value: trimBag(value, limit, notes), meta: notes.tree }
}

describe('trimBag', () => {
  it('is the bag itself where it fits', () => {
    const bag = { a: 'x'.repeat(10), b: [1, 2] }
    // 13 for the text, 2 + 2 for the numbers, 3 for each container
    expect(trim(bag, { depth: 3, size: 23 }).value).toBe(bag)
    expect(trim(bag, { depth: 3, size: 22 }).value).toEqual(bag)
    expect(trim(bag, { depth: 3, size: 22 }).value).not.toBe(bag)
  })

  it('cuts the text that crosses the limit, and drops what comes after', () => {
    const { value, meta } = trim(
      { b: 'y'.repeat(20), a: 'x'.repeat(20), c: 1 },
      { depth: 3, size: 30 },
    )
    expect(value).toEqual({ a: 'x'.repeat(20), b: 'yyyy...' })
    expect(meta).toEqual({ '': { len: 3 }, b: { '': { rem: [['!limit', 's', 4, 7]], len: 20 } } })
  })

  it('turns containers above the limit of depth into their text', () => {
    const bag = { a: { b: { c: { d: 1 } } }, e: 2 }
    expect(trim(bag, { depth: 3, size: 99 }).value).toEqual({ a: { b: '{"c":{"d":1}}' }, e: 2 })
    expect(trim(bag, { depth: 4, size: 99 }).value).toEqual({ a: { b: { c: '{"d":1}' } }, e: 2 })
    expect(trim(bag, { depth: 5, size: 99 }).value).toBe(bag)
  })

  it('counts what an array had', () => {
    const { value, meta } = trim({ a: [1, 2, 3, 4, 5] }, { depth: 3, size: 6 })
    expect(value).toEqual({ a: [1, 2, 3] })
    expect(meta).toEqual({ a: { '': { len: 5 } } })
  })

  it('is done after one pass', () => {
    const limit = { depth: 4, size: 60 }
    const bag = { a: { b: { c: { d: 'x'.repeat(50) } } }, e: ['y'.repeat(30), 'z'], f: 1 }
    const once = trim(bag, limit).value
    expect(trim(once, limit).value).toEqual(once)
  })

  it('changes nothing in the bag it was given', () => {
    const bag = { a: ['x'.repeat(50), { b: { c: 1 } }] }
    const before = structuredClone(bag)
    trim(bag, { depth: 2, size: 20 })
    expect(bag).toEqual(before)
  })

  it('keeps prototype keys as what they are: keys', () => {
    const bag = JSON.parse('{"__proto__":{"a":"xxxxxxxxxx"},"b":1}') as unknown
    const { value } = trim(bag, { depth: 3, size: 12 })
    expect(Object.keys(value as object)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })
})

describe('trimEntries', () => {
  const entry = { depth: 3, size: 10 }

  it('holds each entry to its own limit', () => {
    const notes = new Notes()
    const bag = { a: 'x'.repeat(20), b: 'yy' }
    expect(trimEntries(bag, { depth: 4, size: 99 }, entry, notes)).toEqual({
      a: 'xxxxxxx...',
      b: 'yy',
    })
  })

  it('holds all of them to one limit together', () => {
    const notes = new Notes()
    const bag = { c: 'cc', a: 'aaaa', b: 'bbbb' }
    expect(trimEntries(bag, { depth: 4, size: 12 }, entry, notes)).toEqual({ a: 'aaaa', b: 'bbbb' })
    expect(notes.tree).toEqual({ '': { len: 3 } })
  })

  it('takes the nearer limit of depth', () => {
    const bag = { a: { b: { c: 1 } } }
    const big = { depth: 9, size: 99 }
    expect(trimEntries(bag, { depth: 3, size: 99 }, big, new Notes())).toEqual({
      a: { b: '{"c":1}' },
    })
    expect(trimEntries(bag, big, { depth: 1, size: 99 }, new Notes())).toEqual({
      a: '{"b":{"c":1}}',
    })
    expect(trimEntries(bag, big, big, new Notes())).toBe(bag)
  })
})
