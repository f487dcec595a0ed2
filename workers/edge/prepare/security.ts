import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { eventFromSecurityReport } from '#domain/event/security-report.ts'
import { parseJson } from '#domain/json.ts'
import { newEventId } from '../received.ts'
import { prepareRawEvent } from './event.ts'
import { type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'

/** Reports of one item; browsers send what gathered in a minute. */
const REPORTS_MAX = 100

/**
 * Browsers' reports of policies they enforced, one or a list: each becomes an event of its own
 * (spec/event-processing.md §1.5). The first has the envelope's event id, further ones get their own.
 */
export function prepareSecurityReports(
  item: EnvelopeItem,
  circumstances: Circumstances,
): Prepared[] {
  const facts = factsOf('raw_security', item)
  const json = parseJson(item.payload)
  if (json === undefined) return [lost(facts, 'invalid_json')]
  const reports: unknown[] = Array.isArray(json) ? json.slice(0, REPORTS_MAX) : [json]
  const page = {
    release: text(item.header['sentry_release']),
    environment: text(item.header['sentry_environment']),
  }
  return reports.map((report, index) => {
    const event = eventFromSecurityReport(report, page)
    if (!event) return lost(facts, 'security_report_type')
    return prepareRawEvent(event, facts, index === 0 ? circumstances : withNewId(circumstances))
  })
}

function withNewId(circumstances: Circumstances): Circumstances {
  return { ...circumstances, received: { ...circumstances.received, eventId: newEventId() } }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
