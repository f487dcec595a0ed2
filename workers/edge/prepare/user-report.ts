import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { parseUserReport } from '#domain/feedback/parse-user-report.ts'
import { admissible, type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'

/** What a person wrote in a crash dialog. They gave name and address to be answered: both are kept. */
export function prepareUserReport(item: EnvelopeItem, { received }: Circumstances): Prepared {
  const report = parseUserReport(item.payload)
  const facts = factsOf('user_report', item)
  if (!report.ok) return lost(facts, report.error)
  const { eventId } = report.value
  return admissible('user_report', eventId, facts, received.now, JSON.stringify(report.value))
}
