/** How long a span worked itself: its duration without the union of its direct children (§3.11). */
import type { Draft } from '../normalize/draft.ts'
import type { Span } from '../schema/span-schema.ts'
import { type Interval, unionLength } from './intervals.ts'

/** Sets `exclusive_time` (ms) on every span and on the trace context, the root span. */
export function addExclusiveTimes(event: Draft): void {
  const trace = event.contexts?.['trace']
  if (event.type !== 'transaction' || !trace) return
  const spans = ((event['spans'] ?? []) as (Span | null)[]).filter((span) => span !== null)
  const children = new Map<string, Interval[]>()
  for (const span of spans) {
    const interval = intervalOf(span)
    if (!interval || !span.parent_span_id) continue
    const siblings = children.get(span.parent_span_id)
    if (siblings) siblings.push(interval)
    else children.set(span.parent_span_id, [interval])
  }
  for (const span of spans) {
    span.exclusive_time = exclusiveTime(intervalOf(span), children.get(span.span_id ?? ''))
  }
  const rootId = trace['span_id']
  trace['exclusive_time'] = exclusiveTime(
    intervalOf(event),
    typeof rootId === 'string' ? children.get(rootId) : undefined,
  )
}

function exclusiveTime(own: Interval | null, children: Interval[] = []): number | null {
  if (!own) return null
  const [start, end] = own
  // Children may outlive their parent; only what happened meanwhile is not its own.
  const clipped = children
    .map(([from, to]): Interval => [Math.max(start, from), Math.min(end, to)])
    .filter(([from, to]) => from < to)
  return Math.round((end - start - unionLength(clipped)) * 1e6) / 1000
}

interface Timed {
  start_timestamp?: unknown
  timestamp?: unknown
}

function intervalOf({ start_timestamp: start, timestamp: end }: Timed): Interval | null {
  return typeof start === 'number' && typeof end === 'number' && start <= end ? [start, end] : null
}
