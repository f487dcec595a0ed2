import { describe, expect, it } from 'vitest'

import { makeIssueId } from './issue-id.ts'
import { formatShortId, parseShortId } from './short-id.ts'

describe('short ids', () => {
  it('count in base 32 without I, L, O and U', () => {
    expect([1, 31, 32, 47, 1024].map((number) => formatShortId('shop', number))).toEqual([
      'SHOP-1',
      'SHOP-Z',
      'SHOP-10',
      'SHOP-1F',
      'SHOP-100',
    ])
  })

  it('are read in any case, with dashes in the slug', () => {
    expect(parseShortId('my-Shop-1f')).toEqual({ slug: 'my-shop', number: 47 })
  })

  it('refuses texts that are none', () => {
    expect(['shop', 'shop-', '-1', 'shop-1u', 'shop 1'].map(parseShortId)).toEqual(
      Array(5).fill(null),
    )
  })
})

describe('issue ids', () => {
  it('are safe integers that grow with time', () => {
    const early = makeIssueId(Date.UTC(2026, 10, 25), 4095)
    const late = makeIssueId(Date.UTC(2026, 10, 25) + 1, 0)
    expect(late).toBeGreaterThan(early)
    expect(Number.isSafeInteger(makeIssueId(Date.UTC(2090, 0), 4095))).toBe(true)
  })
})
