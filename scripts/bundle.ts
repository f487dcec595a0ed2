import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

import { ROOT } from './paths.ts'

/** Runs a binary of node_modules with this Node; stops the script when it fails. */
function run(bin: string, args: string[]): void {
  const file = path.join(ROOT, 'node_modules', bin)
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    // What is served is what users get, also when a test started us: React's test build is 60 KB more.
    env: { ...process.env, NODE_ENV: 'production', WRANGLER_SEND_METRICS: 'false' },
  })
  if (status === 0) return
  process.stderr.write(`${stdout}\n${stderr}\n`)
  throw new Error(`${bin} ${args.join(' ')} failed`)
}

/** Builds the dashboard unless what stands in dist is newer than every source. */
export function buildDashboard(): void {
  const built = path.join(ROOT, 'dashboard/dist/index.html')
  const sources = ['dashboard/src', 'dashboard/index.html', 'workers/contract', 'package-lock.json']
  const newest = Math.max(...sources.map((source) => newestChange(path.join(ROOT, source))))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  run('vite/bin/vite.js', ['build', '--config', 'dashboard/vite.config.ts', '--logLevel', 'warn'])
}

/** Bundles the Worker (or another entry) as a deploy would, into `outdir`; answers the script's path. */
export function bundleWorker(outdir: string, entry = 'workers/main.ts'): string {
  run('wrangler/bin/wrangler.js', ['deploy', entry, '--dry-run', '--outdir', outdir])
  return path.join(outdir, `${path.basename(entry, '.ts')}.js`)
}

function newestChange(file: string): number {
  if (!existsSync(file)) return 0
  const stats = statSync(file)
  if (!stats.isDirectory()) return stats.mtimeMs
  return Math.max(0, ...readdirSync(file).map((name) => newestChange(path.join(file, name))))
}
