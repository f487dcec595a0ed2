import type { Quantity } from '#domain/data-category.ts'
import { applyLimits } from '#domain/envelope/apply-limits.ts'
import { createsEvent } from '#domain/envelope/item-kind.ts'
import type { ItemFacts } from '#domain/envelope/item-quantities.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { ActiveLimit } from '#domain/quota/active-limit.ts'
import type { Admission, AdmissionItem, Verdict } from './admission.ts'
import type { Refusal } from './quota-book.ts'

export interface Judgement {
  verdicts: Verdict[]
  /** Those that clients may hear of. */
  limits: ActiveLimit[]
  /** What was lost before and what is lost now. */
  losses: LedgerEntry[]
  /** Ids of the events that are let in: repeats of them are refused from now on. */
  eventIds: string[]
}

/**
 * Decides on one request's items: a repeat of an event is a duplicate, the rest must pass its quotas.
 * `takeAll` takes from every quota that counts, or from none (quota-book.ts). It changes nothing itself.
 */
export function judgeAdmission(
  { items, losses: before }: Admission,
  isKnown: (eventId: string) => boolean,
  takeAll: (quantities: Quantity[], monitor: ItemFacts['monitor']) => Refusal | null,
): Judgement {
  const losses = [...before]
  const isDuplicate = findDuplicates(items, isKnown)
  const asking = items.filter((_, index) => !isDuplicate[index])
  const limited = applyLimits<Refusal>(
    asking.map(({ facts }) => facts),
    takeAll,
  )
  losses.push(...limited.losses)
  const rest = limited.verdicts.values()
  const verdicts = items.map(({ quantities }, index): Verdict => {
    if (isDuplicate[index]) {
      for (const quantity of quantities) {
        losses.push({ ...quantity, outcome: 'invalid', reason: 'duplicate' })
      }
      return 'duplicate'
    }
    const verdict = rest.next().value
    if (verdict?.kind !== 'refused') return verdict?.kind ?? 'admitted'
    return verdict.limit.limit ? 'rate_limited' : 'left_out'
  })
  return {
    verdicts,
    losses,
    limits: limited.advertised.flatMap(({ limit }) => (limit ? [limit] : [])),
    eventIds: items.flatMap(({ eventId, facts }, index) =>
      eventId && isEvent(facts) && isAdmitted(verdicts[index]) ? [eventId] : [],
    ),
  }
}

export function isAdmitted(verdict: Verdict | undefined): boolean {
  return verdict === 'admitted' || verdict === 'admitted_unkept'
}

/** True for each event whose id came before, in this request or another. */
function findDuplicates(
  items: readonly AdmissionItem[],
  isKnown: (eventId: string) => boolean,
): boolean[] {
  const seen = new Set<string>()
  return items.map(({ eventId, facts }) => {
    if (!eventId || !isEvent(facts)) return false
    const isRepeat = seen.has(eventId) || isKnown(eventId)
    seen.add(eventId)
    return isRepeat
  })
}

/** An item that is its envelope's event: repeats of its id are refused. Attachments only name it. */
function isEvent({ kind, header }: ItemFacts): boolean {
  return kind !== 'attachment' && createsEvent(kind, header)
}
