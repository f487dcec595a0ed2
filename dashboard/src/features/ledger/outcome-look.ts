import type { Ledger } from '#contract/ledger.ts'
import { OUTCOME_NAMES } from '~/ui/loss-text.ts'

type OutcomeLook = { fill: string; dot: string }

/** Losses we cause on purpose, losses by limits, and losses that are somebody's mistake. */
const LOOKS = new Map<string, OutcomeLook>([
  ['accepted', { fill: 'fill-kumo-success', dot: 'bg-kumo-success' }],
  ['filtered', { fill: 'fill-kumo-info', dot: 'bg-kumo-info' }],
  ['rate_limited', { fill: 'fill-kumo-warning', dot: 'bg-kumo-warning' }],
  ['invalid', { fill: 'fill-kumo-danger', dot: 'bg-kumo-danger' }],
  ['abuse', { fill: 'fill-kumo-badge-purple', dot: 'bg-kumo-badge-purple' }],
  ['cardinality_limited', { fill: 'fill-kumo-badge-teal', dot: 'bg-kumo-badge-teal' }],
])

const OTHER: OutcomeLook = { fill: 'fill-kumo-badge-neutral', dot: 'bg-kumo-badge-neutral' }

export function lookOf(outcome: string): OutcomeLook {
  return LOOKS.get(outcome) ?? OTHER
}

/** Known outcomes first and in their order, then whatever else the server names. */
export function sortOutcomes(outcomes: Iterable<string>): string[] {
  const known = Object.keys(OUTCOME_NAMES)
  const place = (outcome: string) =>
    known.includes(outcome) ? known.indexOf(outcome) : known.length
  return [...outcomes].toSorted((a, b) => place(a) - place(b))
}

/** Whether a category counts pieces; others count bytes or milliseconds. */
export function countsPieces(ledger: Ledger, category: string): boolean {
  const unit = ledger.categories.find((each) => each.category === category)?.unit
  return unit === undefined || unit === 'count'
}
