import type { Budget } from '../budget.ts'
import { type Counts, runCounted } from '../counted/run-counted.ts'
import { inParallel } from '../http-client.ts'
import { rowsWritten } from '../price.ts'
import { sendAccepted, Traffic } from '../traffic.ts'

const EVENTS = 100_000
/** A storm comes from many machines at once; each waits for its answer. */
const SENDERS = 200
/** A short stack: what a failing loop throws. */
const EVENT_BYTES = 1_500

/** The same error again and again in one project, as fast as it is taken. */
export async function countStorm(): Promise<{
  budgets: Budget[]
  counts: Counts
  perSecond: number
}> {
  const picket = await runCounted({ connections: SENDERS })
  try {
    const traffic = new Traffic(picket.seeded, { bytes: EVENT_BYTES })
    let seconds = 0
    const counts = await picket.measure(async () => {
      const startedAt = performance.now()
      await inParallel(EVENTS, SENDERS, () => sendAccepted(picket.client, traffic.nextIdentical()))
      seconds = (performance.now() - startedAt) / 1000
    })
    const counted = await picket.countEvents()
    return {
      counts,
      perSecond: EVENTS / seconds,
      budgets: [
        { what: 'events miscounted', actual: Math.abs(counted - EVENTS), max: 0, unit: 'events' },
        {
          what: `event rows after ${EVENTS.toLocaleString('en-US')} identical events`,
          actual: counts['rows.store.INSERT INTO event'] ?? Number.NaN,
          max: 2_000,
          unit: 'rows',
        },
        {
          what: `rows written by ${EVENTS.toLocaleString('en-US')} identical events, all in all`,
          actual: rowsWritten(counts),
          max: 2_000,
          unit: 'rows',
        },
      ],
    }
  } finally {
    await picket.dispose()
  }
}
