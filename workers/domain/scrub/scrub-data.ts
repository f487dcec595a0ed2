import { compileScrubbing } from './compile-scrubbing.ts'
import { emptyNotes } from './notes.ts'
import { Scrubber } from './scrubber.ts'
import type { Scrubbing } from './scrubbing.ts'
import { DATA } from './shape.ts'

/** Any JSON without its secrets: spans, logs and metrics, fields of a form. It is not changed itself. */
export function scrubData(
  data: Record<string, unknown>,
  scrubbing: Scrubbing,
): Record<string, unknown> {
  const rules = compileScrubbing(scrubbing)
  if (rules.isIdle) return data
  const scrubbed = new Scrubber(rules, DATA, emptyNotes(), null).members(data, undefined)
  return scrubbed as Record<string, unknown>
}
