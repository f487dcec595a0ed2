import { DurableObject } from 'cloudflare:workers'

import {
  emptyPool,
  type LeaseAnswer,
  type LeasePool,
  type LeaseRequest,
  leasesToRecall,
  renewLease,
} from '#domain/quota/lease.ts'
import { log } from '#platform/log.ts'
import { inRegion } from '#platform/region.ts'
import { withTimeLimit } from '#platform/time-limit.ts'

/** A gate that takes longer than this to give back what it does not use keeps it. */
const GIVE_BACK_MS_MAX = 500

/** A gate as its organization sees it: it can be asked to give back what it does not use. */
export interface LeaseHolder extends Rpc.DurableObjectBranded {
  giveBack(recall: { key: string; slot: number; version: number }): Promise<LeaseRequest>
}

/** What this object needs of the world. */
export interface OrganizationQuotaEnv {
  PROJECT_GATE: DurableObjectNamespace<LeaseHolder>
  JURISDICTION: string
}

export interface LeaseRenewal {
  /** Names the quota's counter (domain/quota `counterKey`). */
  key: string
  /** The quota's limit as the asking gate knows it. */
  limit: number
  request: LeaseRequest
}

export interface RenewedLease {
  key: string
  answer: LeaseAnswer
  /** What other gates reported as used in this window. */
  usedByOthers: number
}

/**
 * Owns the quotas that all projects of one organization spend together, and lends parts of them to
 * their gates. One object per organization, named by its id. It only wires: domain/quota/lease.ts says
 * what is lent and what holds whatever message is lost. What is lent rests before the answer leaves:
 * one row per renewal, at most one renewal per gate and quota in ten seconds once leases have grown.
 */
export class OrganizationQuota extends DurableObject<OrganizationQuotaEnv> {
  readonly #pools = new Map<string, LeasePool>()

  /** Renews leases, in the order asked. Called by gates. */
  async renew(renewals: LeaseRenewal[]): Promise<RenewedLease[]> {
    const renewed: RenewedLease[] = []
    for (const { key, limit, request } of renewals) {
      const answer = await this.#renew(key, limit, request)
      renewed.push({ key, answer, usedByOthers: this.#used(key, answer.slot, request.holder) })
    }
    return renewed
  }

  /** What is used of each quota in a window, by all gates and as far as they reported. */
  readUse(counters: { key: string; slot: number }[]): number[] {
    return counters.map(({ key, slot }) => this.#used(key, slot, null))
  }

  async #renew(key: string, limit: number, request: LeaseRequest): Promise<LeaseAnswer> {
    const answer = this.#book(key, limit, request)
    const isLate = answer.version === 0
    if (!answer.isExhausted || isLate || !(await this.#recall(key, limit))) return answer
    return this.#book(key, limit, { ...request, version: answer.version })
  }

  /** Asks those who hold what they do not use to give it back; true when somebody did. */
  async #recall(key: string, limit: number): Promise<boolean> {
    const pool = this.#pool(key)
    if (!pool) return false
    const gates = inRegion(this.env.PROJECT_GATE, this.env.JURISDICTION)
    const holders = leasesToRecall(pool, Date.now())
    const given = await Promise.all(
      holders.map(async (holder) => {
        const version = pool.holdings.get(holder)?.version ?? 0
        try {
          const recall = { key, slot: pool.slot, version }
          return await withTimeLimit(gates.getByName(holder).giveBack(recall), GIVE_BACK_MS_MAX)
        } catch (error) {
          log.warn('gate.lease_not_given_back', { project: holder, error })
          return null
        }
      }),
    )
    for (const request of given) if (request) this.#book(key, limit, request)
    return given.some((request) => request !== null)
  }

  #book(key: string, limit: number, request: LeaseRequest): LeaseAnswer {
    const before = this.#pool(key) ?? emptyPool(request.slot)
    const [after, answer] = renewLease(before, limit, request, Date.now())
    if (after !== before) {
      this.#pools.set(key, after)
      this.ctx.storage.kv.put(placeOf(key), after)
    }
    return answer
  }

  #pool(key: string): LeasePool | undefined {
    const known = this.#pools.get(key) ?? this.ctx.storage.kv.get<LeasePool>(placeOf(key))
    if (known) this.#pools.set(key, known)
    return known
  }

  #used(key: string, slot: number, except: string | null): number {
    const pool = this.#pool(key)
    if (pool?.slot !== slot) return 0
    let used = 0
    for (const [holder, holding] of pool.holdings) if (holder !== except) used += holding.used
    return used
  }
}

const placeOf = (key: string): string => `pool:${key}`
