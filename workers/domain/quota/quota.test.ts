import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { abuseQuotas } from './abuse-limit.ts'
import { checkInQuotas } from './monitor-limit.ts'
import {
  counterKey,
  countsCategory,
  isForSender,
  keyQuota,
  parseQuota,
  type Quota,
  type Scoping,
} from './quota.ts'
import { type Counters, pruneWindows, type Taken, takeQuotas } from './take-quotas.ts'
import type { Window } from './window.ts'

const NOW = Date.parse('2026-03-01T10:00:00Z')
const SENDER: Scoping = { organizationId: 7, projectId: 42, publicKey: 'a'.repeat(32) }
const OTHER_KEY: Scoping = { ...SENDER, publicKey: 'b'.repeat(32) }
const WIRE = {
  id: 'err',
  categories: ['error'],
  scope: 'project',
  limit: 5,
  window: 60,
  reasonCode: 'usage_exceeded',
}

const quota = (fields: Record<string, unknown> = {}): Quota => {
  const parsed = parseQuota({ ...WIRE, ...fields })
  if (!parsed.ok) throw new Error(parsed.error.reason)
  return parsed.value
}
const refusal = (fields: Record<string, unknown>): unknown => {
  const parsed = parseQuota({ ...WIRE, ...fields })
  return parsed.ok ? null : parsed.error.reason
}
const ERROR = [{ category: 'error' as const, quantity: 1 }]
const take = (
  windows: Record<string, Window>,
  quotas: Quota[],
  scoping = SENDER,
  quantities: { category: 'error' | 'attachment' | 'session'; quantity: number }[] = ERROR,
  now = NOW,
): Taken => takeQuotas({ windows }, { quotas, scoping, quantities, now })

describe('a quota', () => {
  it('needs an id, a window, a reason and categories where it has a number', () => {
    expect(refusal({})).toBeNull()
    expect(refusal({ id: null })).toBe('id_missing')
    expect(refusal({ window: 0 })).toBe('window_missing')
    expect(refusal({ reasonCode: '' })).toBe('reason_code_missing')
    expect(refusal({ categories: [] })).toBe('categories_missing')
    expect(refusal({ limit: -1 })).toBe('limit_invalid')
    expect(refusal({ limit: 2.5 })).toBe('limit_invalid')
    expect(refusal({ scope: 'team' })).toBe('scope_unknown')
    expect(parseQuota(null)).toEqual({ ok: false, error: { reason: 'not_a_quota' } })
  })

  it('adds up one unit only', () => {
    expect(refusal({ categories: ['log_byte', 'attachment'] })).toBeNull()
    expect(refusal({ categories: ['log_byte', 'log_item'] })).toBe('units_mixed')
  })

  it('may have a calendar month as its window, and no other word', () => {
    expect(quota({ window: 'month' }).windowSeconds).toBe('month')
    expect(refusal({ window: 'year' })).toBe('window_missing')
  })

  it('is none when it knows none of its categories, and keeps those it knows', () => {
    expect(refusal({ categories: ['hologram', 'constructor'] })).toBe('categories_unknown')
    expect(quota({ categories: ['hologram', 'error'] }).categories).toEqual(['error'])
  })

  it('gotcha 15: with limit 0 carries no id and no window', () => {
    expect(quota({ limit: 0 })).toMatchObject({ id: null, windowSeconds: null, limit: 0 })
    expect(refusal({ limit: 0, id: undefined, window: undefined, categories: [] })).toBeNull()
  })

  it('counts for its scope: everyone apart, or the one it names', () => {
    expect(isForSender(quota(), SENDER)).toBe(true)
    expect(isForSender(quota({ scopeId: '42' }), SENDER)).toBe(true)
    expect(isForSender(quota({ scopeId: 42 }), SENDER)).toBe(true)
    expect(isForSender(quota({ scopeId: '43' }), SENDER)).toBe(false)
    expect(isForSender(quota({ scopeId: 'shop' }), SENDER)).toBe(false)
    expect(counterKey(quota(), SENDER)).not.toBe(counterKey(quota(), { ...SENDER, projectId: 43 }))
    const organization = quota({ scope: undefined })
    expect(organization.scope).toBe('organization')
    expect(counterKey(organization, SENDER)).toBe(counterKey(organization, OTHER_KEY))
  })

  it('of a namespace matches nothing, for Picket reads no namespaces', () => {
    expect(isForSender(quota({ namespace: 'custom' }), SENDER)).toBe(false)
  })
})

describe('taking from quotas', () => {
  it('admits up to the limit and refuses the next until the window ends', () => {
    const quotas = [quota({ limit: 2 })]
    let windows: Record<string, Window> = {}
    for (let i = 0; i < 2; i += 1) {
      const taken = take(windows, quotas)
      expect(taken.kind).toBe('taken')
      if (taken.kind === 'taken') windows = { ...windows, ...taken.windows }
    }
    expect(take(windows, quotas)).toEqual({
      kind: 'refused',
      isTold: true,
      // windows of organization 7 begin 7 s past the minute
      limit: {
        categories: ['error'],
        scope: 'project',
        reason: 'usage_exceeded',
        untilAt: NOW + 7_000,
      },
    })
    expect(take(windows, quotas, SENDER, ERROR, NOW + 7_000).kind).toBe('taken')
  })

  it('gotcha 8: refuses the first excess item at once, with the limit to tell', () => {
    const quotas = [quota({ limit: 1 })]
    const first = take({}, quotas)
    const second = first.kind === 'taken' ? take(first.windows, quotas) : first
    expect(second).toMatchObject({ kind: 'refused', isTold: true })
  })

  it('gotcha 7: a key quota does not touch another key of the project', () => {
    const quotas = [keyQuota(SENDER.publicKey, { count: 0, windowSeconds: 60 })]
    expect(take({}, quotas)).toMatchObject({ limit: { reason: 'key_quota', scope: 'key' } })
    expect(take({}, quotas, OTHER_KEY)).toEqual({ kind: 'taken', windows: {} })
    const counting = [quota({ scope: 'key', id: 'k', limit: 1 })]
    const mine = take({}, counting)
    expect(mine.kind).toBe('taken')
    if (mine.kind !== 'taken') return
    expect(take(mine.windows, counting).kind).toBe('refused')
    expect(take(mine.windows, counting, OTHER_KEY).kind).toBe('taken')
  })

  it('charges no quota when one of several refuses', () => {
    const quotas = [quota({ id: 'a', limit: 9 }), quota({ id: 'b', limit: 1 })]
    const first = take({}, quotas)
    expect(first.kind === 'taken' && Object.keys(first.windows)).toHaveLength(2)
    const second = first.kind === 'taken' ? take(first.windows, quotas) : first
    expect(second.kind).toBe('refused')
    expect(second).not.toHaveProperty('windows')
  })

  it('tells of several refusals the one that lasts', () => {
    const quotas = [quota({ limit: 0 }), quota({ id: 'day', window: 86_400, limit: 1 })]
    const windows = { [counterKey(quotas[1]!, SENDER)]: { slot: 20_513, used: 1 } }
    expect(take(windows, quotas)).toMatchObject({ limit: { untilAt: NOW + 300_000 } })
    expect(take(windows, [quotas[0]!])).toMatchObject({ limit: { untilAt: NOW + 60_000 } })
  })

  it('refuses everything by a quota without categories', () => {
    const quotas = [quota({ limit: 0, categories: [], reasonCode: 'org_abuse_limit' })]
    expect(take({}, quotas, SENDER, [{ category: 'session', quantity: 1 }])).toMatchObject({
      limit: { categories: [], reason: 'org_abuse_limit' },
    })
  })

  it('counts without end where the limit is null', () => {
    const quotas = [quota({ limit: null })]
    const key = counterKey(quotas[0]!, SENDER)
    const taken = take({}, quotas, SENDER, [{ category: 'error', quantity: 1e9 }])
    expect(taken).toMatchObject({ kind: 'taken', windows: { [key]: { used: 1e9 } } })
    expect(take({}, [quota({ limit: null, id: null })])).toEqual({ kind: 'taken', windows: {} })
  })

  it('counts all of an item that a quota of several categories knows', () => {
    const quotas = [quota({ categories: ['error', 'session'] })]
    const key = counterKey(quotas[0]!, SENDER)
    const quantities = [
      { category: 'error' as const, quantity: 1 },
      { category: 'session' as const, quantity: 3 },
      { category: 'attachment' as const, quantity: 900 },
    ]
    expect(take({}, quotas, SENDER, quantities)).toMatchObject({ windows: { [key]: { used: 4 } } })
  })

  it('forgets counters whose window is over, and no others', () => {
    const quotas = [quota({}), quota({ id: 'day', window: 86_400 })]
    const taken = take({}, quotas)
    const windows = taken.kind === 'taken' ? taken.windows : {}
    expect(Object.keys(pruneWindows(windows, NOW))).toHaveLength(2)
    const left = Object.keys(pruneWindows(windows, NOW + 600_000))
    expect(left).toEqual([counterKey(quotas[1]!, SENDER)])
  })

  it('never admits more than the limit in any slot, whatever comes when', () => {
    const step = fc.record({
      waitMs: fc.nat(40_000),
      quantity: fc.integer({ min: 1, max: 7 }),
      isOther: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60, size: 'max' }),
        fc.nat(9),
        fc.nat(12),
        (steps, a, b) => {
          const quotas = [
            quota({ id: 'key', scope: 'key', limit: a + 1 }),
            quota({ id: 'project', limit: b + 1, window: 90 }),
          ]
          let counters: Counters = { windows: {} }
          let now = NOW
          const admitted = new Map<string, number>()
          for (const { waitMs, quantity, isOther } of steps) {
            now += waitMs
            const scoping = isOther ? OTHER_KEY : SENDER
            const quantities = [{ category: 'error' as const, quantity }]
            const taken = takeQuotas(counters, { quotas, scoping, quantities, now })
            if (taken.kind !== 'taken') continue
            counters = { windows: { ...counters.windows, ...taken.windows } }
            for (const [key, { slot }] of Object.entries(taken.windows)) {
              admitted.set(`${key}@${slot}`, (admitted.get(`${key}@${slot}`) ?? 0) + quantity)
            }
          }
          for (const [key, sum] of admitted) {
            expect(sum).toBeLessThanOrEqual(key.startsWith('key:') ? a + 1 : b + 1)
          }
        },
      ),
    )
  })

  it('never throws on what is no quota', () => {
    fc.assert(fc.property(fc.jsonValue(), (raw) => typeof parseQuota(raw).ok === 'boolean'))
  })
})

describe('limits we make ourselves', () => {
  it('counts floods over ten seconds, and refuses all at a negative rate', () => {
    expect(abuseQuotas({})).toEqual([])
    expect(abuseQuotas({ pae: 100 })).toEqual([
      expect.objectContaining({ id: 'pae', limit: 1_000, windowSeconds: 10 }),
    ])
    expect(abuseQuotas({ paa: -1 })).toEqual([
      expect.objectContaining({ id: null, limit: 0, reasonCode: 'disabled' }),
    ])
    expect(abuseQuotas({ pas: 0.01 })[0]?.limit).toBe(1)
  })

  it('gotcha 21: limits check-ins per slug and environment', () => {
    const source = { slug: 'nightly', environment: 'production', environments: 2 }
    let windows: Record<string, Window> = {}
    const checkIn = (fields: object): Taken => {
      const taken = takeQuotas(
        { windows },
        {
          quotas: checkInQuotas({ ...source, ...fields }),
          scoping: SENDER,
          quantities: [{ category: 'monitor', quantity: 1 }],
          now: NOW,
        },
      )
      if (taken.kind === 'taken') windows = { ...windows, ...taken.windows }
      return taken
    }
    for (let i = 0; i < 6; i += 1) expect(checkIn({}).kind).toBe('taken')
    expect(checkIn({})).toMatchObject({
      kind: 'refused',
      isTold: false,
      limit: { reason: 'monitor_rate_limit' },
    })
    expect(checkIn({ environment: 'staging' }).kind).toBe('taken')
    expect(checkIn({ slug: 'weekly' }).kind).toBe('taken')
  })

  it('counts a thousand environments of a project at most: names can be made up', () => {
    const limitAt = (environments: number) =>
      checkInQuotas({ slug: 'a', environment: 'b', environments })[0]!.limit
    expect(limitAt(1_000)).toBe(6_050)
    expect(limitAt(1_001)).toBe(6_050)
  })

  it('limits a project by its environments, and tells that', () => {
    const [project] = checkInQuotas({ slug: 'a', environment: 'b', environments: 3 })
    expect(project).toMatchObject({ id: 'mrl', limit: 68, windowSeconds: 60, isTold: true })
    expect(countsCategory(project!, 'monitor')).toBe(true)
    expect(countsCategory(project!, 'error')).toBe(false)
  })
})
