import { clockDriftMs } from '#domain/envelope/clock-drift.ts'
import { parseClientReports } from '#domain/envelope/parse-client-report.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { parseJson } from '#domain/json.ts'
import { scrubName } from '#domain/scrub/scrub-text.ts'
import type { Circumstances, Prepared } from './prepared.ts'

/** What an SDK lost by itself goes into the ledger; the report is no data and is not kept. */
export function prepareClientReport(
  { payload }: EnvelopeItem,
  { received, project }: Circumstances,
): Prepared {
  const driftMs = clockDriftMs(received.sentAt, received.now)
  const losses = parseClientReports([parseJson(payload)], { receivedAt: received.now, driftMs })
  // Reasons are words of the SDK's own, and of whoever writes one.
  const scrubbed = losses.map((loss) => {
    return { ...loss, reason: scrubName(loss.reason, project.scrubbing) }
  })
  return { kind: 'lost', losses: scrubbed }
}
