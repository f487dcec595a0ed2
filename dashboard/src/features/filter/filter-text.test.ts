import { describe, expect, it } from 'vitest'
import { chooseBrowser, chosenBrowsers, sharesReason } from './filter-text.ts'

describe('old browsers', () => {
  it('are chosen one by one, or by the default alone', () => {
    expect(chosenBrowsers(true)).toEqual(['default'])
    expect(chosenBrowsers(false)).toEqual([])
    expect(chooseBrowser(['default'], 'ie', true)).toEqual(['ie'])
    expect(chooseBrowser(['ie', 'safari'], 'default', true)).toEqual(['default'])
    expect(chooseBrowser(['ie', 'safari'], 'ie', false)).toEqual(['safari'])
  })
})

describe('filters that are counted together', () => {
  it('say so, others do not', () => {
    expect(sharesReason('filtered-transaction')).toBe(true)
    expect(sharesReason('localhost')).toBe(false)
  })
})
