import type { Pair } from './event.ts'

/** The first header of this name, whatever its case; null when there is none. */
export function findHeader(headers: Pair[] | null | undefined, name: string): string | null {
  const wanted = name.toLowerCase()
  return headers?.find((header) => header?.[0]?.toLowerCase() === wanted)?.[1] ?? null
}
