import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { THRESHOLD, type ThinningEvent, type ThinningState, thinEvent } from './thin-events.ts'

const HOUR_MS = 3_600_000
const PLAIN = { release: null, environment: null, user: null }

/** Runs a sequence; answers kept rows with their weights and what is still carried. */
function thin(events: ThinningEvent[]): { rows: Map<string, number>; carry: number } {
  const rows = new Map<string, number>()
  let state: ThinningState | undefined
  for (const event of events) {
    const thinned = thinEvent(state, event)
    state = thinned.state
    if (thinned.settled) {
      const { eventId, carry } = thinned.settled
      rows.set(eventId, rows.get(eventId)! + carry)
    }
    if (thinned.isKept) rows.set(event.eventId, 1)
  }
  return { rows, carry: state?.carry ?? 0 }
}

const sum = (weights: Iterable<number>): number =>
  [...weights].reduce((total, weight) => total + weight, 0)

describe('thinning', () => {
  it('keeps every event below the threshold', () => {
    const events = Array.from({ length: THRESHOLD }, (_, i) => ({
      eventId: `${i}`,
      at: i,
      ...PLAIN,
    }))
    expect(thin(events).rows.size).toBe(THRESHOLD)
  })

  it('keeps a few hundred of 100,000 equal events, and weights that add up exactly', () => {
    const events = Array.from({ length: 100_000 }, (_, i) => ({ eventId: `${i}`, at: i, ...PLAIN }))
    const { rows, carry } = thin(events)
    expect(rows.size).toBeLessThan(400)
    expect(sum(rows.values()) + carry).toBe(100_000)
  })

  it('keeps the first of each release, environment and user in a storm', () => {
    const storm = Array.from({ length: 5_000 }, (_, i) => ({ eventId: `${i}`, at: i, ...PLAIN }))
    const rare = { eventId: 'rare', at: 5_000, release: '2.0', environment: 'qa', user: 'id:7' }
    const again = { ...rare, eventId: 'again', at: 5_001 }
    const { rows } = thin([...storm, rare, again])
    expect(rows.has('rare')).toBe(true)
    expect(rows.has('again')).toBe(false)
  })

  it('never loses or invents an event, whatever the sequence', () => {
    const event = fc.record({
      at: fc.integer({ min: 0, max: 3 * HOUR_MS }),
      release: fc.option(fc.constantFrom('1', '2')),
      environment: fc.option(fc.constantFrom('a', 'b')),
      user: fc.option(fc.integer({ max: 50 }).map(String)),
    })
    fc.assert(
      fc.property(fc.array(event, { maxLength: 1500 }), (bare) => {
        const events = bare.map((rest, i) => ({ ...rest, eventId: `${i}` }))
        const { rows, carry } = thin(events)
        expect(sum(rows.values()) + carry).toBe(events.length)
      }),
      { numRuns: 30 },
    )
  })
})
