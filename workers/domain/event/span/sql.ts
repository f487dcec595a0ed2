/**
 * A statement without its values, so that all its runs are one query (spec/event-processing.md
 * §3.11). One pass over the text, token by token: linear whatever the statement holds.
 */

/** Longest statement that is looked at; what is cut off cannot tell queries apart any more. */
const STATEMENT_CHARS_MAX = 10_000

const TOKEN = new RegExp(
  [
    String.raw`(?<comment>/\*[\s\S]*?(?:\*/|$)|--[^\n]*)`,
    String.raw`(?<value>'(?:[^'\\]|''|\\.)*(?:'|$)|\$\d{1,9}|%s|%\([^)]{0,64}\)s|\?|[:@]\w{1,64}\b|\b(?:true|false|null)\b|(?<![\w.])-?\d[\d.]*(?:e[+-]?\d+)?\b)`,
    String.raw`(?<space>\s+)`,
  ].join('|'),
  'gi',
)

/** `SELECT a FROM b WHERE c = 'd' AND e IN (1, 2)` → `SELECT a FROM b WHERE c = %s AND e IN (%s)`. */
export function normalizeSql(statement: string): string {
  const text = statement.slice(0, STATEMENT_CHARS_MAX)
  let normalized = ''
  let end = 0
  for (const match of text.matchAll(TOKEN)) {
    normalized += text.slice(end, match.index) + replacement(match.groups ?? {})
    end = match.index + match[0].length
  }
  normalized += text.slice(end)
  // A list of values, and a list of such lists, count as one.
  return normalized
    .replace(/%s(?: ?, ?%s)+/g, '%s')
    .replace(/\(%s\)(?: ?, ?\(%s\))+/g, '(%s)')
    .replace(/ {2,}/g, ' ')
    .trim()
}

function replacement({ value, space }: Record<string, string | undefined>): string {
  if (value !== undefined) return '%s'
  return space === undefined ? '' : ' '
}
