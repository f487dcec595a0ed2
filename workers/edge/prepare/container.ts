import { isContainer, parseContainer } from '#domain/envelope/container.ts'
import { checkElements, checkLegacySpan } from '#domain/envelope/element.ts'
import type { ContainerKind } from '#domain/envelope/item-kind.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { scrubElement } from '#domain/scrub/scrub-data.ts'
import { parseObject } from './json-payload.ts'
import { admissible, type Circumstances, factsOf, keep, lost, type Prepared } from './prepared.ts'

/**
 * Many spans, logs or metrics in one item: each is checked and scrubbed, a wrong one is lost alone. Kept
 * for the pages that will show them.
 */
export async function prepareContainer(
  kind: ContainerKind,
  item: EnvelopeItem,
  circumstances: Circumstances,
): Promise<Prepared> {
  const facts = factsOf(kind, item)
  if (kind === 'span' && !isContainer(kind, item.header)) return prepareSpan(item, circumstances)
  const container = parseContainer(kind, item.header, item.payload)
  if (!container.ok) return lost(facts, container.error)
  const { received, project, blobs } = circumstances
  const { elements, quantities, losses } = checkElements(container.value)
  if (elements.length === 0) return { kind: 'lost', losses }
  const scrubbed = elements.map((element) => scrubElement(kind, element, project.scrubbing))
  const payload = JSON.stringify({ settings: container.value.settings, items: scrubbed })
  const meta = { receivedAt: received.now, quantities }
  return { kind: 'admissible', item: await keep(kind, null, facts, meta, payload, blobs), losses }
}

/** One span in the older form. */
function prepareSpan(item: EnvelopeItem, { received, project }: Circumstances): Prepared {
  const facts = factsOf('span', item)
  const span = checkLegacySpan(parseObject(item.payload))
  if (!span.ok) return lost(facts, span.error)
  const payload = JSON.stringify(scrubElement('legacy_span', span.value, project.scrubbing))
  return admissible('span', null, facts, received.now, payload)
}
