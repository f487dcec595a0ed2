import { applyLimits } from '#domain/envelope/apply-limits.ts'
import { kindOfItem } from '#domain/envelope/item-kind.ts'
import type { ItemFacts } from '#domain/envelope/item-quantities.ts'
import { type EnvelopeItem, payloadBytes } from '#domain/envelope/parse-envelope.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import { type ActiveLimit, findActiveLimit } from '#domain/quota/active-limit.ts'

/**
 * Takes out the items that limits in memory stop, as their gate would: what belongs to a limited event
 * goes with it, a dump that is the event stays. `now` is Unix ms.
 */
export function stopLimited(
  items: EnvelopeItem[],
  limits: readonly ActiveLimit[],
  now: number,
): { items: EnvelopeItem[]; losses: LedgerEntry[] } {
  if (limits.length === 0) return { items, losses: [] }
  const known = items.flatMap((item) => {
    const facts = factsOf(item)
    return facts ? [{ item, facts }] : []
  })
  const { verdicts, losses } = applyLimits<ActiveLimit>(
    known.map(({ facts }) => facts),
    (quantities) =>
      quantities.map(({ category }) => findActiveLimit(limits, category, now)).find(Boolean) ??
      null,
  )
  const stopped = new Set(
    known.flatMap(({ item }, index) => (verdicts[index]?.kind === 'refused' ? [item] : [])),
  )
  return { items: items.filter((item) => !stopped.has(item)), losses }
}

/** Null for an item of no kind that limits know. */
function factsOf(item: EnvelopeItem): ItemFacts | null {
  const kind = kindOfItem(item.type, item.header)
  return kind && { kind, header: item.header, bytes: payloadBytes(item) }
}
