import { isFiniteNumber, isObject } from '../json.ts'
import {
  dataCategory,
  FILTER_REASONS,
  type LedgerEntry,
  type OutcomeName,
  sumLedgerEntries,
} from '../outcome.ts'

/** A report older than this, or from further ahead, says nothing we can place (ingest.md §7.2). */
const AGE_MAX_MS = 90 * 86_400_000
const AHEAD_MAX_MS = 60_000
/** Reasons are shown in lists; an entry with a longer one is skipped. */
const REASON_BYTES_MAX = 200
const QUANTITY_MAX = 1e12

/** The lists of a report, the outcome each means, and its reason as we tell it; undefined: skip. */
const LISTS: [key: string, outcome: OutcomeName, told: (reason: string) => string | undefined][] = [
  ['discarded_events', 'client_discard', (reason) => reason],
  ['filtered_events', 'filtered', (reason) => FILTER_REASONS.find((known) => known === reason)],
  ['filtered_sampling_events', 'filtered', samplingReason],
  ['rate_limited_events', 'rate_limited', (reason) => reason],
]

/** When the reports of an envelope came. Both in ms; `driftMs` as `clockDriftMs` says it. */
export interface ReportContext {
  receivedAt: number
  driftMs: number
}

/**
 * What an SDK lost by itself, as ledger entries: all reports of one envelope, equal entries added
 * up. The first time that any of them names dates them all. Unreadable reports give none: Sentry
 * answers 200 and skips them, and they are not the user's data.
 */
export function parseClientReports(reports: unknown[], context: ReportContext): LedgerEntry[] {
  const readable = reports.filter(isObject)
  const dated = readable.find(({ timestamp }) => timestamp !== undefined && timestamp !== null)
  if (dated && !isPlaceable(dated['timestamp'], context)) return []
  return sumLedgerEntries(
    readable.flatMap((report) =>
      LISTS.flatMap(([key, outcome, told]) => {
        const list = report[key]
        return Array.isArray(list) ? list.flatMap((entry) => readEntry(entry, outcome, told)) : []
      }),
    ),
  )
}

function readEntry(
  entry: unknown,
  outcome: OutcomeName,
  told: (reason: string) => string | undefined,
): LedgerEntry[] {
  if (!isObject(entry)) return []
  const { category, reason, quantity } = entry
  if (typeof quantity !== 'number' || !Number.isSafeInteger(quantity)) return []
  if (quantity <= 0 || quantity > QUANTITY_MAX) return []
  if (typeof reason !== 'string' || isLong(reason)) return []
  const name = told(reason)
  if (name === undefined) return []
  return [{ category: dataCategory(category), outcome, reason: name || null, quantity }]
}

/** `Sampled:1414,1001` → `Sampled:1001,1400`: rules by their group, each once, in order (§7.1). */
function samplingReason(reason: string): string | undefined {
  const list = /^Sampled:(\d{1,9}(?:,\d{1,9})*)$/.exec(reason)?.[1]
  if (list === undefined) return undefined
  const groups = new Set(list.split(',').map((id) => ruleGroup(Number(id))))
  return `Sampled:${[...groups].sort((a, b) => a - b).join(',')}`
}

function ruleGroup(id: number): number {
  if (id >= 1000 && id <= 1005) return id
  if (id >= 1400 && id <= 1499) return 1400
  if (id >= 1500 && id <= 1599) return 1500
  return id >= 3000 && id <= 4999 ? 3000 : 0
}

function isLong(reason: string): boolean {
  return new TextEncoder().encode(reason).length > REASON_BYTES_MAX
}

function isPlaceable(timestamp: unknown, { receivedAt, driftMs }: ReportContext): boolean {
  const at = statedAt(timestamp) + driftMs
  return at > receivedAt - AGE_MAX_MS && at < receivedAt + AHEAD_MAX_MS
}

/** UNIX seconds or a date, as Unix ms; NaN for anything else. */
function statedAt(timestamp: unknown): number {
  if (isFiniteNumber(timestamp)) return timestamp * 1000
  return typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN
}
