import { compileScrubbing } from './compile-scrubbing.ts'
import { ELEMENT_SHAPES, type ElementKind } from './element-shape.ts'
import { emptyNotes } from './notes.ts'
import { Scrubber } from './scrubber.ts'
import type { Scrubbing } from './scrubbing.ts'
import { DATA, type Shape } from './shape.ts'

/** Any JSON without its secrets, such as the fields of a form. It is not changed itself. */
export function scrubData(
  data: Record<string, unknown>,
  scrubbing: Scrubbing,
): Record<string, unknown> {
  return scrubAs(DATA, data, scrubbing)
}

/** A log, a metric or a span without its secrets. It is not changed itself. */
export function scrubElement(
  kind: ElementKind,
  element: Record<string, unknown>,
  scrubbing: Scrubbing,
): Record<string, unknown> {
  return scrubAs(ELEMENT_SHAPES[kind], element, scrubbing)
}

function scrubAs(shape: Shape, data: Record<string, unknown>, scrubbing: Scrubbing) {
  const rules = compileScrubbing(scrubbing)
  if (rules.isIdle) return data
  const scrubbed = new Scrubber(rules, shape, emptyNotes(), null).members(data, undefined)
  return scrubbed as Record<string, unknown>
}
