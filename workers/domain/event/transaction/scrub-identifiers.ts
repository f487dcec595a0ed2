/**
 * Takes ids out of the names of transactions, so that `/user/123` and `/user/124` are one page
 * (spec/event-processing.md §3.10). A whole path segment goes: half an id would name nothing.
 */
export interface ScrubbedName {
  name: string
  /** Where something was replaced; character offsets in the original. */
  hits: { kind: string; start: number; end: number }[]
}

/** The first kind that is found in a segment is told. Each pattern is linear. */
const KINDS: [kind: string, pattern: RegExp][] = [
  ['uuid', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i],
  ['sha1', /\b[0-9a-f]{40}\b/i],
  ['md5', /\b[0-9a-f]{32}\b/i],
  ['date', /\b\d{4}-[01]\d-[0-3]\d(?:[T ][0-2]\d:[0-5]\d(?::[0-5]\d)?)?/],
  ['date', /\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} \d{2,4}\b/],
  [
    'date',
    /\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} \d{1,2},? (?:\d\d:\d\d|\d{4})/,
  ],
  ['hex', /\b0x[0-9a-f]+\b/i],
]
const DIGITS = /\d\d/
/** The digits of `%20` are no id. */
const PERCENT_ENCODED = /%[0-9a-f]{2}/gi

/** A name that is nothing but an id stays: `*` would name everything. */
export function scrubIdentifiers(name: string): ScrubbedName {
  const hits: ScrubbedName['hits'] = []
  let scrubbed = ''
  let start = 0
  for (const part of name.split(/([/\\])/)) {
    const end = start + [...part].length
    const kind = kindOf(part)
    scrubbed += kind ? '*' : part
    if (kind) hits.push({ kind, start, end })
    start = end
  }
  return hits.length === 0 || scrubbed === '*' ? { name, hits: [] } : { name: scrubbed, hits }
}

function kindOf(segment: string): string | null {
  if (segment.length < 2 || !/[0-9a-f]/i.test(segment)) return null
  const known = KINDS.find(([, pattern]) => pattern.test(segment))
  if (known) return known[0]
  return DIGITS.test(segment.replace(PERCENT_ENCODED, '')) ? 'int' : null
}
