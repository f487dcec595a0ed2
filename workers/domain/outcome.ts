/**
 * Every item ends in exactly one outcome. Names are Sentry's, so that SDKs, `stats_v2` and people
 * read the same words (spec/ingest.md §7.1).
 */
import type { DataCategory } from './data-category.ts'

export { type DataCategory, dataCategory } from './data-category.ts'

/** Outcomes and the ids Sentry numbers them by. */
export const OUTCOME_ID = {
  accepted: 0,
  filtered: 1,
  rate_limited: 2,
  invalid: 3,
  abuse: 4,
  client_discard: 5,
  cardinality_limited: 6,
} as const

export type OutcomeName = keyof typeof OUTCOME_ID

/** Why we call an item invalid. Relay's names, spelled as it spells them; ours below the line. */
export const INVALID_REASONS = [
  'duplicate',
  'project_id',
  'auth_version',
  'auth_client',
  'no_data',
  'empty_envelope',
  'disallowed_method',
  'content_type',
  'multi_project_id',
  'missing_minidump_upload',
  'invalid_minidump',
  'security_report_type',
  'security_report',
  'cors',
  'process_unreal',
  'payload',
  'invalid_json',
  'invalid_multipart',
  'invalid_msgpack',
  'invalid_proto',
  'invalid_transaction',
  'invalid_envelope',
  'invalid_compression',
  'timestamp',
  'project_state',
  'project_state_pii',
  'duplicate_item',
  'no_event_payload',
  'internal',
  'transaction_sampled',
  'invalid_replay',
  'invalid_replay_no_payload',
  'invalid_replay_pii_scrubber_failed',
  'invalid_replay_recording',
  'invalid_replay_video',
  'invalid_log',
  'invalid_span',
  'invalid_trace_metric',
  'invalid_placeholder_attachment',
  'feature_disabled',
  'transaction_attachment',
  'invalid_signature',
  'missing_signature',
  // ours: an item whose `type` no version of the protocol knows
  'unknown_item_type',
  // ours: Relay drops these under `invalid_json` or under no name at all
  'invalid_session',
  'invalid_check_in',
  'invalid_user_report',
] as const

/** `too_large` says of what: `too_large:event`, `too_large:attachment:minidump`. */
export type InvalidReason = (typeof INVALID_REASONS)[number] | `too_large:${string}`

/** Keys of inbound filters, as a `filtered` outcome names them (spec/ingest.md §7.1). */
export const FILTER_REASONS = [
  'ip-address',
  'release-version',
  'error-message',
  'browser-extensions',
  'legacy-browsers',
  'localhost',
  'web-crawlers',
  'invalid-csp',
  'cors',
  'discarded-hash',
  'filtered-transaction',
  'hydration-error',
  'react-hydration-errors',
  'chunk-load-error',
] as const

/** A share of what one project sent and what became of it, as it stands in the loss ledger. */
export interface LedgerEntry {
  category: DataCategory
  outcome: OutcomeName
  /** Filter key, quota reason code, discard reason; null when the outcome needs none. */
  reason: string | null
  quantity: number
}

/** One entry for each (category, outcome, reason), quantities added; in order of first sight. */
export function sumLedgerEntries(entries: Iterable<LedgerEntry>): LedgerEntry[] {
  const sums = new Map<string, LedgerEntry>()
  for (const entry of entries) {
    const key = JSON.stringify([entry.category, entry.outcome, entry.reason])
    const sum = sums.get(key)
    if (sum) sum.quantity += entry.quantity
    else sums.set(key, { ...entry })
  }
  return [...sums.values()]
}
