import { acceptLease, type LeaseRequest, requestLease } from '#domain/quota/lease.ts'
import type { Shortage } from '#domain/quota/take-quotas.ts'
import { log } from '#platform/log.ts'
import { withTimeLimit } from '#platform/time-limit.ts'
import type { LeaseRenewal, RenewedLease } from './organization-quota.ts'
import type { Lent } from './quota-book.ts'

/** An organization's object that takes longer than this to answer counts as silent. */
const ANSWER_MS_MAX = 2_000
/** How long a silent one is left alone. */
const SILENCE_MS = 10_000

/** An organization's object, as a gate asks it. */
export interface Pool {
  renew(renewals: LeaseRenewal[]): Promise<RenewedLease[]>
  readUse(counters: { key: string; slot: number }[]): Promise<number[]>
}

/**
 * What this gate was lent of its organization's quotas (domain/quota/lease.ts). In memory only: a gate
 * that begins anew learns what it holds by its first request, and has given up nothing it could still
 * spend. Its counters rest with what it admitted.
 */
export class OrganizationLeases implements Lent {
  readonly leases: Lent['leases'] = {}
  readonly others: Lent['others'] = {}
  readonly #poolOf: (organizationId: number) => Pool
  #turn: Promise<unknown> = Promise.resolve()
  #silentUntil = 0

  constructor(poolOf: (organizationId: number) => Pool) {
    this.#poolOf = poolOf
  }

  get isReachable(): boolean {
    return this.#silentUntil <= Date.now()
  }

  /**
   * Those who are short wait for each other: the first may bring enough for all, for leases grow with
   * what was spent.
   */
  inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    const mine = this.#turn.then(work, work)
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  /**
   * Asks for what is short, all in one call. Never throws: an organization's object that is silent must
   * not stop anybody's errors, so its quotas are not counted meanwhile, and that is logged.
   */
  async renew(
    who: { organizationId: number; projectId: number },
    shortages: readonly Shortage[],
    usedIn: (key: string, slot: number) => number,
  ): Promise<void> {
    const holder = String(who.projectId)
    const renewals = [
      ...new Map(shortages.map((shortage) => [shortage.key, shortage])).values(),
    ].map(({ key, quota, slot, needed }) => {
      const ask = { slot, used: usedIn(key, slot), needed }
      const [lease, request] = requestLease(holder, this.leases[key], ask)
      this.leases[key] = lease
      return { key, limit: quota.limit ?? 0, request }
    })
    try {
      const renewed = await withTimeLimit(
        this.#poolOf(who.organizationId).renew(renewals),
        ANSWER_MS_MAX,
      )
      for (const { key, answer, usedByOthers } of renewed) {
        const lease = this.leases[key]
        if (!lease) continue
        this.leases[key] = acceptLease(lease, answer, usedIn(key, answer.slot))
        this.others[key] = { slot: answer.slot, used: usedByOthers }
      }
    } catch (error) {
      this.#silentUntil = Date.now() + SILENCE_MS
      log.error('gate.organization_silent', { organization: who.organizationId, error })
    }
  }

  /** What all gates together use of each counter, in order; as far as it is known here when nobody answers. */
  async readUse(
    organizationId: number,
    counters: { key: string; slot: number; used: number }[],
  ): Promise<number[]> {
    const known = counters.map(({ key, slot, used }) => {
      const others = this.others[key]
      return used + (others?.slot === slot ? others.used : 0)
    })
    if (counters.length === 0) return known
    try {
      const asked = counters.map(({ key, slot }) => ({ key, slot }))
      const told = this.#poolOf(organizationId).readUse(asked)
      const reported = await withTimeLimit(told, ANSWER_MS_MAX)
      return known.map((used, index) => Math.max(used, reported[index] ?? 0))
    } catch (error) {
      log.error('gate.organization_silent', { organization: organizationId, error })
      return known
    }
  }

  /**
   * Gives up what is not used. From now on this gate knows the version it was asked by, so that an
   * answer which is still under way lends nothing.
   */
  giveBack(
    holder: string,
    { key, slot, version }: { key: string; slot: number; version: number },
    used: number,
  ): LeaseRequest {
    const lease = this.leases[key]
    if (!lease || lease.slot <= slot) {
      const nothing = { granted: used, usedBefore: used, untilAt: 0, isExhausted: false }
      this.leases[key] = { slot, version, ...nothing }
    }
    return { holder, slot, version, used, needed: 0, wanted: 0 }
  }
}
