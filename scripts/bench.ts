import { parseArgs } from 'node:util'

import { type Budget, formatBudgets, isBroken } from './bench/budget.ts'
import { countBudgets } from './bench/counted/count-budgets.ts'
import { formatBill, formatSpeed } from './bench/report.ts'
import { measureSpeed } from './bench/speed/measure-speed.ts'
import { formatStage, measureStage } from './bench/stage/measure-stage.ts'
import { countStorm } from './bench/storm/identical-events.ts'
import { billBudgets, billZipf } from './bench/storm/zipf-bill.ts'
import { buildDashboard } from './bundle.ts'

/**
 * Budgets of the plan of the house §4, counted in the product's own bundle as the platform bills
 * them (bench/counted/count-operations.ts). Ends with 1 when one is broken.
 *
 *     npm run bench                 counted budgets; then, for information, speed and a bill
 *     npm run bench -- --counted    counted budgets only: what CI runs
 *     npm run bench -- --storm      100,000 identical events, and the bills of an hour of the mix
 *
 * `--verbose` tells every counter. `--speed` and `--minutes` shorten the hour (storm/zipf-bill.ts).
 */
const { values } = parseArgs({
  options: {
    counted: { type: 'boolean', default: false },
    storm: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    speed: { type: 'string', default: '4' },
    minutes: { type: 'string', default: '60' },
  },
})
/** What a small machine takes, as a share of the storm's 1,000 events a second. */
const STORM_SPEED = 0.2
const STORM_EVENTS = 100_000

buildDashboard()
const budgets = values.storm ? await runStorm() : await runCounted()
if (!values.storm && !values.counted) {
  console.log(formatSpeed(await measureSpeed()))
  console.log(formatStage(measureStage()))
  console.log(formatBill('the first minutes of the mix', await billZipf({ speed: 4, minutes: 4 })))
}
process.exit(budgets.some(isBroken) ? 1 : 0)

async function runCounted(): Promise<Budget[]> {
  const counted = await countBudgets(tell)
  console.log(formatBudgets(counted))
  return counted
}

async function runStorm(): Promise<Budget[]> {
  const storm = await countStorm(STORM_EVENTS, STORM_SPEED)
  tell('the storm', storm.counts)
  const pace = { speed: Number(values.speed), minutes: Number(values.minutes) }
  const thinned = await billZipf(pace)
  tell('the mix', thinned.counts)
  console.log(formatBill('the mix', thinned))
  const kept = await billZipf({ ...pace, keepEveryEvent: true })
  tell('the mix, every event stored', kept.counts)
  console.log(formatBill('the mix, every event stored', kept))
  const all = [...storm.budgets, ...billBudgets(thinned, kept)]
  console.log(formatBudgets(all))
  return all
}

function tell(what: string, counts: Record<string, number>): void {
  if (values.verbose) console.log(what, counts)
}
