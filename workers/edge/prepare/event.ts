import { countChildSpans, type ItemFacts } from '#domain/envelope/item-quantities.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { normalizeEvent } from '#domain/event/normalize-event.ts'
import { rejectEvent } from '#domain/event/reject-event.ts'
import { matchInboundFilter } from '#domain/filter/match-inbound-filter.ts'
import { scrubEvent } from '#domain/scrub/scrub-event.ts'
import { parseUserAgent } from '#platform/user-agent.ts'
import { parseEvent } from './json-payload.ts'
import { admissible, type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'

type EventKind = 'event' | 'transaction' | 'feedback' | 'raw_security' | 'security'

/** From what an SDK sent to what may be stored. */
export function prepareEvent(
  kind: EventKind,
  item: EnvelopeItem,
  circumstances: Circumstances,
): Prepared {
  const raw = parseEvent(item.payload)
  const facts: ItemFacts = factsOf(kind, item)
  if (raw && kind === 'transaction') facts.childSpans = countChildSpans(raw)
  return raw ? prepareRawEvent(raw, facts, circumstances) : lost(facts, 'invalid_json')
}

/**
 * Normalizes, filters, scrubs and serializes an event that was parsed, or made of a report. Nothing
 * unscrubbed leaves this function.
 */
export function prepareRawEvent(
  raw: Record<string, unknown>,
  facts: ItemFacts,
  { received, project }: Circumstances,
): Prepared {
  const event = normalizeEvent(raw, {
    eventId: received.eventId,
    now: received.now,
    ...(received.sentAt === null ? {} : { sentAt: received.sentAt }),
    ...received.origin,
    parseUserAgent,
  })
  const rejection = rejectEvent(event)
  if (rejection) return lost(facts, rejection)
  const { clientIp = null } = received.origin
  const filter = matchInboundFilter(event, project.filters, { clientIp, parseUserAgent })
  if (filter) return lost(facts, filter, 'filtered')
  const scrubbed = JSON.stringify(scrubEvent(event, project.scrubbing))
  const kind = facts.kind === 'transaction' || facts.kind === 'feedback' ? facts.kind : 'event'
  return admissible(kind, event.event_id, facts, received.now, scrubbed)
}
