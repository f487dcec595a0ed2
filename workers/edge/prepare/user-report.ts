import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { parseUserReport, type UserReport } from '#domain/feedback/parse-user-report.ts'
import { scrubName, scrubText } from '#domain/scrub/scrub-text.ts'
import { admissible, type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'

/**
 * What a person wrote in a crash dialog. They gave name and address to be answered, so both are kept, in
 * the comment too; a password or token they pasted into it is not.
 */
export function prepareUserReport(
  item: EnvelopeItem,
  { received, project }: Circumstances,
): Prepared {
  const report = parseUserReport(item.payload)
  const facts = factsOf('user_report', item)
  if (!report.ok) return lost(facts, report.error)
  const { eventId, comments, name, email } = report.value
  const scrubbed: UserReport = {
    eventId,
    comments: scrubText(comments, project.scrubbing, 'open'),
    name: scrubName(name, project.scrubbing),
    email: scrubName(email, project.scrubbing),
  }
  return admissible('user_report', eventId, facts, received.now, JSON.stringify(scrubbed))
}
