import { formatBytes, formatExact } from '~/ui/number-text.ts'
import { formatDuration } from '~/ui/time-text.ts'

/** A quantity of a category, in its unit. */
export function formatAmount(quantity: number, unit: string | undefined): string {
  if (unit === 'bytes') return formatBytes(quantity)
  return unit === 'milliseconds' ? formatDuration(quantity) : formatExact(quantity)
}
