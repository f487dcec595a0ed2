import { describe, expect, it } from 'vitest'

import { judge, type Observations } from './judge.ts'

/** Three events of one issue: two acknowledged, one unanswered but stored. */
function kept(): Observations {
  return {
    acknowledged: new Set(['a', 'b']),
    unknown: new Set(['c', 'd']),
    found: new Set(['a', 'b', 'c']),
    listed: ['a', 'b', 'c'],
    issues: [{ shortId: 'SHOP-1', count: 3, weight: 3, rows: 3 }],
    ledger: {
      received: 4,
      accepted: 3,
      duplicates: 1,
      otherLosses: 0,
      inFlight: 0,
      difference: 0,
    },
    isEveryEventListed: true,
  }
}

describe('the judgement after kills', () => {
  it('passes when all promises were kept', () => {
    expect(judge(kept())).toEqual([])
  })

  it('passes thinned events that have no row of their own', () => {
    const issues = [{ shortId: 'SHOP-1', count: 3, weight: 3, rows: 1 }]
    expect(judge({ ...kept(), isEveryEventListed: false, listed: ['a'], issues })).toEqual([])
  })

  it('tells of a lost event', () => {
    const seen = { ...kept(), acknowledged: new Set(['a', 'b', 'e']) }
    expect(judge(seen)).toEqual(['acknowledged events that cannot be read: 1, must be 0'])
  })

  it('tells of an event that is there twice', () => {
    const failures = judge({ ...kept(), listed: ['a', 'b', 'b', 'c'] })
    expect(failures).toEqual(['events listed twice: 1, must be 0'])
  })

  it('tells of an event that nobody sent', () => {
    const seen = { ...kept(), listed: ['a', 'b', 'x'] }
    expect(judge(seen)).toEqual(['listed events that nobody sent: 1, must be 0'])
  })

  it('tells of counts that are not the events behind them', () => {
    const issues = [{ shortId: 'SHOP-1', count: 4, weight: 3, rows: 3 }]
    expect(judge({ ...kept(), issues })).toEqual([
      'weights of SHOP-1: 3, must be 4',
      'counts of all issues: 4, must be 3',
    ])
  })

  it('tells of a ledger that does not balance', () => {
    const ledger = { ...kept().ledger, received: 5, difference: 1 }
    expect(judge({ ...kept(), ledger })).toEqual([
      'received by the ledger: 5, must be 4',
      'difference of the ledger: 1, must be 0',
    ])
  })

  it('tells of a loss that has no business here, and of a pack that never arrived', () => {
    const ledger = { ...kept().ledger, otherLosses: 2, inFlight: 7 }
    expect(judge({ ...kept(), ledger })).toEqual([
      'events in flight: 7, must be 0',
      'losses other than repeats: 2, must be 0',
    ])
  })
})
