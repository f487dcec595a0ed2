import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

import { bundleWorker } from '../../bundle.ts'
import { measureFirstViews } from '../../first-view.ts'
import type { Budget } from '../budget.ts'

const WORKER_BYTES_MAX = 1024 * 1024
const FIRST_VIEW_BYTES_MAX = 150 * 1024

/** What a deploy uploads, and what a browser must load before a first page stands; gzip. */
export function weighBundles(): Budget[] {
  const outdir = mkdtempSync(path.join(tmpdir(), 'picket-size-'))
  bundleWorker(outdir)
  const modules = readdirSync(outdir).filter((name) => !/\.map$|^README/.test(name))
  const bytes = modules.map((name) => gzipSync(readFileSync(path.join(outdir, name))).length)
  rmSync(outdir, { recursive: true })
  return [
    {
      what: 'Worker script, gzip',
      actual: bytes.reduce((sum, size) => sum + size, 0),
      max: WORKER_BYTES_MAX,
      unit: 'bytes',
    },
    ...measureFirstViews().map(({ page, gzipBytes }) => ({
      what: `dashboard JavaScript before the ${page} stands, gzip`,
      actual: gzipBytes,
      max: FIRST_VIEW_BYTES_MAX,
      unit: 'bytes',
    })),
  ]
}
