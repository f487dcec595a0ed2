import {
  isFullyMarked,
  type MarkedText,
  redactParts,
  redactWhole,
  searchable,
} from './marked-text.ts'
import type { Range, Rule } from './rule.ts'

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
    case 'parts': {
      const searched = searchable(text)
      const found = match.find(searched)
      // What was redacted before may be all there is between the lines of a key.
      const fresh =
        found.length > 0 && text.marks.length > 0 ? found.filter(hasText(searched)) : found
      return redactParts(text, fresh, rule)
    }
    case 'pair':
      if (match.isKey(key)) return whole()
      return match.isText(searchable(text)) ? redactWhole(text, rule) : text
  }
}

function hasText(searched: string): (range: Range) => boolean {
  return ([start, end]) => !REDACTED.test(searched.slice(start, end))
}

const REDACTED = /^\0*$/

/** Whether a rule takes a number or a container under a key. Such can only be removed. */
export function takesValue({ match }: Rule, key: string): boolean {
  return match.kind === 'anything' || (match.kind === 'pair' && match.isKey(key))
}
