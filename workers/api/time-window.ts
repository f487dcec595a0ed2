import type { TimeWindow } from '#store/issue-events.ts'
import { ApiError } from './on-error.ts'

const UNIT_MS = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['w', 604_800_000],
])
/** Nothing we keep is older; it also keeps the arithmetic within what a date can be. */
const PERIOD_MS_MAX = 400 * 86_400_000

/** `statsPeriod=14d` wins over `start` and `end`; null when none is there. `now` is Unix ms. */
export function parseTimeWindow(
  query: { statsPeriod?: string; start?: string; end?: string },
  now: number,
): TimeWindow | null {
  const { statsPeriod, start, end } = query
  if (statsPeriod) return { since: now - parsePeriod('statsPeriod', statsPeriod), until: now + 1 }
  if (!start && !end) return null
  if (!start || !end) throw new ApiError('invalid', 'start and end must be given together.')
  const window = { since: parseTime('start', start), until: parseTime('end', end) }
  if (window.since >= window.until) throw new ApiError('invalid', 'start must be before end.')
  return window
}

/** `90m`, `24h`, `14d` in ms; longer than we keep anything counts as that. */
export function parsePeriod(name: string, text: string): number {
  const match = /^(\d{1,9})([smhdw])$/.exec(text)
  const unit = UNIT_MS.get(match?.[2] ?? '')
  const periodMs = Number(match?.[1]) * (unit ?? 0)
  if (!match || !unit || periodMs <= 0) {
    throw new ApiError('invalid', `Invalid ${name}: '${text}'. It should look like 14d or 24h.`)
  }
  return Math.min(periodMs, PERIOD_MS_MAX)
}

/** ISO 8601; a time without a zone is UTC. */
function parseTime(name: string, text: string): number {
  const hasForm = /^\d{4}-\d{2}-\d{2}(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(text)
  const hasZone = /(?:Z|T.*[+-]\d{2}:?\d{2})$/.test(text)
  const at = Date.parse(hasZone || !/[T ]/.test(text) ? text : `${text.replace(' ', 'T')}Z`)
  if (!hasForm || Number.isNaN(at)) throw new ApiError('invalid', `Invalid ${name}: '${text}'.`)
  return at
}
