/**
 * How single values of the wire are read (spec/event-processing.md §1.1). A reader gets what JSON
 * had, never null, and returns what it means, or null after a note. The reasons are part of what
 * SDK authors see, so they are worded as Sentry words them.
 */
import { isObject } from '../../json.ts'
import type { Level } from '../event.ts'
import { jsonText } from './json-size.ts'
import type { Notes } from './notes.ts'

export type Reader<Value> = (value: unknown, notes: Notes) => Value | null

export const string: Reader<string> = (value, notes) =>
  typeof value === 'string' ? value : notes.invalid('expected a string', value)

/** Ids and names that some SDKs send as numbers or booleans. */
export const lenientString: Reader<string> = (value, notes) => {
  switch (typeof value) {
    case 'string':
      return value
    case 'boolean':
      return value ? 'True' : 'False'
    case 'number':
      // Beyond 2^53 a number names its neighbours too: as an id it would be wrong.
      return Number.isSafeInteger(Math.trunc(value))
        ? String(Math.trunc(value))
        : notes.invalid('expected a number with JSON precision', value)
    default:
      return notes.invalid('expected a primitive value', value)
  }
}

/** Text where it is text; the JSON text of anything else. */
export const jsonString: Reader<string> = (value) =>
  typeof value === 'string' ? value : jsonText(value)

export const boolean: Reader<boolean> = (value, notes) =>
  typeof value === 'boolean' ? value : notes.invalid('expected a boolean', value)

export const unsigned: Reader<number> = (value, notes) =>
  Number.isInteger(value) && Number(value) >= 0
    ? Number(value)
    : notes.invalid('expected an unsigned integer', value)

export const signed: Reader<number> = (value, notes) =>
  Number.isInteger(value) ? Number(value) : notes.invalid('expected a signed integer', value)

export const float: Reader<number> = (value, notes) =>
  typeof value === 'number' ? value : notes.invalid('expected a floating point number', value)

const LEVELS: Record<string, Level> = {
  debug: 'debug',
  info: 'info',
  log: 'info',
  warning: 'warning',
  error: 'error',
  fatal: 'fatal',
  critical: 'fatal',
  '10': 'debug',
  '20': 'info',
  '30': 'warning',
  '40': 'error',
  '50': 'fatal',
}

/** By name, or by the number Python's logging gives it. */
export const level: Reader<Level> = (value, notes) => {
  const known = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return Object.hasOwn(LEVELS, known) ? LEVELS[known]! : notes.invalid('invalid level', value)
}

export const threadId: Reader<string | number> = (value, notes) =>
  typeof value === 'string' || Number.isInteger(value)
    ? (value as string | number)
    : notes.invalid('expected a thread id', value)

/** Any textual form of a UUID → 32 lower-case hex characters. */
export const uuid: Reader<string> = (value, notes) => {
  const hex = typeof value === 'string' ? value.replaceAll('-', '').toLowerCase() : ''
  return /^[0-9a-f]{32}$/.test(hex) ? hex : notes.invalid('expected an event id', value)
}

export const traceId: Reader<string> = (value, notes) =>
  hexId(value, /^[0-9a-f]{32}$/i) ?? notes.invalid('not a valid trace id', value)

export const spanId: Reader<string> = (value, notes) =>
  hexId(value, /^[0-9a-f]{16}$/i) ?? notes.invalid('not a valid span id', value)

/** SDKs in dashed form exist; all zeros mean "no trace" in every protocol. */
function hexId(value: unknown, pattern: RegExp): string | null {
  if (typeof value !== 'string') return null
  const hex = value.length === 36 ? value.replaceAll('-', '') : value
  return pattern.test(hex) && /[^0]/.test(hex) ? hex.toLowerCase() : null
}

/** Addresses and registers → `0x` and lower-case hex. */
export const address: Reader<string> = (value, notes) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) {
    return `0x${value.toString(16)}`
  }
  if (typeof value !== 'string') return notes.invalid('expected an address', value)
  // 64 bits are 16 hex or 20 decimal digits; longer text is no address and not worth a bigint.
  const hex = /^0[xX]0*([0-9a-fA-F]{1,16})$/.exec(value)?.[1]
  if (hex) return `0x${hex.toLowerCase()}`
  if (/^[0-9]{1,20}$/.test(value)) return `0x${BigInt(value).toString(16)}`
  return notes.invalid('expected an address', value)
}

/** Anything JSON has. Kept by reference: bags are bounded later, by `trim-bag.ts`. */
export const anything: Reader<unknown> = (value) => value

export const freeObject: Reader<Record<string, unknown>> = (value, notes) =>
  isObject(value) ? value : notes.invalid('expected an object', value)

/** One of these words, or null with this reason. */
export function oneOf<Word extends string>(words: readonly Word[], reason: string): Reader<Word> {
  return (value, notes) => words.find((word) => word === value) ?? notes.invalid(reason, value)
}

/** What `read` makes of the value, where `accepts` agrees; else null with a reason. */
export function checked<Value>(
  read: Reader<Value>,
  accepts: (value: Value) => boolean,
  reason: string,
): Reader<Value> {
  return (value, notes) => {
    const result = read(value, notes)
    return result === null || accepts(result) ? result : notes.invalid(reason, value)
  }
}
