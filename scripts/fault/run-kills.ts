import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { HttpClient } from '../bench/http-client.ts'
import { seededRandom } from '../bench/random.ts'
import { freePort } from '../free-port.ts'
import { judge } from './judge.ts'
import { Observer } from './observe.ts'
import { type ProductProcess, startProduct } from './product-process.ts'
import { type SendPlan, type Sent, sendThroughKills } from './send-through-kills.ts'

export interface KillPlan extends SendPlan {
  /** Kills at random moments of the sending. */
  kills: number
  /** One more after the last answer, while packs are on their way. */
  killsWhileDraining: number
  seed: number
}

export interface KillReport {
  plan: KillPlan
  sent: Sent
  /** Answers that had come when each kill fell. */
  killedAt: number[]
  stored: number
  rows: number
  issues: number
  duplicates: number
  /** Seconds from the last start until nothing was in flight. */
  drainSeconds: number
  seconds: number
  /** Broken promises, in words; empty is what we want. */
  failures: string[]
}

/** Gates repeat an unconfirmed pointer after a minute; a drain that takes longer than two is stuck. */
const DRAIN_MS_MAX = 150_000
/** A kill falls up to this long after the answer that called for it: not always between two answers. */
const KILL_JITTER_MS = 120

/**
 * Runs the product on a state folder of its own, kills parent and workerd with SIGKILL at random
 * moments while events are sent, starts it again each time, lets it drain and compares what the web
 * API tells with what was acknowledged.
 */
export async function runKills(plan: KillPlan): Promise<KillReport> {
  const startedAt = performance.now()
  const state = mkdtempSync(path.join(tmpdir(), 'picket-kill-'))
  const port = await freePort()
  const random = seededRandom(plan.seed)
  let product = await startProduct(state, port)
  const killedAt: number[] = []
  const kill = async (answered: number): Promise<void> => {
    await sleep(random() * KILL_JITTER_MS)
    killedAt.push(answered)
    await product.kill()
    product = await startProduct(state, port)
  }
  try {
    const moments = killMoments(plan, random)
    let killing = Promise.resolve()
    const sent = await sendThroughKills(product.seeded, plan, random, (answered) => {
      if (answered >= (moments[0] ?? Number.POSITIVE_INFINITY)) {
        moments.shift()
        killing = killing.then(() => kill(answered))
      }
    })
    await killing
    for (let i = 0; i < plan.killsWhileDraining; i += 1) await kill(plan.events)
    const observed = await observe(product, sent, plan)
    rmSync(state, { recursive: true, force: true })
    const seconds = (performance.now() - startedAt) / 1000
    return { plan, sent, killedAt, ...observed, seconds }
  } finally {
    await product.stop()
  }
}

/** Counts of answers at which a kill falls: at least 2 % of the events apart, in ascending order. */
function killMoments({ events, kills }: KillPlan, random: () => number): number[] {
  const span = events / kills
  return Array.from({ length: kills }, (_, index) =>
    Math.max(1, Math.floor(span * (index + 0.02 + 0.9 * random()))),
  )
}

async function observe(
  product: ProductProcess,
  sent: Sent,
  { concurrency, stormShare }: KillPlan,
): Promise<
  Pick<KillReport, 'stored' | 'rows' | 'issues' | 'duplicates' | 'drainSeconds' | 'failures'>
> {
  const client = new HttpClient(product.seeded.url, concurrency)
  const observer = new Observer(client, product.seeded)
  const drainStartedAt = performance.now()
  const isDrained = await observer.waitUntilDrained(DRAIN_MS_MAX)
  const drainSeconds = (performance.now() - drainStartedAt) / 1000
  const ids = [...sent.acknowledged, ...sent.unknown]
  const found = await observer.findEvents(ids, concurrency)
  const listed = await observer.listEvents()
  const issues = await observer.listIssues()
  const ledger = await observer.ledger()
  client.close()
  const failures = judge({
    acknowledged: sent.acknowledged,
    unknown: sent.unknown,
    found,
    listed,
    issues,
    ledger,
    isEveryEventListed: stormShare === 0,
  })
  if (!isDrained) failures.unshift(`not drained after ${DRAIN_MS_MAX / 1000} s`)
  return {
    stored: found.size,
    rows: listed.length,
    issues: issues.length,
    duplicates: ledger.duplicates,
    drainSeconds,
    failures,
  }
}
