import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { eventFromSecurityReport } from '#domain/event/security-report.ts'
import { prepareRawEvent } from './event.ts'
import { parseObject } from './json-payload.ts'
import { type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'

/** A browser's report of a policy it enforced becomes an event (spec/event-processing.md §1.5). */
export function prepareSecurityReport(item: EnvelopeItem, circumstances: Circumstances): Prepared {
  const facts = factsOf('raw_security', item)
  const report = parseObject(item.payload)
  if (!report) return lost(facts, 'invalid_json')
  const event = eventFromSecurityReport(report, {
    release: text(item.header['sentry_release']),
    environment: text(item.header['sentry_environment']),
  })
  return event ? prepareRawEvent(event, facts, circumstances) : lost(facts, 'security_report_type')
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
