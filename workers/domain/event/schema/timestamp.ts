import type { Notes } from './notes.ts'
import type { Reader } from './scalar.ts'

/** 9999-12-31T23:59:59Z and its mirror: what a timestamp can say (spec §1.1). Unix seconds. */
const SECONDS_MAX = 253_402_300_799

const DATE_AND_TIME = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d)?/
/** The fraction of a second and the zone: what follows the time. */
const REST = /^(\.\d{1,20})?\s?(?:[Zz]|([+-])(\d\d):?(\d\d))?$/

/**
 * Unix seconds as a number, or RFC 3339 text; text without a zone is UTC. Result: Unix seconds,
 * rounded to microseconds.
 */
export const timestamp: Reader<number> = (value, notes) => {
  if (typeof value === 'number') return inRange(value, value, notes)
  const seconds = typeof value === 'string' ? parseTime(value) : null
  if (seconds === null) return notes.invalid('expected a timestamp', value)
  return inRange(seconds, value, notes)
}

function inRange(seconds: number, original: unknown, notes: Notes): number | null {
  if (Math.abs(seconds) > SECONDS_MAX) return notes.invalid('timestamp out of range', original)
  return roundToMicroseconds(seconds)
}

export function roundToMicroseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e6 + 0 // not -0, which JSON does not know
}

function parseTime(sent: string): number | null {
  if (sent.length > 64) return null
  const text = sent.trim()
  const end = DATE_AND_TIME.exec(text)?.[0].length
  if (end === undefined) return null
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = end > 16 ? twoDigits(text, 17) : 0
  if (month === 0 || month > 12 || hour > 23 || minute > 59 || second > 60) return null
  const date = Date.UTC(year, month - 1, day)
  // February 30 would roll over into March: not what was meant, so not a time.
  if (day === 0 || (day > 28 && new Date(date).getUTCDate() !== day)) return null
  const rest = parseRest(text.slice(end))
  return rest === null ? null : date / 1000 + hour * 3600 + minute * 60 + second + rest
}

/** Breadcrumbs make times the most frequent thing to parse: no text is cut out for a number. */
function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30
}

/** Seconds to add for what follows the time: its fraction, less the zone's offset. */
function parseRest(rest: string): number | null {
  if (rest === 'Z' || rest === '') return 0
  const match = REST.exec(rest)
  if (!match) return null
  const [, fraction, sign, hours, minutes] = match
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60
  return Number(fraction ?? 0) - (sign === '-' ? -offset : offset)
}
