import type { Notes } from './notes.ts'
import type { Reader } from './scalar.ts'

/** 9999-12-31T23:59:59Z and its mirror: what a timestamp can say (spec §1.1). Unix seconds. */
const SECONDS_MAX = 253_402_300_799

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,20})?)?\s?(?:([Zz])|([+-])(\d{2}):?(\d{2}))?$/

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

function parseTime(text: string): number | null {
  const match = text.length <= 64 ? RFC_3339.exec(text.trim()) : null
  if (!match) return null
  const [, year, month, day, hour, minute, second, fraction, , sign, offsetHour, offsetMinute] =
    match
  const date = Date.UTC(Number(year), Number(month) - 1, Number(day))
  // February 30 would roll over into March: not what was meant, so not a time.
  if (new Date(date).getUTCDate() !== Number(day) || Number(month) > 12) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 60) return null
  const clock = Number(hour) * 3600 + Number(minute) * 60 + Number(second ?? 0)
  const offset = (Number(offsetHour ?? 0) * 60 + Number(offsetMinute ?? 0)) * 60
  return date / 1000 + clock - (sign === '-' ? -offset : offset) + Number(fraction ?? 0)
}
