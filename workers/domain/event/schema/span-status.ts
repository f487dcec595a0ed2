import type { Reader } from './scalar.ts'

/** In the order of the numbers that stand for them (spec/event-processing.md §1.1). */
const STATUSES = [
  'ok',
  'cancelled',
  'unknown',
  'invalid_argument',
  'deadline_exceeded',
  'not_found',
  'already_exists',
  'permission_denied',
  'resource_exhausted',
  'failed_precondition',
  'aborted',
  'out_of_range',
  'unimplemented',
  'internal_error',
  'unavailable',
  'data_loss',
  'unauthenticated',
]

const OTHER_NAMES: Record<string, string> = {
  success: 'ok',
  unknown_error: 'unknown',
  failure: 'internal_error',
}

export const spanStatus: Reader<string> = (value, notes) => {
  const known = typeof value === 'number' ? STATUSES[value] : null
  if (known) return known
  if (typeof value === 'string') {
    if (STATUSES.includes(value)) return value
    if (Object.hasOwn(OTHER_NAMES, value)) return OTHER_NAMES[value]!
  }
  return notes.invalid('expected a trace status', value)
}
