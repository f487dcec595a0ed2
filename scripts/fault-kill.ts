import { parseArgs } from 'node:util'

import { type KillReport, runKills } from './fault/run-kills.ts'

/**
 * `npm run fault:kill [-- --events 3000 --kills 4 --seed 7]`: guarantee 1 of the plan of the house,
 * proved twice: with every event kept, and with most events in one issue, so that thinning sets in.
 */
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '3000' },
    kills: { type: 'string', default: '4' },
    concurrency: { type: 'string', default: '16' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})

const VARIANTS = [
  { name: 'every event kept', stormShare: 0 },
  { name: 'most in one issue, thinned', stormShare: 0.75 },
]

let isBroken = false
for (const [index, { name, stormShare }] of VARIANTS.entries()) {
  const report = await runKills({
    events: Number(values.events),
    kills: Number(values.kills),
    killsWhileDraining: 1,
    concurrency: Number(values.concurrency),
    seed: Number(values.seed) + index,
    stormShare,
  })
  console.log(describe(name, report))
  isBroken ||= report.failures.length > 0
}
process.exit(isBroken ? 1 : 0)

function describe(name: string, report: KillReport): string {
  const { plan, sent, killedAt, failures } = report
  const verdict = failures.length === 0 ? 'all promises kept' : failures.join('\n              ')
  return `
  ${name} (seed ${plan.seed})
  sent        ${plan.events} events at concurrency ${plan.concurrency}
  killed      ${killedAt.length} times, at ${killedAt.join(', ')} answers
  answered    ${sent.acknowledged.size} with 200, ${sent.unknown.size} unknown, ${sent.repeats} sent again
  unanswered  ${JSON.stringify(sent.failures)}
  stored      ${report.stored} events in ${report.rows} rows of ${report.issues} issues, ${report.duplicates} repeats named
  took        ${report.seconds.toFixed(1)} s, ${report.drainSeconds.toFixed(1)} s of it to drain
  verdict     ${verdict}`
}
