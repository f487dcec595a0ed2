import type { Budget } from '../budget.ts'
import { Traffic } from '../traffic.ts'
import { weighBundles } from './bundle-size.ts'
import { countIssueList } from './issue-list.ts'
import { countLoneIssue } from './lone-issue.ts'
import { countRefusedTraffic } from './refused-traffic.ts'
import { countRepeatedEvents } from './repeated-events.ts'
import { type Counts, runCounted } from './run-counted.ts'

/** Counts every budget of architecture §4 that a few minutes can show. `tell` hears of each count. */
export async function countBudgets(
  tell: (what: string, counts: Counts) => void,
): Promise<Budget[]> {
  const picket = await runCounted({ connections: 32 })
  try {
    const traffic = new Traffic(picket.seeded)
    const oneIssue = await countRepeatedEvents(picket, traffic, 1)
    tell('150 events of one issue', oneIssue.counts)
    const manyIssues = await countRepeatedEvents(picket, traffic, 20)
    tell('150 events of 20 issues', manyIssues.counts)
    const loneIssue = await countLoneIssue(picket, traffic, 21)
    tell('a new issue alone in its pack', loneIssue.counts)
    const refused = await countRefusedTraffic(picket)
    const issueList = await countIssueList(picket)
    tell('the first page of the issue list with its sparklines', issueList.withSparklines)
    return [
      ...oneIssue.budgets,
      ...manyIssues.budgets,
      ...loneIssue.budgets,
      ...refused,
      ...issueList.budgets,
      ...weighBundles(),
    ]
  } finally {
    await picket.dispose()
  }
}
