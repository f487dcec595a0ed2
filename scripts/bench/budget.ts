/** A budget of architecture §4 and what was counted. Broken when `actual` is above `max`. */
export interface Budget {
  what: string
  actual: number
  max: number
  unit: string
}

export function isBroken({ actual, max }: Budget): boolean {
  return !(actual <= max)
}

/** One line per budget: verdict, figure, limit. */
export function formatBudgets(budgets: Budget[]): string {
  const width = Math.max(...budgets.map(({ what }) => what.length))
  return budgets
    .map((budget) => {
      const { what, actual, max, unit } = budget
      const verdict = isBroken(budget) ? 'BROKEN' : 'kept  '
      return `  ${verdict}  ${what.padEnd(width)}  ${formatNumber(actual)} of ${formatNumber(max)} ${unit}`
    })
    .join('\n')
}

export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 })
}
