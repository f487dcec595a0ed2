const RFC_3339 = /^\d{4}-\d\d-\d\d[t ]\d\d:\d\d:\d\d(?:\.\d{1,18})?(?:z|[+-]\d\d:?\d\d)$/i

/** Reads a date and time with a zone as Unix ms; null for anything else, numbers included. */
export function parseRfc3339(value: unknown): number | null {
  if (typeof value !== 'string' || !RFC_3339.test(value)) return null
  const at = Date.parse(value.replace(' ', 'T').toUpperCase())
  return Number.isNaN(at) ? null : at
}
