import {
  countChildSpans,
  type ItemFacts,
  lossQuantities,
} from '#domain/envelope/item-quantities.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { normalizeEvent } from '#domain/event/normalize-event.ts'
import { matchInboundFilter } from '#domain/filter/match-inbound-filter.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import { scrubEvent } from '#domain/scrub/scrub-event.ts'
import { packItem } from '#store/packed-item.ts'
import type { Circumstances, Prepared } from './item.ts'

/**
 * From what an SDK sent to what may be stored: parse, normalize, filter, scrub, serialize. Nothing
 * unscrubbed leaves this function.
 */
export function prepareEvent(
  kind: 'event' | 'transaction',
  { header, payload }: EnvelopeItem,
  { received, project }: Circumstances,
): Prepared {
  const raw = parseObject(payload)
  const facts: ItemFacts = { kind, header, bytes: payload.length }
  if (raw && kind === 'transaction') facts.childSpans = countChildSpans(raw)
  if (!raw) return lost(facts, 'invalid', 'invalid_json')
  const event = normalizeEvent(raw, {
    eventId: received.eventId,
    now: received.now,
    ...(received.sentAt === null ? {} : { sentAt: received.sentAt }),
    ...(received.client === null ? {} : { sdkClient: received.client }),
    ...(received.clientIp === null ? {} : { clientIp: received.clientIp }),
    ...(received.userAgent === null ? {} : { userAgent: received.userAgent }),
  })
  const filter = matchInboundFilter(event, project.filters)
  if (filter) return lost(facts, 'filtered', filter)
  const scrubbed = JSON.stringify(scrubEvent(event, project.scrubbing))
  const meta = { receivedAt: received.now, quantities: lossQuantities(facts) }
  return { kind: 'admissible', item: { ...packItem(kind, event.event_id, meta, scrubbed), facts } }
}

function lost(facts: ItemFacts, outcome: LedgerEntry['outcome'], reason: string): Prepared {
  const losses = lossQuantities(facts).map((quantity) => ({ ...quantity, outcome, reason }))
  return { kind: 'lost', losses }
}

function parseObject(payload: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(payload))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : null
  } catch {
    return null // told as `invalid: invalid_json`
  }
}
