import { describe, expect, it } from 'vitest'

import { operationTimes } from './break-down.ts'

const HOUR = 3600
const START = 1_600_000_000

/** A span by its operation and its hours since the start. */
function span(op: string, from: number, to: number) {
  return { op, start_timestamp: START + from * HOUR, timestamp: START + to * HOUR }
}

describe('operationTimes', () => {
  it('EP-071: counts overlaps of one operation once, and every operation in the total', () => {
    const browser = span('browser', 5, 6)
    const spans = [
      span('http', 0, 1),
      span('db', 2, 3),
      span('db.postgres', 2.5, 3.5),
      span('db.mongo', 4, 4.5),
      { ...browser, timestamp: browser.timestamp + 0.00001 },
    ]
    expect(operationTimes(spans, ['http', 'db'])).toEqual({
      'ops.http': { value: 3_600_000, unit: 'millisecond' },
      'ops.db': { value: 7_200_000, unit: 'millisecond' },
      'total.time': { value: 14_400_000.01, unit: 'millisecond' },
    })
  })

  it('is nothing without a span that has an operation and an end', () => {
    expect(
      operationTimes([null, { start_timestamp: START, timestamp: START + 1 }], ['http']),
    ).toBeNull()
    expect(operationTimes([span('http', 1, 0)], ['http'])).toBeNull()
  })
})
