import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { scrubData } from '#domain/scrub/scrub-data.ts'
import { scrubText } from '#domain/scrub/scrub-text.ts'
import { parseObject } from './json-payload.ts'
import { admissible, type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'

/** A JSON object that is kept, scrubbed, until there is a page for its kind. */
export function prepareKeptObject(
  kind: 'replay_event' | 'form_data',
  item: EnvelopeItem,
  { received, project }: Circumstances,
): Prepared {
  const facts = factsOf(kind, item)
  const object = parseObject(item.payload)
  if (!object) return lost(facts, kind === 'replay_event' ? 'invalid_replay' : 'invalid_json')
  const payload = JSON.stringify(scrubData(object, project.scrubbing))
  return admissible(kind, received.eventId, facts, received.now, payload)
}

/** Lines of an older metrics protocol: kept as text. */
export function prepareKeptText(
  kind: 'statsd' | 'metric_buckets',
  item: EnvelopeItem,
  { received, project }: Circumstances,
): Prepared {
  const text = scrubText(new TextDecoder().decode(item.payload), project.scrubbing)
  return admissible(kind, null, factsOf(kind, item), received.now, text)
}
