import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import type { D1Database } from '@cloudflare/workers-types'

import { bundleWorker } from '../../bundle.ts'
import { makeMiniflare } from '../../make-miniflare.ts'
import { migrateDatabase } from '../../migrate.ts'
import { ROOT } from '../../paths.ts'
import { readSecret } from '../../secret.ts'
import { type Seeded, seedDatabase } from '../../seed.ts'
import { HttpClient } from '../http-client.ts'

/** How much was counted between two moments, by name (count-operations.ts). */
export type Counts = Record<string, number>

/** Nothing counted for this long means that the product has nothing left to do. Unix ms of its clock. */
const STILL_MS = 6_000
const SETTLE_MS_MAX = 180_000

/** The product with counters, in a state of its own that goes with it. */
export class CountedPicket {
  readonly seeded: Seeded
  readonly client: HttpClient
  readonly database: D1Database
  /** The deployment's, for making keys. */
  readonly secret: string
  readonly #dispose: () => Promise<void>
  #speed = 1

  constructor(parts: {
    seeded: Seeded
    client: HttpClient
    database: D1Database
    secret: string
    dispose: () => Promise<void>
  }) {
    this.seeded = parts.seeded
    this.client = parts.client
    this.database = parts.database
    this.secret = parts.secret
    this.#dispose = parts.dispose
  }

  async readCounts(): Promise<Counts> {
    return JSON.parse((await this.client.get('/api/bench/counts')).body) as Counts
  }

  /** Lets time run `speed` times as fast from `at` on (scaled-clock.ts). */
  async startClock(speed: number, at: number): Promise<void> {
    this.#speed = speed
    await this.client.get(`/api/bench/clock?speed=${speed}&at=${at}`)
  }

  /** Waits until no operation has been counted for a while; answers the counters then. */
  async settle(): Promise<Counts> {
    const deadline = Date.now() + SETTLE_MS_MAX / Math.min(1, this.#speed)
    let counts = await this.readCounts()
    let stillSince = Date.now()
    while (Date.now() < deadline) {
      await sleep(100)
      const now = await this.readCounts()
      if (JSON.stringify(now) !== JSON.stringify(counts)) {
        counts = now
        stillSince = Date.now()
      }
      if (Date.now() - stillSince > STILL_MS / this.#speed) return counts
    }
    throw new Error(`the product did not come to rest within ${SETTLE_MS_MAX / 1000} s`)
  }

  /** What `work` made the product do, to the end of everything that followed from it. */
  async measure(work: () => Promise<void>): Promise<Counts> {
    const before = await this.settle()
    await work()
    return difference(await this.settle(), before)
  }

  /** Events that the issues have counted, all together. */
  async countEvents(): Promise<number> {
    const row = await this.database
      .prepare('SELECT sum(count) AS events FROM issue')
      .first<{ events: number }>()
    return row?.events ?? 0
  }

  /** Bytes that rest in the project's objects, gate and months together. */
  async objectBytes(): Promise<number> {
    const counts = await this.readCounts()
    return (counts['gate.bytesAtRest'] ?? 0) + (counts['store.bytesAtRest'] ?? 0)
  }

  async dispose(): Promise<void> {
    this.client.close()
    await this.#dispose()
  }
}

/** Starts it. `keepEveryEvent` switches thinning off, to see what that costs. */
export async function runCounted({
  connections,
  keepEveryEvent = false,
}: {
  connections: number
  keepEveryEvent?: boolean
}): Promise<CountedPicket> {
  const state = mkdtempSync(path.join(tmpdir(), 'picket-bench-'))
  const bundle = bundleWorker(
    path.join(state, 'bundle'),
    'scripts/bench/counted/counting-worker.ts',
  )
  if (keepEveryEvent) switchThinningOff(bundle)
  const secret = readSecret(state)
  const miniflare = makeMiniflare({ scriptPath: bundle, secret, port: 0, state })
  const dispose = async (): Promise<void> => {
    await miniflare.dispose()
    rmSync(state, { recursive: true, force: true })
  }
  try {
    const url = (await miniflare.ready).origin
    const database = await miniflare.getD1Database('DB')
    await migrateDatabase(database, path.join(ROOT, 'migrations'))
    const seeded = await seedDatabase(database, { url, state })
    const client = new HttpClient(url, connections)
    const picket = new CountedPicket({ seeded, client, database, secret, dispose })
    await checkCalibration(picket)
    return picket
  } catch (error) {
    await dispose()
    throw error
  }
}

/** Known statements must count as spec/platform.md §2.2 says, or no figure below means anything. */
async function checkCalibration({ client }: CountedPicket): Promise<void> {
  const { body } = await client.get('/api/bench/calibration')
  const expected = { d1Written: 5, d1Read: 3, store: 7 }
  if (body !== JSON.stringify(expected)) {
    throw new Error(`the counters are off: ${body}, must be ${JSON.stringify(expected)}`)
  }
}

/** The one constant that decides it, changed in the bundle: no switch in the product is needed. */
function switchThinningOff(bundle: string): void {
  const script = readFileSync(bundle, 'utf8')
  const changed = script.replace(/\bTHRESHOLD = 200;/, 'THRESHOLD = 1e9;')
  if (changed === script) throw new Error('THRESHOLD is not where it was: thinning would stay on')
  writeFileSync(bundle, changed)
}

function difference(after: Counts, before: Counts): Counts {
  return Object.fromEntries(
    Object.entries(after)
      .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
      .filter(([, count]) => count !== 0),
  )
}
