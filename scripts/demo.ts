import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { makeChance } from './demo/chance.ts'
import { runCheckout } from './demo/checkout-service.ts'
import { runInventory } from './demo/inventory.ts'
import { runShopWeb } from './demo/shop-web.ts'
import { STATE } from './paths.ts'
import type { Seeded } from './seed.ts'

/**
 * Fills the running product with what three apps of a shop would send in an hour: a checkout
 * service through the real @sentry/node, a Django site and a React front end as the envelopes their
 * SDKs make. A few issues get most of the events, as in life.
 */
const seeded = await findRun()
if (!seeded) {
  console.error('Picket is not running here. Start it with `npm start`, then try again.')
  process.exit(1)
}

const { dsn, url, organization, project, email, password } = seeded
const chance = makeChance(Date.now())
const counts = await Promise.all([
  runCheckout(dsn, 80, chance),
  runShopWeb(dsn, 80, chance),
  runInventory(dsn, 60, chance),
])
const sum = counts.reduce((total, count) => total + count, 0)

console.log(`
  ${sum} events were sent by three apps of a made-up shop.

  Issues   ${url}/${organization}/${project}
  Ledger   ${url}/${organization}/${project}/ledger
           sign in as ${email} / ${password}
`)

/** The run of this state folder, else the one that was announced in it, if it answers. */
async function findRun(): Promise<Seeded | null> {
  for (const name of ['seed.json', 'dev.json']) {
    const file = path.join(STATE, name)
    if (!existsSync(file)) continue
    const run = JSON.parse(readFileSync(file, 'utf8')) as Seeded
    const answer = await fetch(`${run.url}/api/relay/healthcheck/ready/`).catch(() => null)
    if (answer?.ok) return run
  }
  return null
}
