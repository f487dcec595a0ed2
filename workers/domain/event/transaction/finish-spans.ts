import type { Draft } from '../normalize/draft.ts'
import type { Span } from '../schema/span-schema.ts'

/** What was still going on when the transaction ended, ended with it (spec/ingest.md §9). */
export function finishSpans(event: Draft): void {
  if (event.type !== 'transaction' || typeof event.timestamp !== 'number') return
  for (const span of (event['spans'] ?? []) as (Span | null)[]) {
    if (!span || typeof span.timestamp === 'number' || typeof span.start_timestamp !== 'number')
      continue
    span.timestamp = Math.max(event.timestamp, span.start_timestamp)
    span.status = 'deadline_exceeded'
  }
}
