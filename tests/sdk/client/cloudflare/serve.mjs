import path from 'node:path'

import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { build } from 'vite'

/** Bundles the Worker as a deploy would, and serves it on workerd at `PORT`. */
const root = import.meta.dirname
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    lib: { entry: 'worker.mjs', formats: ['es'], fileName: 'worker' },
    minify: false,
    rolldownOptions: { external: [/^node:/, /^cloudflare:/] },
  },
})
const worker = new Miniflare(
  convertV4MiniflareOptions({
    port: Number(process.env.PORT),
    host: 'localhost',
    modules: true,
    scriptPath: path.join(root, 'dist/worker.js'),
    compatibilityDate: '2026-01-01',
    compatibilityFlags: ['nodejs_compat'],
    bindings: { SENTRY_DSN: process.env.SENTRY_DSN },
  }),
)
await worker.ready
process.once('SIGTERM', async () => {
  await worker.dispose()
  process.exit(0)
})
