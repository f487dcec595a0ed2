import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { NIL_CHECK_IN_ID, parseCheckIn } from '#domain/monitor/parse-check-in.ts'
import { newEventId } from '../received.ts'
import { admissible, type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'

/** One report of a job we expect. */
export function prepareCheckIn(item: EnvelopeItem, { received }: Circumstances): Prepared {
  const checkIn = parseCheckIn(item.payload)
  const facts = factsOf('check_in', item)
  if (!checkIn.ok) return lost(facts, checkIn.error)
  // The nil id continues the latest run in progress; as a row it needs an id of its own.
  const isNamed = checkIn.value.checkInId !== NIL_CHECK_IN_ID
  const named = { ...checkIn.value, checkInId: isNamed ? checkIn.value.checkInId : newEventId() }
  const { slug, environment } = named
  const ofMonitor = { ...facts, monitor: { slug, environment } }
  return admissible('check_in', null, ofMonitor, received.now, JSON.stringify(named))
}
