/**
 * Every item ends in exactly one outcome. Names are Sentry's, so that SDKs, `stats_v2` and people
 * read the same words (spec/ingest.md §7.1).
 */
export type OutcomeName =
  | 'accepted'
  | 'filtered'
  | 'rate_limited'
  | 'invalid'
  | 'abuse'
  | 'client_discard'
  | 'cardinality_limited'

/** Why we call an item invalid: Relay's names where it has one, ours below the line. */
export type InvalidReason =
  | 'duplicate'
  | 'invalid_json'
  | 'no_data'
  | 'timestamp'
  | 'too_large:event'
  | 'feature_disabled'
  | 'internal'
  // ours: an item whose `type` no version of the protocol knows
  | 'unknown_item_type'

/** A share of what one project sent and what became of it, as it stands in the loss ledger. */
export interface LedgerEntry {
  category: DataCategory
  outcome: OutcomeName
  /** Filter key, quota reason code, discard reason; null when the outcome needs none. */
  reason: string | null
  quantity: number
}

/** What quotas and outcomes are counted in (spec/ingest.md §6.2); the items we can meet today. */
export const DATA_CATEGORIES = [
  'default',
  'error',
  'transaction',
  'security',
  'attachment',
  'session',
  'profile',
  'profile_chunk',
  'replay',
  'monitor',
  'span',
  'feedback',
  'metric_bucket',
  'log_item',
  'trace_metric',
  'unknown',
] as const

export type DataCategory = (typeof DATA_CATEGORIES)[number]

/** The category of this name, or `unknown`: SDKs report categories we may not know yet. */
export function dataCategory(name: unknown): DataCategory {
  return DATA_CATEGORIES.find((category) => category === name) ?? 'unknown'
}
