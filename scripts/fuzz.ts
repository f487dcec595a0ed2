import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { startProduct } from './fault/product-process.ts'
import { freePort } from './free-port.ts'
import { runFuzz } from './fuzz/run-fuzz.ts'

/**
 * `npm run fuzz [-- --envelopes 100000 --concurrency 16 --seed 7]`: recorded envelopes of real SDKs, broken
 * in every way we know, sent to the product. No answer may be a 5xx, and the ledger must balance.
 */
const { values } = parseArgs({
  options: {
    envelopes: { type: 'string', default: '100000' },
    concurrency: { type: 'string', default: '16' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})

const state = mkdtempSync(path.join(tmpdir(), 'picket-fuzz-'))
const product = await startProduct(state, await freePort())
try {
  const plan = {
    envelopes: Number(values.envelopes),
    concurrency: Number(values.concurrency),
    seed: Number(values.seed),
  }
  const report = await runFuzz(product.seeded, plan)
  const isKept = report.failures.length === 0 && report.difference === 0
  console.log(`
  seed        ${plan.seed}
  sent        ${plan.envelopes} envelopes in ${report.seconds.toFixed(0)} s
  answered    ${JSON.stringify(report.statuses)}
  ledger      ${report.received} received, ${report.accepted} accepted, difference ${report.difference}
  verdict     ${isKept ? 'no 5xx, and the ledger balances' : JSON.stringify(report.failures, null, 2)}`)
  process.exitCode = isKept ? 0 : 1
} finally {
  await product.stop()
  rmSync(state, { recursive: true, force: true })
}
