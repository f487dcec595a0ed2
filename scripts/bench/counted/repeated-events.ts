import type { Budget } from '../budget.ts'
import { rowsWritten } from '../price.ts'
import { sendPaced, type Traffic } from '../traffic.ts'
import type { CountedPicket, Counts } from './run-counted.ts'

/** Packs close after 2 s: 25 events a second are 50 a pack. */
const PER_SECOND = 25
const PACK = 50
/**
 * The first ships alone, for it comes after a silence; then three packs. Below the thinning
 * threshold of 200, so that every event is kept.
 */
const EVENTS = 1 + 3 * PACK

/**
 * Events of issues that exist, at 50 a pack, to the last row that follows from them: flushes,
 * confirmations and alarms included.
 */
export async function countRepeatedEvents(
  picket: CountedPicket,
  traffic: Traffic,
  issues: number,
): Promise<{ budgets: Budget[]; counts: Counts }> {
  for (let issue = 0; issue < issues; issue += 1) {
    await sendPaced(picket.client, { count: 1, perSecond: 1 }, () => traffic.next(issue))
  }
  const counts = await picket.measure(async () => {
    const pace = { count: EVENTS, perSecond: PER_SECOND }
    await sendPaced(picket.client, pace, (index) => traffic.next(index % issues))
  })
  const packs = counts['queue.sent'] ?? 0
  const mean = Math.round((EVENTS - 1) / (packs - 1))
  const name = issues === 1 ? 'one issue' : `${issues} issues`
  return {
    counts,
    budgets: [
      {
        what: `rows written per repeated event of ${name}, ${mean} a pack`,
        actual: rowsWritten(counts) / EVENTS,
        max: 3,
        unit: 'rows',
      },
      {
        what: `object calls per accepted request, ${name}`,
        actual: (counts['gate.calls'] ?? 0) / EVENTS,
        max: 1,
        unit: 'calls',
      },
      {
        what: `R2 class A operations per pack, ${name}`,
        actual: (counts['r2.classA'] ?? 0) / packs,
        max: 2,
        unit: 'operations',
      },
      {
        what: `queue messages per pack, ${name}`,
        actual: packs / (counts['rows.store.INSERT INTO pack'] ?? 0),
        max: 1,
        unit: 'messages',
      },
    ],
  }
}
