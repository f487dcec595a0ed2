import { describe, expect, it } from 'vitest'
import { caughtByReason } from './caught.ts'

const group = (by: Record<string, string>, counts: number[]) => ({
  by,
  totals: {},
  series: { 'sum(quantity)': counts },
})

describe('what filters caught', () => {
  it('is added up by reason, and counts pieces only', () => {
    const caught = caughtByReason({
      start: '',
      end: '',
      intervals: ['a', 'b'],
      groups: [
        group({ outcome: 'filtered', reason: 'localhost', category: 'error' }, [1, 2]),
        group({ outcome: 'filtered', reason: 'localhost', category: 'security' }, [0, 4]),
        group({ outcome: 'filtered', reason: 'localhost', category: 'span' }, [50, 50]),
        group({ outcome: 'invalid', reason: 'localhost', category: 'error' }, [9, 9]),
      ],
    })
    expect([...caught]).toEqual([['localhost', { total: 7, series: [1, 6] }]])
  })
})
