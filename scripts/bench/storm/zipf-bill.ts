import type { Budget } from '../budget.ts'
import { type Counts, runCounted } from '../counted/run-counted.ts'
import { billPerMillion, rowsWritten } from '../price.ts'
import { workerdCpuMs } from '../process-cpu.ts'
import { zipf } from '../random.ts'
import { sendPaced, Traffic } from '../traffic.ts'

/** The mix of architecture §4: one project, 50 events a second of 8 KB, Zipf over 200 issues. */
const PER_SECOND = 50
const ISSUES = 200
const HOUR_MS = 3_600_000

export interface ZipfBill {
  events: number
  packs: number
  /** How far behind the schedule the sender fell at worst, in seconds of the scaled clock. */
  lagSeconds: number
  rowsPerEvent: number
  /** Events that have a row of their own. */
  keptShare: number
  lines: { line: string; dollars: number }[]
  dollars: number
  counts: Counts
}

/**
 * What an hour (or `minutes` from its beginning) of the mix costs. The clock runs `speed` times as
 * fast and so do the arrivals (counted/scaled-clock.ts), so packs, flushes and thinning come out as
 * at the true rate. Thinning counts by the hour: less than one is dearer per event than the whole.
 */
export async function billZipf({
  speed,
  minutes,
  keepEveryEvent = false,
}: {
  speed: number
  minutes: number
  keepEveryEvent?: boolean
}): Promise<ZipfBill> {
  const picket = await runCounted({ connections: 256, keepEveryEvent })
  try {
    const at = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
    await picket.startClock(speed, at)
    const traffic = new Traffic(picket.seeded)
    const pick = zipf(ISSUES, traffic.random)
    const events = minutes * 60 * PER_SECOND
    let lagMs = 0
    const cpuBefore = workerdCpuMs(process.pid)
    const counts = await picket.measure(async () => {
      const pace = { count: events, perSecond: PER_SECOND * speed }
      lagMs = await sendPaced(picket.client, pace, () => traffic.next(pick()))
    })
    const cpuMsPerEvent = (workerdCpuMs(process.pid) - cpuBefore) / events
    const counted = await picket.countEvents()
    if (counted !== events) throw new Error(`${counted} events were counted of ${events}`)
    const lines = billPerMillion({
      counts,
      events,
      seconds: events / PER_SECOND,
      cpuMsPerEvent,
      objectBytes: await picket.objectBytes(),
    })
    return {
      events,
      packs: counts['queue.sent'] ?? 0,
      lagSeconds: (lagMs * speed) / 1000,
      rowsPerEvent: rowsWritten(counts) / events,
      keptShare: (counts['rows.store.INSERT INTO event'] ?? 0) / events,
      lines,
      dollars: lines.reduce((sum, { dollars }) => sum + dollars, 0),
      counts,
    }
  } finally {
    await picket.dispose()
  }
}

/** The two bills that architecture §4 promises. */
export function billBudgets(thinned: ZipfBill, kept: ZipfBill): Budget[] {
  const budget = (what: string, { dollars }: ZipfBill, max: number): Budget => ({
    what: `bill per million events of the mix, ${what}`,
    actual: dollars,
    max,
    unit: 'dollars',
  })
  return [budget('thinned', thinned, 1.2), budget('every event stored', kept, 4)]
}
