import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  acceptLease,
  emptyPool,
  LEASE_MS,
  type Lease,
  type LeaseAnswer,
  type LeasePool,
  type LeaseRequest,
  leasesToRecall,
  renewLease,
  requestLease,
  unlent,
} from './lease.ts'
import { counterKey, makeQuota, type Scoping } from './quota.ts'
import { takeQuotas } from './take-quotas.ts'
import type { Window } from './window.ts'

const NOW = 1_772_359_200_000
const SLOT = 5

/** A holder as a gate is one: its counter, its lease. */
interface Holder {
  used: number
  lease: Lease | undefined
}

/** One renewal without any mishap. */
function renew(
  pool: LeasePool,
  limit: number,
  name: string,
  holder: Holder,
  needed: number,
  now = NOW,
): LeasePool {
  const [lease, request] = requestLease(name, holder.lease, {
    slot: SLOT,
    used: holder.used,
    needed,
  })
  const [after, answer] = renewLease(pool, limit, request, now)
  holder.lease = acceptLease(lease, answer, holder.used)
  return after
}

/** Spends units under the lease, renewing once when short; false when refused. */
function spend(
  pool: { now: LeasePool },
  limit: number,
  name: string,
  holder: Holder,
  quantity: number,
  now = NOW,
): boolean {
  const fits = (): boolean => holder.used + quantity <= (holder.lease?.granted ?? 0)
  if (!fits() || (holder.lease?.untilAt ?? 0) <= now) {
    pool.now = renew(pool.now, limit, name, holder, quantity, now)
  }
  if (!fits()) return false
  holder.used += quantity
  return true
}

describe('a lease', () => {
  it('grants what is needed, and no unit twice', () => {
    const a: Holder = { used: 0, lease: undefined }
    const b: Holder = { used: 0, lease: undefined }
    let pool = renew(emptyPool(SLOT), 10, 'a', a, 7)
    pool = renew(pool, 10, 'b', b, 7)
    expect(a.lease).toMatchObject({ granted: 7, isExhausted: false })
    expect(b.lease).toMatchObject({ granted: 0, isExhausted: true })
    expect(unlent(pool, 10)).toBe(3)
  })

  it('grows as its holder spends, to a sixteenth of what is left', () => {
    const pool = { now: emptyPool(SLOT) }
    const holder: Holder = { used: 0, lease: undefined }
    const sizes = new Set<number>()
    for (let i = 0; i < 2_000; i += 1) {
      spend(pool, 1_600, 'a', holder, 1)
      sizes.add((holder.lease?.granted ?? 0) - (holder.lease?.usedBefore ?? 0))
    }
    expect(holder.used).toBe(1_600)
    expect([...sizes].slice(0, 4)).toEqual([1, 3, 7, 15])
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100)
  })

  it('comes back when a report asks for nothing', () => {
    const holder: Holder = { used: 0, lease: undefined }
    let pool = renew(emptyPool(SLOT), 10, 'a', holder, 8)
    holder.used = 3
    pool = renew(pool, 10, 'a', holder, 0)
    expect(holder.lease?.granted).toBe(3)
    expect(unlent(pool, 10)).toBe(7)
  })

  it('is recalled when it is out of date and not spent', () => {
    const idle: Holder = { used: 0, lease: undefined }
    const pool = renew(emptyPool(SLOT), 10, 'idle', idle, 8)
    expect(leasesToRecall(pool, NOW + LEASE_MS - 1)).toEqual([])
    expect(leasesToRecall(pool, NOW + LEASE_MS)).toEqual(['idle'])
    expect(leasesToRecall(renew(pool, 10, 'idle', idle, 0), NOW + LEASE_MS)).toEqual([])
  })

  it('ends with its window, and a late clock gets nothing of the one before', () => {
    const request: LeaseRequest = {
      holder: 'a',
      slot: SLOT + 1,
      version: 0,
      used: 0,
      needed: 4,
      wanted: 4,
    }
    const [pool] = renewLease(emptyPool(SLOT), 10, { ...request, slot: SLOT }, NOW)
    const [next, answer] = renewLease(pool, 10, request, NOW)
    expect(answer).toMatchObject({ slot: SLOT + 1, granted: 4 })
    const [same, late] = renewLease(next, 10, { ...request, slot: SLOT }, NOW)
    expect(late).toMatchObject({ slot: SLOT, granted: 0, isExhausted: true })
    expect(same).toBe(next)
  })

  it('lends nothing more once the limit was lowered, and takes nothing from who spends', () => {
    const holder: Holder = { used: 0, lease: undefined }
    const pool = renew(emptyPool(SLOT), 10, 'a', holder, 8)
    holder.used = 6
    const after = renew(pool, 2, 'a', holder, 5)
    expect(holder.lease?.granted).toBe(8)
    expect(unlent(after, 2)).toBe(0)
  })
})

describe('leases of many holders', () => {
  interface Message {
    holder: string
    request?: LeaseRequest
    answer?: LeaseAnswer
  }

  const action = fc.oneof(
    fc.record({
      do: fc.constant('spend' as const),
      who: fc.nat(3),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
    fc.record({ do: fc.constant('ask' as const), who: fc.nat(3), quantity: fc.nat(9) }),
    fc.record({ do: fc.constant('deliver' as const), pick: fc.nat(50), isKept: fc.boolean() }),
    fc.record({ do: fc.constant('lose' as const), pick: fc.nat(50) }),
  )

  it('never spend more than the limit, though messages be lost, repeated and overtaken', () => {
    fc.assert(
      fc.property(
        fc.array(action, { maxLength: 200, size: 'max' }),
        fc.integer({ min: 0, max: 60 }),
        (actions, limit) => {
          const holders = Array.from({ length: 4 }, (): Holder => ({ used: 0, lease: undefined }))
          const wire: Message[] = []
          let pool = emptyPool(SLOT)
          for (const step of actions) {
            if (step.do === 'spend') {
              const holder = holders[step.who]!
              if (holder.used + step.quantity <= (holder.lease?.granted ?? 0))
                holder.used += step.quantity
            } else if (step.do === 'ask') {
              const holder = holders[step.who]!
              const { used } = holder
              const ask = { slot: SLOT, used, needed: step.quantity }
              const [lease, request] = requestLease(String(step.who), holder.lease, ask)
              holder.lease = lease
              wire.push({ holder: String(step.who), request })
            } else if (wire.length > 0) {
              const at = step.pick % wire.length
              const { holder: name, request, answer } = wire[at]!
              if (step.do === 'lose' || !step.isKept) wire.splice(at, 1)
              if (step.do === 'lose') continue
              if (request) {
                const [after, reply] = renewLease(pool, limit, request, NOW)
                pool = after
                wire.push({ holder: name, answer: reply })
              } else if (answer) {
                const holder = holders[Number(name)]!
                if (holder.lease) holder.lease = acceptLease(holder.lease, answer, holder.used)
              }
            }
            let lent = 0
            for (const [index, holder] of holders.entries()) {
              const held = pool.holdings.get(String(index))?.granted ?? 0
              lent += held
              expect(holder.used).toBeLessThanOrEqual(held)
              expect(holder.lease?.granted ?? 0).toBeLessThanOrEqual(held)
            }
            expect(lent).toBeLessThanOrEqual(limit)
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('refuse only what others hold unspent: used + their rest + what is needed exceeds the limit', () => {
    const step = fc.record({ who: fc.nat(9), quantity: fc.integer({ min: 1, max: 5 }) })
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 150, size: 'max' }),
        fc.integer({ min: 1, max: 100 }),
        (steps, limit) => {
          const holders = Array.from({ length: 10 }, (): Holder => ({ used: 0, lease: undefined }))
          const pool = { now: emptyPool(SLOT) }
          for (const { who, quantity } of steps) {
            if (spend(pool, limit, String(who), holders[who]!, quantity)) continue
            const used = holders.reduce((sum, holder) => sum + holder.used, 0)
            const others = holders.reduce(
              (sum, holder, index) =>
                sum + (index === who ? 0 : (holder.lease?.granted ?? 0) - holder.used),
              0,
            )
            expect(used + others + quantity).toBeGreaterThan(limit)
            expect(used).toBeLessThanOrEqual(limit)
          }
        },
      ),
    )
  })

  it('let a hundred slow holders use what the limit gives, once idle leases are recalled', () => {
    const limit = 1_000
    const pool = { now: emptyPool(SLOT) }
    const holders = Array.from({ length: 100 }, (): Holder => ({ used: 0, lease: undefined }))
    let admitted = 0
    let calls = 0
    for (let i = 0; i < 3_000; i += 1) {
      const now = NOW + i * 20 // 50 a second, each holder one in two seconds
      const name = String(i % 100)
      const before = pool.now
      const isAdmitted = spend(pool, limit, name, holders[i % 100]!, 1, now)
      if (pool.now !== before) calls += 1
      if (isAdmitted) admitted += 1
      else {
        for (const idle of leasesToRecall(pool.now, now)) {
          pool.now = renew(pool.now, limit, idle, holders[Number(idle)]!, 0, now)
        }
      }
    }
    expect(admitted).toBeLessThanOrEqual(limit)
    expect(admitted).toBeGreaterThanOrEqual(0.98 * limit)
    expect(calls).toBeLessThan(2_700)
  })
})

describe('quotas of an organization', () => {
  const scoping: Scoping = { organizationId: 7, projectId: 42, publicKey: 'k' }
  const quota = makeQuota({
    id: 'org',
    categories: ['error'],
    scope: 'organization',
    limit: 100,
    windowSeconds: 60,
    reasonCode: 'usage_exceeded',
  })
  const project = { ...quota, id: 'own', scope: 'project' as const, limit: 1 }
  const key = counterKey(quota, scoping)
  const quantities = [{ category: 'error' as const, quantity: 1 }]
  const slot = Math.floor((NOW / 1000 - 7) / 60)
  const lease = (fields: Partial<Lease>): Lease => ({
    slot,
    version: 1,
    granted: 1,
    usedBefore: 0,
    untilAt: NOW + LEASE_MS,
    isExhausted: false,
    ...fields,
  })
  const take = (
    leases: Record<string, Lease>,
    windows: Record<string, Window> = {},
    isLastTry = false,
  ): string => {
    const taking = { quotas: [quota, project], scoping, quantities, now: NOW, isLastTry }
    return takeQuotas({ windows, leases }, taking).kind
  }

  it('are spent from a lease, and short without one that is of this window and fresh', () => {
    expect(take({ [key]: lease({}) })).toBe('taken')
    expect(take({})).toBe('short')
    expect(take({ [key]: lease({ slot: slot - 1 }) })).toBe('short')
    expect(take({ [key]: lease({ untilAt: NOW }) })).toBe('short')
    expect(take({ [key]: lease({}) }, { [key]: { slot, used: 1 } })).toBe('short')
  })

  it('refuse without asking again while the pool is known to be empty, and on the last try', () => {
    const spent = { [key]: { slot, used: 1 } }
    expect(take({ [key]: lease({ isExhausted: true }) }, spent)).toBe('refused')
    expect(take({ [key]: lease({}) }, spent, true)).toBe('refused')
    expect(take({ [key]: lease({ untilAt: NOW }) }, {}, true)).toBe('taken')
  })

  it('ask for no lease where another quota refuses anyway', () => {
    const full = { [counterKey(project, scoping)]: { slot, used: 1 } }
    expect(take({}, full)).toBe('refused')
  })
})
