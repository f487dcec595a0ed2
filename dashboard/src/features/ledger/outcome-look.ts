/** How each outcome is called and coloured, in the order people should read them. */
export const OUTCOME_LOOKS: Record<string, { name: string; fill: string; dot: string }> = {
  accepted: { name: 'Accepted', fill: 'fill-kumo-success', dot: 'bg-kumo-success' },
  filtered: { name: 'Filtered', fill: 'fill-kumo-info', dot: 'bg-kumo-info' },
  rate_limited: { name: 'Rate limited', fill: 'fill-kumo-warning', dot: 'bg-kumo-warning' },
  invalid: { name: 'Invalid', fill: 'fill-kumo-danger', dot: 'bg-kumo-danger' },
  abuse: { name: 'Abuse', fill: 'fill-kumo-badge-purple', dot: 'bg-kumo-badge-purple' },
  cardinality_limited: {
    name: 'Cardinality limited',
    fill: 'fill-kumo-badge-orange',
    dot: 'bg-kumo-badge-orange',
  },
  client_discard: {
    name: 'Discarded by client',
    fill: 'fill-kumo-badge-neutral',
    dot: 'bg-kumo-badge-neutral',
  },
}

const UNKNOWN = { fill: 'fill-kumo-badge-neutral', dot: 'bg-kumo-badge-neutral' }

export function lookOf(outcome: string) {
  return OUTCOME_LOOKS[outcome] ?? { name: outcome.replaceAll('_', ' '), ...UNKNOWN }
}

/** Known outcomes first and in their order, then whatever else the server names. */
export function sortOutcomes(outcomes: Iterable<string>): string[] {
  const known = Object.keys(OUTCOME_LOOKS)
  const place = (outcome: string) =>
    known.includes(outcome) ? known.indexOf(outcome) : known.length
  return [...outcomes].toSorted((a, b) => place(a) - place(b))
}
