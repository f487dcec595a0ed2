/** Whole numbers from `from` up to, not including, `until`; null is open. Times are Unix ms. */
export interface Range {
  from: number | null
  until: number | null
}

const NUMBER = /^(>=|<=|>|<|=|!=)?(-?\d{1,15}(?:\.\d{1,9})?)([kmb])?$/i
const RELATIVE = /^([-+])(\d{1,6})([wdhm])$/
const DATE =
  /^(>=|<=|>|<|=|!=)?(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/

const FACTORS = new Map([
  ['k', 1e3],
  ['m', 1e6],
  ['b', 1e9],
])
const UNIT_MS = new Map([
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
])
const DAY_MS = 86_400_000
/** A time named to the second means a little around it (spec/web-api.md §6.1). */
const BEFORE_MS = 5 * 60_000
const AFTER_MS = 6 * 60_000

/** `>=10`, `5k`, `3`: as a range over whole numbers; null when it is no number. */
export function parseNumberRange(value: string): { range: Range; isNegated: boolean } | null {
  const match = NUMBER.exec(value)
  if (!match?.[2]) return null
  const factor = FACTORS.get((match[3] ?? '').toLowerCase()) ?? 1
  const number = Number(match[2]) * factor
  const range = rangeOf(match[1] ?? '=', number, Number.isInteger(number) ? 1 : 0)
  return { range, isNegated: match[1] === '!=' }
}

/** `-24h` (newer than), `+2d` (older than), `>2026-01-05`, `2026-01-05T10:00`: as a range of ms. */
export function parseDateRange(
  value: string,
  now: number,
): { range: Range; isNegated: boolean } | null {
  const relative = RELATIVE.exec(value)
  if (relative) {
    const at = now - Number(relative[2]) * (UNIT_MS.get(relative[3] ?? '') ?? 0)
    const range = relative[1] === '-' ? { from: at, until: null } : { from: null, until: at + 1 }
    return { range, isNegated: false }
  }
  const match = DATE.exec(value)
  if (!match?.[2]) return null
  const time = match[3]
  const zone = time && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(time) ? 'Z' : ''
  const at = Date.parse(`${match[2]}${time ?? ''}${zone}`)
  if (Number.isNaN(at)) return null
  const operator = match[1] ?? '='
  const isNegated = operator === '!='
  if (operator === '=' || isNegated) {
    const range = time
      ? { from: at - BEFORE_MS, until: at + AFTER_MS }
      : { from: at, until: at + DAY_MS }
    return { range, isNegated }
  }
  return { range: rangeOf(operator, at, 1), isNegated }
}

export function isInRange(value: number, { from, until }: Range): boolean {
  return (from === null || value >= from) && (until === null || value < until)
}

/** `step` is 1 for a whole number; for another `=` can match nothing. */
function rangeOf(operator: string, number: number, step: number): Range {
  const above = Math.floor(number) + 1
  switch (operator) {
    case '>':
      return { from: above, until: null }
    case '>=':
      return { from: Math.ceil(number), until: null }
    case '<':
      return { from: null, until: Math.ceil(number) }
    case '<=':
      return { from: null, until: above }
    default:
      return { from: number, until: number + step }
  }
}
