import {
  isFullyMarked,
  type MarkedText,
  redactParts,
  redactWhole,
  searchable,
} from './marked-text.ts'
import type { Rule } from './rule.ts'

/** A value goes altogether. */
export interface Removal {
  readonly removedBy: Rule
}

export function isRemoval(result: MarkedText | Removal): result is Removal {
  return 'removedBy' in result
}

/** What a rule makes of a text under a key; the same object when it does not hit. */
export function applyToText(rule: Rule, text: MarkedText, key: string): MarkedText | Removal {
  if (isFullyMarked(text)) return text
  const { match, redaction } = rule
  const whole = () =>
    redaction.method === 'remove' ? { removedBy: rule } : redactWhole(text, rule)
  switch (match.kind) {
    case 'anything':
      return whole()
    case 'parts':
      return redactParts(text, match.find(searchable(text)), rule)
    case 'pair':
      if (match.isKey(key)) return whole()
      return match.isText(searchable(text)) ? redactWhole(text, rule) : text
  }
}

/** Whether a rule takes a number or a container under a key. Such can only be removed. */
export function takesValue({ match }: Rule, key: string): boolean {
  return match.kind === 'anything' || (match.kind === 'pair' && match.isKey(key))
}
