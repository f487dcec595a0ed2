import { normalizeEvent } from '#domain/event/normalize-event.ts'
import { matchInboundFilter } from '#domain/filter/match-inbound-filter.ts'
import type { DataCategory } from '#domain/outcome.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import { scrubEvent } from '#domain/scrub/scrub-event.ts'
import { packItem } from '#store/packed-item.ts'
import type { Prepared, Received } from './item.ts'

/**
 * From what an SDK sent to what may be stored: parse, normalize, filter, scrub, serialize. Nothing
 * unscrubbed leaves this function.
 */
export function prepareEvent(
  payload: Uint8Array,
  received: Received,
  project: ProjectConfig,
): Prepared {
  const raw = parseObject(payload)
  if (!raw) return lost('error', 'invalid', 'invalid_json')
  const event = normalizeEvent(raw, {
    eventId: received.eventId,
    now: received.now,
    ...(received.sentAt === null ? {} : { sentAt: received.sentAt }),
    ...(received.client === null ? {} : { sdkClient: received.client }),
    ...(received.clientIp === null ? {} : { clientIp: received.clientIp }),
    ...(received.userAgent === null ? {} : { userAgent: received.userAgent }),
  })
  const filter = matchInboundFilter(event, project.filters)
  if (filter) return lost('error', 'filtered', filter)
  const scrubbed = JSON.stringify(scrubEvent(event, project.scrubbing))
  const item = packItem('event', event.event_id, { receivedAt: received.now }, scrubbed)
  return { kind: 'admissible', item: { ...item, category: 'error' } }
}

function lost(category: DataCategory, outcome: 'invalid' | 'filtered', reason: string): Prepared {
  return { kind: 'lost', losses: [{ category, outcome, reason, quantity: 1 }] }
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
