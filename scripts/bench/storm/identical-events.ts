import type { Budget } from '../budget.ts'
import { type Counts, runCounted } from '../counted/run-counted.ts'
import { rowsWritten } from '../price.ts'
import { sendPaced, Traffic } from '../traffic.ts'

/** What one gate is good for (spec/platform.md §1.2). */
const PER_SECOND = 1_000
/** A short stack: what a failing loop throws. */
const EVENT_BYTES = 1_500
const HOUR_MS = 3_600_000

/**
 * The same error again and again in one project, 1,000 times a second. A small machine does not
 * take that many, so the product's clock runs at `speed` (below 1) and the storm with it
 * (counted/scaled-clock.ts): groups and packs come out as at the true rate.
 */
export async function countStorm(
  events: number,
  speed: number,
): Promise<{ budgets: Budget[]; counts: Counts; lagSeconds: number }> {
  const picket = await runCounted({ connections: 512 })
  try {
    await picket.startClock(speed, Math.floor(Date.now() / HOUR_MS) * HOUR_MS)
    const traffic = new Traffic(picket.seeded, { bytes: EVENT_BYTES })
    let lagMs = 0
    const counts = await picket.measure(async () => {
      const pace = { count: events, perSecond: PER_SECOND * speed }
      lagMs = await sendPaced(picket.client, pace, () => traffic.nextIdentical())
    })
    const counted = await picket.countEvents()
    const name = `${events.toLocaleString('en-US')} identical events`
    return {
      counts,
      lagSeconds: (lagMs * speed) / 1000,
      budgets: [
        {
          what: `miscounted of ${name}`,
          actual: Math.abs(counted - events),
          max: 0,
          unit: 'events',
        },
        {
          what: `rows written by ${name}`,
          actual: rowsWritten(counts),
          max: 0.02 * events,
          unit: 'rows',
        },
        {
          what: `events with a row of their own, of ${name}`,
          actual: counts['rows.store.INSERT INTO event'] ?? Number.NaN,
          max: 2_000,
          unit: 'rows',
        },
      ],
    }
  } finally {
    await picket.dispose()
  }
}
