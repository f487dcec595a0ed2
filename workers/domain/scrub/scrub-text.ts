import { applyToText, isRemoval, type Removal } from './apply-rule.ts'
import { type CompiledScrubbing, compileScrubbing } from './compile-scrubbing.ts'
import type { MarkedText } from './marked-text.ts'
import { type Place, selects } from './match-selector.ts'
import type { Rule } from './rule.ts'
import type { Scrubbing } from './scrubbing.ts'
import type { Scope, Shape } from './shape.ts'
import { ROUNDS_MAX } from './text-rules.ts'

/** Where a text stands. */
export interface TextPlace {
  place: Place
  /** What the text is the value of; empty when of nothing. */
  key: string
  shape: Shape
  /** The rule that takes the text whole, if there is one. */
  whole: Rule | null
}

/** All rules on the text of an event, until nothing changes; the same object when none hits. */
export function scrubEventText(
  text: MarkedText,
  at: TextPlace,
  rules: CompiledScrubbing,
): MarkedText | Removal {
  let before = text
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const after = scrubOnce(before, at, rules)
    if (after === before || isRemoval(after)) return after
    before = after
  }
  return before
}

/** All rules in their order. */
function scrubOnce(
  text: MarkedText,
  at: TextPlace,
  rules: CompiledScrubbing,
): MarkedText | Removal {
  let current = text
  for (const { selector, rules: advanced } of rules.applications) {
    if (!selects(selector, at.place, at.shape.pii)) continue
    for (const rule of advanced) {
      const after = applyToText(rule, current, at.key)
      if (isRemoval(after)) return after
      current = after
    }
  }
  if (at.whole) return applyToText(at.whole, current, at.key)
  if (rules.isSafe?.(at.place)) return current
  const keyRule = rules.textKeyRule(at.key, at.shape.scope, at.shape.pii)
  if (keyRule) return applyToText(keyRule, current, at.key)
  const isQuiet = current.marks.length === 0 && !rules.texts.mayHit(current.value, at.shape.scope)
  return isQuiet ? current : rules.texts.scrub(current, at.shape.scope)
}

/**
 * A text that stands alone, such as lines of metrics: parts of it may be replaced. In the scope `open`
 * addresses survive, which somebody wrote to be answered.
 */
export function scrubText(text: string, scrubbing: Scrubbing, scope: Scope = 'log'): string {
  return compileScrubbing(scrubbing).texts.scrubPlain(text, scope)
}

/** A name, of a file or a release, without the secret that stands in it; null stays null. */
export function scrubName<Name extends string | null>(name: Name, scrubbing: Scrubbing): Name {
  return (name === null ? null : scrubText(name, scrubbing, 'name')) as Name
}
