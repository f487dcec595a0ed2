/** Where a transaction's time went, by the operations of its spans (spec §3.12). */
import type { Draft } from '../normalize/draft.ts'
import { setOwn } from '../own-key.ts'
import type { Measurements } from '../schema/measurement-schema.ts'
import type { Span } from '../schema/span-schema.ts'
import { type Interval, unionLength } from './intervals.ts'

/** Operations that are told apart; what starts with one of them counts as it. */
const OPERATIONS = ['http', 'db', 'browser', 'resource', 'ui']

export function breakDown(event: Draft): void {
  if (event.type !== 'transaction') return
  const spans = (event['spans'] ?? []) as (Span | null)[]
  const measured = operationTimes(spans, OPERATIONS)
  if (!measured) return
  event['breakdowns'] = { ...(event['breakdowns'] as object | null), span_ops: measured }
}

/** `ops.<operation>` for each of `operations`, and `total.time` over all there are; ms. */
export function operationTimes(spans: (Span | null)[], operations: string[]): Measurements | null {
  const intervals = new Map<string, Interval[]>()
  for (const span of spans) {
    const { op, start_timestamp: start, timestamp: end } = span ?? {}
    if (!op || typeof start !== 'number' || typeof end !== 'number' || end < start) continue
    const operation = operations.find((prefix) => op.startsWith(prefix)) ?? op
    const known = intervals.get(operation)
    if (known) known.push([start, end])
    else intervals.set(operation, [[start, end]])
  }
  if (intervals.size === 0) return null
  const times: Measurements = {}
  let total = 0
  for (const [operation, ofOperation] of intervals) {
    const ms = toMs(unionLength(ofOperation))
    total += ms
    if (operations.includes(operation)) setOwn(times, `ops.${operation}`, inMs(ms))
  }
  times['total.time'] = inMs(toMs(total / 1000))
  return times
}

/** Seconds to milliseconds, rounded to the microsecond that timestamps have. */
function toMs(seconds: number): number {
  return Math.round(seconds * 1e6) / 1000
}

function inMs(value: number) {
  return { value, unit: 'millisecond' }
}
