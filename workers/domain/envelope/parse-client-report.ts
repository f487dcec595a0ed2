import { dataCategory, type LedgerEntry, type OutcomeName } from '../outcome.ts'

/** A report older than this, or from further ahead, says nothing we can place (ingest.md §7.2). */
const AGE_MAX_MS = 90 * 86_400_000
const AHEAD_MAX_MS = 60_000
/** Reasons are shown in lists; Relay cuts nothing but drops the whole report above this. */
const REASON_CHARACTERS_MAX = 200
const QUANTITY_MAX = 1e12

/** Lists a report may carry and the outcome each means. */
const LISTS: [key: string, outcome: OutcomeName][] = [
  ['discarded_events', 'client_discard'],
  ['filtered_events', 'filtered'],
  ['filtered_sampling_events', 'filtered'],
  ['rate_limited_events', 'rate_limited'],
]

/**
 * What an SDK lost by itself, as ledger entries. Unreadable reports give none: Sentry answers 200
 * and skips them, and they are not the user's data. `now` is Unix ms.
 */
export function parseClientReport(report: unknown, now: number): LedgerEntry[] {
  if (typeof report !== 'object' || report === null) return []
  const fields = report as Record<string, unknown>
  if (!isPlaceable(fields['timestamp'], now)) return []
  return LISTS.flatMap(([key, outcome]) => {
    const list = fields[key]
    return Array.isArray(list) ? list.flatMap((entry) => ledgerEntry(entry, outcome)) : []
  })
}

function ledgerEntry(entry: unknown, outcome: OutcomeName): LedgerEntry[] {
  if (typeof entry !== 'object' || entry === null) return []
  const { category, reason, quantity } = entry as Record<string, unknown>
  if (typeof quantity !== 'number' || !Number.isSafeInteger(quantity)) return []
  if (quantity <= 0 || quantity > QUANTITY_MAX) return []
  if (typeof reason !== 'string' || reason.length > REASON_CHARACTERS_MAX) return []
  return [{ category: dataCategory(category), outcome, reason: reason || null, quantity }]
}

function isPlaceable(timestamp: unknown, now: number): boolean {
  if (timestamp === undefined || timestamp === null) return true
  const at = typeof timestamp === 'number' ? timestamp * 1000 : Date.parse(String(timestamp))
  return at > now - AGE_MAX_MS && at < now + AHEAD_MAX_MS
}
