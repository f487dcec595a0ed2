import { spawnSync } from 'node:child_process'
import path from 'node:path'

import { buildDashboard } from './bundle.ts'
import { ensureChromium } from './chromium.ts'
import { ROOT } from './paths.ts'

/** `npm test [-- vitest arguments]`: everything, with what it needs installed and built first. */
if (!ensureChromium()) console.warn('No Chromium here: browser suites will skip.')
buildDashboard()
const vitest = path.join(ROOT, 'node_modules/vitest/vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  cwd: ROOT,
  stdio: 'inherit',
})
process.exit(status ?? 1)
