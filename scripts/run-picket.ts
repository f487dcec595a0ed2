import path from 'node:path'

import type { Miniflare } from 'miniflare'

import { buildDashboard, bundleWorker } from './bundle.ts'
import { makeMiniflare } from './make-miniflare.ts'
import { migrateDatabase } from './migrate.ts'
import { PORT, ROOT, STATE } from './paths.ts'
import { readSecret } from './secret.ts'
import { announce, type Seeded, seedDatabase } from './seed.ts'

/** Runs the product on this machine, with storage in PICKET_STATE, and seeds it on its first run. */
export async function runPicket(): Promise<{ miniflare: Miniflare; seeded: Seeded; url: string }> {
  buildDashboard()
  const scriptPath = bundleWorker(path.join(STATE, 'bundle'))
  const secret = readSecret(STATE)
  const miniflare = makeMiniflare({ scriptPath, secret, port: PORT, state: STATE })
  await miniflare.ready
  const database = await miniflare.getD1Database('DB')
  await migrateDatabase(database, path.join(ROOT, 'migrations'))
  const url = `http://localhost:${PORT}`
  const seeded = await seedDatabase(database, { url, state: STATE })
  announce(seeded)
  // Alarms live in workerd's memory: what a killed run left behind is woken by the watchdog, which
  // at midnight (as it is at time 0) looks at every project.
  const worker = await miniflare.getWorker()
  await worker.scheduled({ cron: '*/15 * * * *', scheduledTime: new Date(0) })
  return { miniflare, seeded, url }
}
