import { describe, expect, it } from 'vitest'
import type { QuotaUse } from '#contract/quota.ts'
import {
  nameCategories,
  nameQuota,
  nameScope,
  nameWindow,
  sortQuotas,
  usedShare,
} from './quota-words.ts'

const quota = (fields: Partial<QuotaUse>): QuotaUse => ({
  id: 'errors',
  scope: 'project',
  scopeId: null,
  categories: ['error'],
  limit: 10,
  window: 60,
  reasonCode: 'usage_exceeded',
  used: 0,
  unit: 'count',
  ...fields,
})

describe('a quota in words', () => {
  it('has a name: what it is for, or what somebody called it', () => {
    expect(nameQuota(quota({ id: 'spike' }))).toBe('Spike protection')
    expect(nameQuota(quota({ id: 'errors-a-day' }))).toBe('errors-a-day')
    expect(nameQuota(quota({ id: 'constructor' }))).toBe('constructor')
    expect(nameQuota(quota({ id: null, limit: 0 }))).toBe('Switched off')
  })

  it('says whose it is when it is not this project’s own', () => {
    expect(nameScope(quota({}))).toBeNull()
    expect(nameScope(quota({ scope: 'organization' }))).toBe('all projects together')
    expect(nameScope(quota({ scope: 'key', scopeId: 'abcdef0123456789' }))).toBe('key abcdef01…')
    expect(nameScope(quota({ scope: 'key' }))).toBe('the key that uses most')
  })

  it('names its window in the largest unit that fits', () => {
    expect(nameWindow('month')).toBe('a month')
    expect(nameWindow(3_600)).toBe('an hour')
    expect(nameWindow(86_400)).toBe('a day')
    expect(nameWindow(10)).toBe('10 seconds')
    expect(nameWindow(90)).toBe('90 seconds')
    expect(nameWindow(null)).toBe('')
  })

  it('names what it counts', () => {
    expect(nameCategories(quota({ categories: [] }))).toBe('everything')
    expect(nameCategories(quota({ categories: ['default', 'error', 'security'] }))).toBe('errors')
    expect(nameCategories(quota({ categories: ['log_item', 'span'] }))).toBe('log item, span')
  })

  it('is full at its limit, and has no share without one', () => {
    expect(usedShare(quota({ used: 5 }))).toBe(0.5)
    expect(usedShare(quota({ used: 12 }))).toBe(1)
    expect(usedShare(quota({ limit: 0 }))).toBe(1)
    expect(usedShare(quota({ limit: null, used: 7 }))).toBeNull()
  })

  it('stands before those that are less full', () => {
    const list = [quota({ id: 'a', limit: null }), quota({ id: 'b' }), quota({ id: 'c', used: 9 })]
    expect(sortQuotas(list).map(({ id }) => id)).toEqual(['c', 'b', 'a'])
  })
})
