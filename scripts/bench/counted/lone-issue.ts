import type { Budget } from '../budget.ts'
import { rowsWritten } from '../price.ts'
import { sendAccepted, type Traffic } from '../traffic.ts'
import type { CountedPicket, Counts } from './run-counted.ts'

/**
 * An event that makes a new issue, alone in its pack, in a project that has been silent so long that
 * its objects sleep: they wake for it, and the rows that costs are counted too.
 */
export async function countLoneIssue(
  picket: CountedPicket,
  traffic: Traffic,
  issue: number,
): Promise<{ budgets: Budget[]; counts: Counts }> {
  const counts = await picket.measure(() => sendAccepted(picket.client, traffic.next(issue)))
  if (counts['rows.d1.INSERT INTO issue'] === undefined) throw new Error('no issue was made')
  return {
    counts,
    budgets: [
      {
        what: 'rows written for a new issue alone in its pack',
        actual: rowsWritten(counts),
        max: 20,
        unit: 'rows',
      },
    ],
  }
}
