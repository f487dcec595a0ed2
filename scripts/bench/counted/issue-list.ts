import type { Budget } from '../budget.ts'
import { rowsRead } from '../price.ts'
import type { CountedPicket, Counts } from './run-counted.ts'

const ISSUES = 1_000_000
const PAGE = 25

/**
 * One page of the issue list in a project of a million issues: the first, and one far down the list.
 * Sparklines are left out of the budget and told beside it: they read every event row that the
 * listed issues have in the last 24 hours.
 */
export async function countIssueList(
  picket: CountedPicket,
): Promise<{ budgets: Budget[]; withSparklines: Counts }> {
  await seedIssues(picket)
  const { organization, project, token } = picket.seeded
  const headers = { authorization: `Bearer ${token}` }
  const list = `/api/0/projects/${organization}/${project}/issues/?limit=${PAGE}`
  const path = `${list}&groupStatsPeriod=`
  const read = async (address: string): Promise<Counts> =>
    picket.measure(async () => {
      const { status, body } = await picket.client.get(address, headers)
      const rows: unknown = status === 200 ? JSON.parse(body) : null
      if (!Array.isArray(rows) || rows.length !== PAGE) {
        throw new Error(`${address} was answered ${status} ${body.slice(0, 200)}`)
      }
    })
  const first = await read(path)
  const middle = await read(`${path}&cursor=${ISSUES / 2}:0:0`)
  const budget = (what: string, counts: Counts): Budget => ({
    what: `rows read by ${what} of ${PAGE} at ${ISSUES.toLocaleString('en-US')} issues`,
    actual: rowsRead(counts),
    max: 5 * PAGE,
    unit: 'rows',
  })
  return {
    withSparklines: await read(list),
    budgets: [budget('the first page', first), budget('a later page', middle)],
  }
}

/** Issues without events, last seen one millisecond after the other. */
async function seedIssues({ database, seeded }: CountedPicket): Promise<void> {
  await database
    .prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
       INSERT INTO issue(id, project_id, short_number, title, culprit, level, type, platform,
         metadata, is_unhandled, first_seen_at, last_seen_at)
       SELECT i, ?2, 1000000 + i, 'Error ' || i, 'shop', 'error', 'error', 'python', '{}', 0, i, i
       FROM n`,
    )
    .bind(ISSUES, Number(seeded.projectId))
    .run()
}
