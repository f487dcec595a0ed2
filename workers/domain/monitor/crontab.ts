/**
 * Crontab expressions: five fields, or one of the `@` names (spec/ingest.md §11.7).
 *
 *     minute 0–59   hour 0–23   day 1–31   month 1–12 or jan–dec   weekday 0–7 or sun–sat
 *
 * A field is a list of `*`, `n`, `a-b` and each of these with a `/step`. Sunday is 0 and 7. Where day
 * and weekday are both restricted, either will do; `L` (the last day) and `#n` (the n-th such weekday)
 * are extensions that monitors use.
 */
const FIELDS = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  {
    min: 1,
    max: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { min: 0, max: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
]

const NAMED = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@hourly': '0 * * * *',
}

/** Longer than any schedule somebody means. */
const CHARACTERS_MAX = 255

/** The expression with single spaces and `@` names written out; null when it is none. */
export function normalizeCrontab(text: string): string | null {
  if (text.length > CHARACTERS_MAX) return null
  const plain = text.trim().replace(/\s+/g, ' ')
  const expression = Object.hasOwn(NAMED, plain) ? NAMED[plain as keyof typeof NAMED] : plain
  const fields = expression.split(' ')
  const isCrontab =
    fields.length === FIELDS.length &&
    fields.every((field, index) => field.split(',').every((part) => isPart(part, index)))
  return isCrontab && hasPossibleDay(fields) ? expression : null
}

const DAY = 2
const WEEKDAY = 4

function isPart(part: string, index: number): boolean {
  if (index === DAY && /^l$/i.test(part)) return true
  const nth = index === WEEKDAY ? /^([^#]+)#([1-5L])$/i.exec(part) : null
  if (nth) return readValue(nth[1]!, index) !== null
  const [range = '', step, ...rest] = part.split('/')
  if (rest.length > 0 || (step !== undefined && !isStep(step))) return false
  if (range === '*') return true
  const [from = '', to, ...more] = range.split('-')
  const first = readValue(from, index)
  if (more.length > 0 || first === null) return false
  if (to === undefined) return true
  const last = readValue(to, index)
  return last !== null && first <= last
}

const isStep = (text: string): boolean => /^\d{1,2}$/.test(text) && Number(text) > 0

function readValue(text: string, index: number): number | null {
  const { min, max, names } = FIELDS[index]!
  const named = (names as string[]).indexOf(text.toLowerCase())
  if (named !== -1) return named + min
  if (!/^\d{1,2}$/.test(text)) return null
  const value = Number(text)
  return value >= min && value <= max ? value : null
}

/** Days the longest such month has; February's 29th comes, if rarely. */
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** False for a schedule that never comes, such as the 31st of February. */
function hasPossibleDay([, , day = '', month = '', weekday = '']: string[]): boolean {
  if (!weekday.startsWith('*') || !/^\d+$/.test(day)) return true
  const months = month.split(',').map((part) => readValue(part, 3))
  return months.some((value) => value === null || Number(day) <= MONTH_DAYS[value - 1]!)
}
