/** Dates end in `Z` everywhere: a client refuses `+00:00` (spec/web-api.md §0, trap 3). */
export function isoDate(at: number): string {
  return new Date(at).toISOString()
}

export function isoDateOrNull(at: number | null): string | null {
  return at === null ? null : isoDate(at)
}
