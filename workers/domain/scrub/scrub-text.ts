import { applyToText, isRemoval, type Removal } from './apply-rule.ts'
import { type CompiledScrubbing, compileScrubbing } from './compile-scrubbing.ts'
import { FEATURE, featuresOf } from './features.ts'
import { type MarkedText, searchable } from './marked-text.ts'
import { type Place, selects } from './match-selector.ts'
import type { Rule } from './rule.ts'
import type { Scrubbing } from './scrubbing.ts'
import type { Scope, Shape } from './shape.ts'

/** Where a text stands. */
export interface TextPlace {
  place: Place
  /** What the text is the value of; empty when of nothing. */
  key: string
  shape: Shape
  /** The rule that takes the text whole, if there is one. */
  whole: Rule | null
}

/** Ids and versions shorter than this hold no token. */
const TOKEN_CHARACTERS_MIN = 16

/** All rules on the text of an event, in their order; the same object when none hits. */
export function scrubEventText(
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
  return keyRule
    ? applyToText(keyRule, current, at.key)
    : scrubMarkedText(current, at.shape.scope, rules)
}

/** Default and extra rules of a scope on a text. */
export function scrubMarkedText(
  text: MarkedText,
  scope: Scope,
  { textRules, hasTellingWord }: CompiledScrubbing,
): MarkedText {
  const rules = textRules[scope]
  if (rules.length === 0 || (scope === 'id' && text.value.length < TOKEN_CHARACTERS_MIN))
    return text
  const searched = searchable(text)
  const features = featuresOf(searched) | (hasTellingWord(searched) ? FEATURE.word : 0)
  let current = text
  for (const rule of rules) {
    if ((rule.needs & features) !== rule.needs) continue
    const after = applyToText(rule, current, '')
    if (!isRemoval(after)) current = after
  }
  return current
}

/** A text that stands alone, such as the body of a log line: parts of it may be replaced. */
export function scrubText(text: string, scrubbing: Scrubbing): string {
  return scrubMarkedText({ value: text, marks: [] }, 'log', compileScrubbing(scrubbing)).value
}
