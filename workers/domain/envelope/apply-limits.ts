/**
 * Which items of an envelope pass its quotas (spec/ingest.md §6.4). Items hang together: what belongs
 * to an event goes with it, and attachments are let in or turned away as one. So quotas are asked by
 * group, each once and for everything in it:
 *
 *     1  the event              refused: all that needs it goes too, for the same reason
 *     2  its attachments        refused: plain ones go; a dump that is the event stays, unkept
 *     3  the rest, by category  refused: that category's items go; check-ins by their job besides
 *
 * A `log` is refused by its count or its bytes, a user report by the feedback quota, sessions in
 * either form by one quota: a group asks for all its categories at once, and a quota that refuses
 * one refuses the group. Indexed categories are not asked for: they are limited after sampling.
 */
import type { DataCategory, Quantity } from '../data-category.ts'
import { type LedgerEntry, sumLedgerEntries } from '../outcome.ts'
import { createsEvent, type ItemKind, needsEvent } from './item-kind.ts'
import { type ItemFacts, itemQuantities, lossQuantities } from './item-quantities.ts'

/** What a quota says when it refuses; the caller's own kind of limit passes through. */
export interface Refusing {
  reason: string
}

export type ItemVerdict<Limit extends Refusing> =
  | { kind: 'admitted' }
  /** A dump whose bytes a limit turns away: it is processed into its event and then forgotten. */
  | { kind: 'admitted_unkept'; limit: Limit }
  | { kind: 'refused'; limit: Limit }

export interface LimitedItems<Limit extends Refusing> {
  /** One for each item, in order. */
  verdicts: ItemVerdict<Limit>[]
  /** Limits to tell the client; that of an unkept dump is not, or no further dump would come. */
  advertised: Limit[]
  losses: LedgerEntry[]
}

/**
 * Asks for each group in turn. `takeAll` takes all quantities from every quota that counts them, or
 * none and answers the limit that refused; the job is that of all check-ins of the group.
 */
export function applyLimits<Limit extends Refusing>(
  items: readonly ItemFacts[],
  takeAll: (quantities: Quantity[], monitor: ItemFacts['monitor']) => Limit | null,
): LimitedItems<Limit> {
  const verdicts: ItemVerdict<Limit>[] = items.map(() => ({ kind: 'admitted' }))
  const advertised = new Set<Limit>()
  const groups = groupItems(items)

  const limit =
    groups.event.length > 0 ? takeAll(eventQuantities(items, groups.event), undefined) : null
  if (limit) {
    advertised.add(limit)
    items.forEach(({ kind, header }, index) => {
      if (groups.event.includes(index) || needsEvent(kind, header)) {
        verdicts[index] = { kind: 'refused', limit }
      }
    })
  }
  for (const group of [groups.attachments, ...groups.others.values()]) {
    const asking = group.filter((index) => verdicts[index]?.kind === 'admitted')
    if (asking.length === 0) continue
    const quantities = sumQuantities(asking.map((index) => askedQuantities(items[index]!)))
    const refusedBy = takeAll(quantities, items[asking[0]!]!.monitor)
    if (!refusedBy) continue
    for (const index of asking) {
      const isDump = groups.event.includes(index)
      verdicts[index] = { kind: isDump ? 'admitted_unkept' : 'refused', limit: refusedBy }
      if (!isDump) advertised.add(refusedBy)
    }
  }
  return { verdicts, advertised: [...advertised], losses: lossesOf(items, verdicts) }
}

interface Groups {
  /** The items the event is made of; one, or several where a dump comes with an event. */
  event: number[]
  attachments: number[]
  others: Map<string, number[]>
}

function groupItems(items: readonly ItemFacts[]): Groups {
  const groups: Groups = { event: [], attachments: [], others: new Map() }
  items.forEach((item, index) => {
    const isEvent = createsEvent(item.kind, item.header)
    if (isEvent) groups.event.push(index)
    if (item.kind === 'attachment') groups.attachments.push(index)
    else if (!isEvent) {
      const categories = askedQuantities(item).map(({ category }) => category)
      const { slug, environment } = item.monitor ?? {}
      const name = JSON.stringify([...categories, slug, environment])
      // what no quota counts, asks none
      if (categories.length > 0) {
        groups.others.set(name, [...(groups.others.get(name) ?? []), index])
      }
    }
  })
  return groups
}

/** The event is counted once: by the item that says what it is, else as the error a dump makes. */
function eventQuantities(items: readonly ItemFacts[], event: number[]): Quantity[] {
  const named = event.filter((index) => items[index]?.kind !== 'attachment')
  if (named.length === 0) return [{ category: 'error', quantity: 1 }]
  return sumQuantities(named.map((index) => askedQuantities(items[index]!)))
}

/** Spans of a transaction go with it: asking for them would let a span quota stop transactions. */
const NOT_ASKED: Partial<Record<ItemKind, DataCategory[]>> = { transaction: ['span'] }

function askedQuantities(facts: ItemFacts): Quantity[] {
  return itemQuantities(facts).filter(
    ({ category }) => !category.endsWith('_indexed') && !NOT_ASKED[facts.kind]?.includes(category),
  )
}

function sumQuantities(lists: Quantity[][]): Quantity[] {
  const sums = new Map<DataCategory, number>()
  for (const { category, quantity } of lists.flat()) {
    sums.set(category, (sums.get(category) ?? 0) + quantity)
  }
  return [...sums].map(([category, quantity]) => ({ category, quantity }))
}

/**
 * What was lost, in every category the item counts in. A dump that was refused is also the error
 * that was never made, unless an event item said so already.
 */
function lossesOf<Limit extends Refusing>(
  items: readonly ItemFacts[],
  verdicts: ItemVerdict<Limit>[],
): LedgerEntry[] {
  const losses: LedgerEntry[] = []
  const hasEventItem = items.some(
    ({ kind, header }) => kind !== 'attachment' && createsEvent(kind, header),
  )
  let isErrorTold = hasEventItem
  items.forEach((item, index) => {
    const verdict = verdicts[index]!
    if (verdict.kind === 'admitted') return
    const { reason } = verdict.limit
    const lose = ({ category, quantity }: Quantity): void => {
      losses.push({ category, quantity, outcome: 'rate_limited', reason })
    }
    lossQuantities(item).forEach(lose)
    const isDump = item.kind === 'attachment' && createsEvent(item.kind, item.header)
    if (verdict.kind === 'refused' && isDump && !isErrorTold) {
      lose({ category: 'error', quantity: 1 })
      isErrorTold = true
    }
  })
  return sumLedgerEntries(losses)
}
