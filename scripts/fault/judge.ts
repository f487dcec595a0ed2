/**
 * What must hold after the product was killed and has drained (architecture §3, guarantee 1):
 * everything that was acknowledged is there once, nothing is there twice, every count is the number
 * of events behind it, and the ledger balances to zero.
 */

/** One issue as the API tells it. */
export interface ObservedIssue {
  shortId: string
  /** Its own count. */
  count: number
  /** Sum of the weights of its listed events. */
  weight: number
  /** Listed events. */
  rows: number
}

export interface ObservedLedger {
  received: number
  accepted: number
  /** Events refused as repeats of one that is stored; anything else must not occur here. */
  duplicates: number
  otherLosses: number
  inFlight: number
  difference: number
}

export interface Observations {
  /** Ids whose send got a 200. */
  acknowledged: Set<string>
  /** Ids whose send got no answer or a failure: stored or not, but at most once. */
  unknown: Set<string>
  /** Ids that `events/{id}/` finds. */
  found: Set<string>
  /** Ids of the project's event list, all pages, as they came. */
  listed: string[]
  issues: ObservedIssue[]
  ledger: ObservedLedger
  /** True when no issue passed the thinning threshold: then every event has a row of its own. */
  isEveryEventListed: boolean
}

/** Each broken promise in words; empty when all were kept. */
export function judge(seen: Observations): string[] {
  const { acknowledged, unknown, found, listed, issues, ledger } = seen
  const failures: string[] = []
  const expect = (what: string, actual: number, wanted: number): void => {
    if (actual !== wanted) failures.push(`${what}: ${actual}, must be ${wanted}`)
  }
  const listedOnce = new Set(listed)
  expect('acknowledged events that cannot be read', missing(acknowledged, found), 0)
  expect('events listed twice', listed.length - listedOnce.size, 0)
  const sent = new Set([...acknowledged, ...unknown])
  expect('listed events that nobody sent', missing(listedOnce, sent), 0)
  if (seen.isEveryEventListed) {
    expect('events listed', listedOnce.size, found.size)
  }
  for (const { shortId, count, weight } of issues) expect(`weights of ${shortId}`, weight, count)
  expect(
    'rows of all issues',
    sum(issues, ({ rows }) => rows),
    listedOnce.size,
  )
  expect(
    'counts of all issues',
    sum(issues, ({ count }) => count),
    found.size,
  )
  expect('events accepted by the ledger', ledger.accepted, found.size)
  expect('events in flight', ledger.inFlight, 0)
  expect('losses other than repeats', ledger.otherLosses, 0)
  expect('received by the ledger', ledger.received, ledger.accepted + ledger.duplicates)
  expect('difference of the ledger', ledger.difference, 0)
  return failures
}

function missing(wanted: Set<string>, among: Set<string>): number {
  let count = 0
  for (const id of wanted) if (!among.has(id)) count += 1
  return count
}

function sum<Item>(items: Item[], quantity: (item: Item) => number): number {
  return items.reduce((total, item) => total + quantity(item), 0)
}
