import { readFileSync } from 'node:fs'
import path from 'node:path'

import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'

import { buildDashboard, bundleWorker } from './bundle.ts'
import { migrateDatabase } from './migrate.ts'
import { PORT, ROOT, STATE } from './paths.ts'
import { readSecret } from './secret.ts'
import { type Seeded, seedDatabase } from './seed.ts'

/**
 * Runs the product on this machine: the same bundle and the same wrangler.toml as a deploy, served
 * by workerd with storage in PICKET_STATE. Not `wrangler dev`: its proxy and tracing cost four times
 * the CPU per request (spec/platform.md §5.3), and a laptop should feel like the product.
 */
export async function runPicket(): Promise<{ miniflare: Miniflare; seeded: Seeded; url: string }> {
  buildDashboard()
  const scriptPath = bundleWorker(path.join(STATE, 'bundle'))
  const { workerOptions } = unstable_getMiniflareWorkerOptions(path.join(ROOT, 'wrangler.toml'))
  const { assets, ...options } = workerOptions as Record<string, object> & { bindings: object }
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      host: '0.0.0.0',
      port: PORT,
      liveReload: false,
      d1Persist: path.join(STATE, 'd1'),
      r2Persist: path.join(STATE, 'r2'),
      durableObjectsPersist: path.join(STATE, 'objects'),
      workers: [
        {
          ...options,
          name: 'picket',
          modules: [
            { type: 'ESModule', path: 'main.js', contents: readFileSync(scriptPath, 'utf8') },
          ],
          bindings: { ...options.bindings, PICKET_SECRET: readSecret(STATE) },
          assets,
        },
      ],
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  )
  await miniflare.ready
  const database = await miniflare.getD1Database('DB')
  await migrateDatabase(database, path.join(ROOT, 'migrations'))
  const url = `http://localhost:${PORT}`
  const seeded = await seedDatabase(database, { url, state: STATE })
  // Alarms live in workerd's memory: what a killed run left behind is woken by the watchdog, which
  // at midnight (as it is at time 0) looks at every project.
  const worker = await miniflare.getWorker()
  await worker.scheduled({ cron: '*/15 * * * *', scheduledTime: new Date(0) })
  return { miniflare, seeded, url }
}
