import { describe, expect, it } from 'vitest'

import { billPerMillion, rowsRead, rowsWritten } from './price.ts'

describe('the bill', () => {
  it('is that of the price model for its buffered design (spec/platform.md §2.3, column B)', () => {
    const million = 1_000_000
    const lines = billPerMillion({
      events: million,
      seconds: 0,
      cpuMsPerEvent: 5,
      objectBytes: 0,
      counts: {
        requests: million,
        'gate.calls': million,
        'gate.rowsWritten': 44_000,
        'queue.chunks': million / 500,
        'queue.delivered': million / 500,
        'r2.classA': million / 500,
        'd1.rowsWritten': 0.3 * million,
        'r2.bytes': 1.6e9,
      },
    })
    const total = lines.reduce((sum, { dollars }) => sum + dollars, 0)
    // The model's 0.94, less 0.006 for duration, which it has from another source.
    expect(total).toBeCloseTo(0.93, 2)
    expect(lines[0]).toEqual({ line: 'Worker requests', dollars: expect.closeTo(0.3) })
  })

  it('sums rows over D1 and both kinds of object, and nothing else', () => {
    const counts = {
      'd1.rowsWritten': 1,
      'gate.rowsWritten': 2,
      'store.rowsWritten': 4,
      'd1.rowsRead': 8,
      'rows.gate.setAlarm': 16,
    }
    expect(rowsWritten(counts)).toBe(7)
    expect(rowsRead(counts)).toBe(8)
  })
})
