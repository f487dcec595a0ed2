/** Whatever an SDK sent, as text. Never throws, never `[object Object]`. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value === undefined || value === null) return ''
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

/** Nothing worth a line: absent, empty text, empty list, empty object. */
export function isBlank(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** Pairs of a record or of a `[[key, value], …]` list; anything else has none. */
export function asPairs(value: unknown): [key: string, value: unknown][] {
  if (Array.isArray(value)) {
    return value.flatMap((pair): [string, unknown][] =>
      Array.isArray(pair) ? [[asText(pair[0]), pair[1]]] : [],
    )
  }
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value)
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
