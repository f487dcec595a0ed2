import { describe, expect, it } from 'vitest'

import { makeQuota } from '#domain/quota/quota.ts'
import { OrganizationLeases, type Pool } from './organization-leases.ts'
import type { LeaseRenewal, RenewedLease } from './organization-quota.ts'

const KEY = 'organization:1:60:all'
const SLOT = 5
const WHO = { organizationId: 1, projectId: 42 }
const QUOTA = makeQuota({
  id: 'all',
  categories: ['error'],
  scope: 'organization',
  limit: 100,
  windowSeconds: 60,
  reasonCode: 'usage_exceeded',
})
const shortage = (needed: number) => ({ key: KEY, quota: QUOTA, slot: SLOT, needed })

const granting = (version: number, granted: number): RenewedLease => ({
  key: KEY,
  answer: { slot: SLOT, version, granted, untilAt: Date.now() + 10_000, isExhausted: false },
  usedByOthers: 7,
})

/** A pool that keeps what it is asked and answers when we say so. */
function slowPool() {
  const asked: LeaseRenewal[][] = []
  const answers: ((renewed: RenewedLease[]) => void)[] = []
  const pool: Pool = {
    renew: (renewals) => {
      asked.push(renewals)
      return new Promise((resolve) => answers.push(resolve))
    },
    readUse: () => Promise.reject(new Error('down')),
  }
  return { pool, asked, answers }
}

describe('the leases of a gate', () => {
  it('are asked for once per quota, and hold what was granted', async () => {
    const { pool, asked, answers } = slowPool()
    const leases = new OrganizationLeases(() => pool)
    const renewing = leases.renew(WHO, [shortage(2), shortage(3)], () => 1)
    expect(asked).toMatchObject([
      [{ key: KEY, limit: 100, request: { holder: '42', slot: SLOT, used: 1, needed: 3 } }],
    ])
    answers[0]!([granting(1, 9)])
    await renewing
    expect(leases.leases[KEY]).toMatchObject({ version: 1, granted: 9 })
    expect(leases.others[KEY]).toEqual({ slot: SLOT, used: 7 })
  })

  it('that were given back lend nothing any more, nor does an answer that was under way', async () => {
    const { pool, answers } = slowPool()
    const leases = new OrganizationLeases(() => pool)
    const renewing = leases.renew(WHO, [shortage(3)], () => 2)
    const report = leases.giveBack('42', { key: KEY, slot: SLOT, version: 1 }, 2)
    expect(report).toMatchObject({ version: 1, used: 2, needed: 0, wanted: 0 })
    answers[0]!([granting(1, 9)])
    await renewing
    expect(leases.leases[KEY]).toMatchObject({ version: 1, granted: 2 })
  })

  it('of a newer window are not touched by a recall of an older one', async () => {
    const { pool, answers } = slowPool()
    const leases = new OrganizationLeases(() => pool)
    const renewing = leases.renew(WHO, [shortage(3)], () => 0)
    answers[0]!([granting(1, 9)])
    await renewing
    leases.giveBack('42', { key: KEY, slot: SLOT - 1, version: 4 }, 0)
    expect(leases.leases[KEY]).toMatchObject({ slot: SLOT, granted: 9 })
  })

  it('are left alone for a while when nobody answers, and what is known is told', async () => {
    const leases = new OrganizationLeases(() => ({
      renew: () => Promise.reject(new Error('down')),
      readUse: () => Promise.reject(new Error('down')),
    }))
    expect(leases.isReachable).toBe(true)
    await leases.renew(WHO, [shortage(3)], () => 0)
    expect(leases.isReachable).toBe(false)
    expect(await leases.readUse(1, [{ key: KEY, slot: SLOT, used: 4 }])).toEqual([4])
  })

  it('are waited for in turn, also behind one that failed', async () => {
    const leases = new OrganizationLeases(() => slowPool().pool)
    const order: number[] = []
    const first = leases.inTurn(async () => {
      await Promise.resolve()
      order.push(1)
      throw new Error('first')
    })
    const second = leases.inTurn(async () => {
      order.push(2)
      return 'second'
    })
    await expect(first).rejects.toThrow('first')
    expect(await second).toBe('second')
    expect(order).toEqual([1, 2])
  })
})
