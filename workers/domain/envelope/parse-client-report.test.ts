import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import type { LedgerEntry } from '../outcome.ts'
import { sumLedgerEntries } from '../outcome.ts'
import { clockDriftMs } from './clock-drift.ts'
import { parseClientReports } from './parse-client-report.ts'

const NOW = Date.parse('2026-03-01T10:00:00Z')
const DAY_MS = 86_400_000
const read = (reports: unknown[], driftMs = 0): LedgerEntry[] =>
  parseClientReports(reports, { receivedAt: NOW, driftMs })
const report = (entry: Record<string, unknown>, timestamp?: unknown): unknown => ({
  ...(timestamp === undefined ? {} : { timestamp }),
  discarded_events: [{ reason: 'before_send', category: 'error', quantity: 2, ...entry }],
})
const LOST: LedgerEntry = {
  category: 'error',
  outcome: 'client_discard',
  reason: 'before_send',
  quantity: 2,
}

describe('client reports', () => {
  it('become ledger entries, each list under its outcome', () => {
    const entry = { reason: 'web-crawlers', category: 'transaction', quantity: 1 }
    expect(
      read([
        {
          discarded_events: [entry],
          filtered_events: [entry],
          rate_limited_events: [{ ...entry, reason: '' }],
        },
      ]),
    ).toEqual([
      { ...entry, outcome: 'client_discard' },
      { ...entry, outcome: 'filtered' },
      { ...entry, outcome: 'rate_limited', reason: null },
    ])
  })

  it('gotcha 16: add up where they say the same, across the reports of an envelope', () => {
    expect(read([report({}), report({}), report({ quantity: 5 })])).toEqual([
      { ...LOST, quantity: 9 },
    ])
    expect(sumLedgerEntries([...read([report({})]), ...read([report({})])])).toEqual([
      { ...LOST, quantity: 4 },
    ])
    expect(read([report({}), report({ category: 'security' })])).toHaveLength(2)
  })

  it('gotcha 17: are ignored when dated far ahead, and when older than retention', () => {
    expect(read([report({}, NOW / 1000 + 59)])).toEqual([LOST])
    expect(read([report({}, NOW / 1000 + 61)])).toEqual([])
    expect(read([report({}, new Date(NOW - 89 * DAY_MS).toISOString())])).toEqual([LOST])
    expect(read([report({}, new Date(NOW - 91 * DAY_MS).toISOString())])).toEqual([])
    expect(read([report({}, 'yesterday')])).toEqual([])
  })

  it('are dated by the first that says when, and by the clock of the server', () => {
    expect(read([report({}), report({}, NOW / 1000), report({}, 0)])).toEqual([
      { ...LOST, quantity: 6 },
    ])
    const drift = clockDriftMs(NOW + DAY_MS, NOW)
    expect(read([report({}, (NOW + DAY_MS) / 1000)], drift)).toEqual([LOST])
  })

  it('tell filters only by keys we know, and sampling rules by their group', () => {
    const sampled = (reason: string): LedgerEntry[] =>
      read([{ filtered_sampling_events: [{ reason, category: 'transaction', quantity: 1 }] }])
    expect(sampled('Sampled:1414,3200,1001,1432')[0]?.reason).toBe('Sampled:1001,1400,3000')
    expect(sampled('Sampled:9')[0]?.reason).toBe('Sampled:0')
    expect(sampled('Sampled:')).toEqual([])
    expect(
      read([{ filtered_events: [{ reason: 'mine', category: 'error', quantity: 1 }] }]),
    ).toEqual([])
  })

  it('skip entries without a quantity or with a reason too long to show', () => {
    for (const quantity of [0, -1, 1.5, '3', null, 1e300])
      expect(read([report({ quantity })])).toEqual([])
    expect(read([report({ reason: 'é'.repeat(100) })])).toHaveLength(1)
    expect(read([report({ reason: 'é'.repeat(101) })])).toEqual([])
    expect(read([report({ reason: null })])).toEqual([])
  })

  it('count under `unknown` what we have no category for, and metrics by either name', () => {
    expect(read([report({ category: 'hologram' })])[0]?.category).toBe('unknown')
    expect(read([report({ category: 'constructor' })])[0]?.category).toBe('unknown')
    expect(read([report({ category: 'metric' })])[0]?.category).toBe('trace_metric')
    expect(read([report({ category: 'user_report_v2' })])[0]?.category).toBe('feedback')
  })

  it('never throw, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (reports, value) => {
        for (const entry of read([...reports, { timestamp: value, discarded_events: [value] }])) {
          expect(entry.quantity).toBeGreaterThan(0)
        }
      }),
    )
    expect(read([{ timestamp: { toString: 1 }, discarded_events: [] }])).toEqual([])
  })
})

describe('clock drift', () => {
  it('gotcha 30: corrects a month, and leaves five minutes alone', () => {
    expect(clockDriftMs(NOW - 30 * DAY_MS, NOW)).toBe(30 * DAY_MS)
    expect(clockDriftMs(NOW - 5 * 60_000, NOW)).toBe(0)
  })

  it('begins at 55 minutes, either way, and needs a time of sending', () => {
    expect(clockDriftMs(NOW - 55 * 60_000, NOW)).toBe(55 * 60_000)
    expect(clockDriftMs(NOW + 55 * 60_000, NOW)).toBe(-55 * 60_000)
    expect(clockDriftMs(NOW - 55 * 60_000 + 1, NOW)).toBe(0)
    expect(clockDriftMs(null, NOW)).toBe(0)
  })
})
