const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const exact = new Intl.NumberFormat('en')

/** `1,204` up to four digits, `12.3K` above. */
export function formatCount(count: number): string {
  return Math.abs(count) < 10_000 ? exact.format(count) : compact.format(count)
}

export function formatExact(count: number): string {
  return exact.format(count)
}

const BYTE_UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB']

/** `6,870 bytes`, `8.6 GB`: steps of a thousand. */
export function formatBytes(bytes: number): string {
  const size = Math.max(0, Math.floor(Math.log10(Math.abs(bytes) || 1) / 3))
  const step = Math.min(size, BYTE_UNITS.length - 1)
  if (step <= 1 && Math.abs(bytes) < 10_000) return `${exact.format(bytes)} bytes`
  return `${(bytes / 1000 ** step).toFixed(1)} ${BYTE_UNITS[step]}`
}

/** `34%`, `<1%`: how large a part of `total` is. */
export function formatShare(part: number, total: number): string {
  const percent = total === 0 ? 0 : (part / total) * 100
  return part > 0 && percent < 1 ? '<1%' : `${Math.round(percent)}%`
}
