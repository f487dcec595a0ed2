import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { type CheckIn, NIL_CHECK_IN_ID, parseCheckIn } from '#domain/monitor/parse-check-in.ts'
import { scrubName } from '#domain/scrub/scrub-text.ts'
import { newEventId } from '../received.ts'
import { admissible, type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'

/** One report of a job we expect. */
export function prepareCheckIn(
  item: EnvelopeItem,
  { received, project: { scrubbing } }: Circumstances,
): Prepared {
  const checkIn = parseCheckIn(item.payload)
  const facts = factsOf('check_in', item)
  if (!checkIn.ok) return lost(facts, checkIn.error)
  // The nil id continues the latest run in progress; as a row it needs an id of its own.
  const { checkInId, slug, environment, release } = checkIn.value
  const scrubbed: CheckIn = {
    ...checkIn.value,
    checkInId: checkInId === NIL_CHECK_IN_ID ? newEventId() : checkInId,
    slug: scrubName(slug, scrubbing),
    environment: scrubName(environment, scrubbing),
    release: scrubName(release, scrubbing),
  }
  const monitor = { slug: scrubbed.slug, environment: scrubbed.environment }
  const ofMonitor = { ...facts, monitor }
  return admissible('check_in', null, ofMonitor, received.now, JSON.stringify(scrubbed))
}
