import { firstLines } from './characters.ts'
import { parameterize } from './parameterize.ts'

/** The first two lines that say something, marked with `...` when that is not all. */
export function trimMessage(text: string): string {
  const trimmed = firstLines(text, 2).join('\n')
  return trimmed === text ? text : `${trimmed}...`
}

/** A message as it is hashed: trimmed, without what differs each time (spec/grouping.md §9). */
export function normalizeMessage(text: string): string {
  return parameterize(trimMessage(text))
}
