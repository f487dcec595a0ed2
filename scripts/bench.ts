import { parseArgs } from 'node:util'

import { formatBudgets, isBroken } from './bench/budget.ts'
import { countBudgets } from './bench/counted/count-budgets.ts'
import { buildDashboard } from './bundle.ts'

const { values } = parseArgs({
  options: {
    counted: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})

buildDashboard()
const budgets = await countBudgets((what, counts) => {
  if (values.verbose) console.log(what, counts)
})
console.log(formatBudgets(budgets))
process.exit(budgets.some(isBroken) ? 1 : 0)
