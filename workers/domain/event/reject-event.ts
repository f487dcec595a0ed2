import { isObject } from '../json.ts'
import type { PicketEvent } from './event.ts'

/** Why a normalized event may not be stored; the names of outcomes. */
export type Rejection = 'timestamp' | 'invalid_transaction'

/**
 * The only reasons for which an event is refused rather than corrected (spec/event-processing.md
 * §2.5): it lies before 1970, or it is a transaction that cannot be drawn.
 */
export function rejectEvent(event: PicketEvent): Rejection | null {
  const start = event['start_timestamp']
  if (event.timestamp < 0 || (typeof start === 'number' && start < 0)) return 'timestamp'
  return event.type === 'transaction' && !isWholeTransaction(event) ? 'invalid_transaction' : null
}

function isWholeTransaction(event: PicketEvent): boolean {
  const trace = event.contexts?.['trace']
  if (!trace?.['trace_id'] || !trace['span_id']) return false
  const spans = event['spans']
  return isSpanOfTime(event) && (!Array.isArray(spans) || spans.every(isWholeSpan))
}

function isWholeSpan(span: unknown): boolean {
  return isObject(span) && isSpanOfTime(span) && !!span['trace_id'] && !!span['span_id']
}

function isSpanOfTime(part: Record<string, unknown>): boolean {
  const { start_timestamp: start, timestamp: end } = part
  return typeof start === 'number' && typeof end === 'number' && start <= end
}
