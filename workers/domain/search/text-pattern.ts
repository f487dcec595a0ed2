/**
 * A text with wildcards, cut at each `*` that is not escaped: `['a', 'b']` is `a*b`, one part alone
 * is the text itself.
 */
export type TextPattern = string[]

/** Parts a pattern may have; a query with more wildcards is refused. */
export const PATTERN_PARTS_MAX = 5

/** Reads a value of a query: `*` is a wildcard, `\*` a star, `\\` a backslash. */
export function parseTextPattern(value: string): TextPattern {
  const parts: string[] = []
  let part = ''
  for (let i = 0; i < value.length; i += 1) {
    const isEscape = value[i] === '\\' && (value[i + 1] === '*' || value[i + 1] === '\\')
    if (isEscape) i += 1
    if (value[i] !== '*' || isEscape) {
      part += value[i]
    } else if (part !== '' || parts.length === 0) {
      parts.push(part)
      part = ''
    }
  }
  return [...parts, part]
}

/** True when the whole text fits. Linear in its length: parts are found from left to right. */
export function matchTextPattern(text: string, pattern: TextPattern): boolean {
  const [first = '', ...rest] = pattern
  const final = rest.pop()
  if (final === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found === -1) return false
    at = found + part.length
  }
  return text.length - final.length >= at && text.endsWith(final)
}
