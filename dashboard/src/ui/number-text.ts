const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const exact = new Intl.NumberFormat('en')

/** `1,204` up to four digits, `12.3K` above. */
export function formatCount(count: number): string {
  return Math.abs(count) < 10_000 ? exact.format(count) : compact.format(count)
}

export function formatExact(count: number): string {
  return exact.format(count)
}
