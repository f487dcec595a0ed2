/** The gotchas of spec/ingest.md §10 that normalizing an event decides, by their numbers. */
import { describe, expect, it } from 'vitest'

import type { PicketEvent } from './event.ts'
import { normalizeEvent } from './normalize-event.ts'

const NOW = Date.parse('2026-03-01T10:00:00Z')
const DAY_MS = 86_400_000
const TRACE = '4C79F60C11214EB38604F4AE0781BFB2'

const normalize = (raw: Record<string, unknown>, sentAt?: number): PicketEvent =>
  normalizeEvent(raw, {
    eventId: '5f0c1e9ab7d24c3e8f6a90b1c2d3e4f5',
    now: NOW,
    ...(sentAt === undefined ? {} : { sentAt }),
  })

const transaction = {
  type: 'transaction',
  transaction: '/cart',
  start_timestamp: NOW / 1000 - 2,
  timestamp: NOW / 1000 - 1,
  contexts: { trace: { trace_id: TRACE, span_id: 'FA90FDEAD5F74052', type: 'trace' } },
}

describe('an event on the wire', () => {
  it('gotcha 2: has its measurements by trimmed, lower-case names, and numbers only', () => {
    const measurements = {
      ' LCP ': { value: 1.5, unit: 'millisecond' },
      'bad name!': { value: 1 },
      fid: { value: 'slow' },
    }
    const kept = normalize({ ...transaction, measurements }).measurements
    expect(kept).toHaveProperty('lcp.value', 1.5)
    expect(kept).not.toHaveProperty(['bad name!'])
    expect(JSON.stringify(kept)).not.toContain('slow')
  })

  it('gotcha 3: has no measurements when it is an error', () => {
    const measurements = { lcp: { value: 1.5 } }
    expect(normalize({ message: 'x', measurements }).measurements ?? null).toBeNull()
    expect(normalize({ ...transaction, measurements }).measurements).toHaveProperty('lcp')
  })

  it('gotcha 4: has its trace and span ids in lower case', () => {
    expect(normalize(transaction).contexts?.['trace']).toMatchObject({
      trace_id: TRACE.toLowerCase(),
      span_id: 'fa90fdead5f74052',
    })
  })

  it('gotcha 6: has a text as message in its log entry', () => {
    expect(normalize({ message: 'cart total is NaN' }).logentry).toEqual({
      formatted: 'cart total is NaN',
    })
  })

  it('gotcha 30: sent a month ago moves to now, five minutes ago stays', () => {
    const at = (sentAt: number): number =>
      normalize({ message: 'x', timestamp: sentAt / 1000 }, sentAt).timestamp * 1000
    expect(at(NOW - 30 * DAY_MS)).toBe(NOW)
    expect(at(NOW - 300_000)).toBe(NOW - 300_000)
  })

  it('gotcha 31: with an old time and no time of sending moves to now, and says why', () => {
    const event = normalize({ message: 'x', timestamp: (NOW - 400 * DAY_MS) / 1000 })
    expect(event.timestamp * 1000).toBe(NOW)
    expect(JSON.stringify(event._meta)).toContain('past_timestamp')
  })

  it('gotcha 33: has a numeric release as text, and its tags as pairs', () => {
    const event = normalize({ message: 'x', release: 42, tags: { shop: 'lisbon' } })
    expect(event.release).toBe('42')
    expect(event.tags).toContainEqual(['shop', 'lisbon'])
  })
})
