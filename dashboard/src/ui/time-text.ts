const UNITS: [size: number, name: string][] = [
  [365 * 86_400, 'y'],
  [7 * 86_400, 'w'],
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'm'],
]

/** How long ago `at` was, in one unit: `now`, `42m ago`, `3d ago`. Both Unix ms. */
export function formatAgo(at: number, now: number): string {
  const seconds = Math.round((now - at) / 1000)
  if (seconds < 45) return 'now'
  for (const [size, name] of UNITS) {
    if (seconds >= size) return `${Math.floor(seconds / size)}${name} ago`
  }
  return '1m ago'
}

/** How long something took or has lasted: `42s`, `12m`, `3h`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  for (const [size, name] of UNITS) {
    if (seconds >= size) return `${Math.floor(seconds / size)}${name}`
  }
  return `${seconds}s`
}

/** `2026-11-24 14:50:31 UTC`. */
export function formatUtc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

/** `11-24 14:50`: month, day and minute, for narrow columns. */
export function formatUtcShort(at: number): string {
  return formatUtc(at).slice(5, 16)
}

/** The reader's own clock, with its zone. */
export function formatLocal(at: number): string {
  return new Date(at).toLocaleString(undefined, {
    dateStyle: 'medium',
    timeStyle: 'long',
  })
}

/** What a `Date` can hold on either side of 1970 (ECMA-262, time values). */
const TIME_MS_MAX = 8.64e15

/** Reads an ISO date or Unix seconds into Unix ms; undefined when it is no moment at all. */
export function parseTime(value: unknown): number | undefined {
  const at = typeof value === 'number' ? value * 1000 : Date.parse(String(value))
  return Math.abs(at) <= TIME_MS_MAX ? at : undefined
}
