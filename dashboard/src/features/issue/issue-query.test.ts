import { describe, expect, it } from 'vitest'
import { fromSearch, IssueSearch, joinQuery, tabOf, textOf, toSearch } from './issue-query.ts'

describe('the URL of the issue list', () => {
  it('says nothing about defaults', () => {
    expect(toSearch(fromSearch({}))).toEqual({})
  })

  it('brings back what it was given', () => {
    const search = { query: 'is:resolved checkout', sort: 'freq', cursor: '1:2:0' } as const
    expect(toSearch(fromSearch(search))).toEqual(search)
  })

  it('takes what makes no sense as not said', () => {
    expect(IssueSearch.parse({ query: 7, sort: 'beauty', cursor: [] })).toEqual({})
  })
})

describe('a query and its tab', () => {
  it('come apart and together again', () => {
    const query = 'is:ignored checkout failed'
    expect(tabOf(query)).toBe('ignored')
    expect(textOf(query)).toBe('checkout failed')
    expect(joinQuery('ignored', 'checkout failed')).toBe(query)
  })

  it('stands under all when no status is named', () => {
    expect(tabOf('checkout')).toBe('all')
    expect(joinQuery('all', 'checkout')).toBe('checkout')
  })

  it('lets a status that was typed win over the tab', () => {
    expect(joinQuery('unresolved', 'is:resolved checkout')).toBe('is:resolved checkout')
  })

  it('does not mistake a word for a status', () => {
    expect(tabOf('basis:resolved')).toBe('all')
  })
})
