import { formatNumber } from './budget.ts'
import type { Speed } from './speed/measure-speed.ts'
import type { ZipfBill } from './storm/zipf-bill.ts'

/** Speed in a few lines; figures of one machine, for information. */
export function formatSpeed(speed: Speed): string {
  const { cpuMsPerEvent, floorCpuMsPerEvent } = speed
  return `
  accepted          ${formatNumber(speed.acceptedPerSecond)} events/s at concurrency 8
  visible           ${formatNumber(speed.visiblePerSecond)} events/s end to end
  accept            p50 ${formatNumber(speed.acceptMsP50)} ms, p95 ${formatNumber(speed.acceptMsP95)} ms
  time to visible   ${formatNumber(speed.visibleMsP50)} ms for a lone event (median)
  CPU               ${formatNumber(cpuMsPerEvent)} ms an event, ${formatNumber(cpuMsPerEvent / floorCpuMsPerEvent)} times the floor of ${formatNumber(floorCpuMsPerEvent)} ms`
}

/** A bill by line, dearest first. */
export function formatBill(what: string, bill: ZipfBill): string {
  const { events, packs, rowsPerEvent, keptShare, lagSeconds, lines, dollars } = bill
  const width = Math.max(...lines.map(({ line }) => line.length))
  return `
  $${dollars.toFixed(2)} per million events of ${what}
  (${formatNumber(events)} events in ${packs} packs, ${formatNumber(rowsPerEvent)} rows an event, ${formatNumber(100 * keptShare)} % with a row of their own; sent at most ${formatNumber(lagSeconds)} s late)
${lines.map((line) => `    ${line.line.padEnd(width)}  $${line.dollars.toFixed(3)}`).join('\n')}
`
}
