import { readFileSync } from 'node:fs'
import path from 'node:path'

import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { unstable_getMiniflareWorkerOptions } from 'wrangler'

import { ROOT } from './paths.ts'

/**
 * A bundle of the product with the bindings of wrangler.toml, served by workerd. Not `wrangler dev`:
 * its proxy and tracing cost four times the CPU per request (spec/platform.md §5.3), and a laptop
 * should feel like the product. `state` is the folder that keeps its data.
 */
export function makeMiniflare({
  scriptPath,
  secret,
  port,
  state,
}: {
  scriptPath: string
  secret: string
  /** 0 for any free one. */
  port: number
  state: string
}): Miniflare {
  const { workerOptions } = unstable_getMiniflareWorkerOptions(path.join(ROOT, 'wrangler.toml'))
  const { bindings, ...options } = workerOptions as Record<string, object> & { bindings: object }
  const modules = [
    { type: 'ESModule', path: 'main.js', contents: readFileSync(scriptPath, 'utf8') },
  ]
  return new Miniflare(
    convertV4MiniflareOptions({
      host: '0.0.0.0',
      port,
      liveReload: false,
      resourcePersistencePath: path.join(state, 'data'),
      workers: [
        { ...options, name: 'picket', modules, bindings: { ...bindings, PICKET_SECRET: secret } },
      ],
    } as Parameters<typeof convertV4MiniflareOptions>[0]),
  )
}
