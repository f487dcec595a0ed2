import type { DataCategory } from '../outcome.ts'

/**
 * Every item kind of the protocol and the category its loss is counted in (spec/ingest.md §5.3).
 * A kind that is not in this table is unknown.
 */
export const ITEM_CATEGORY = {
  event: 'error',
  transaction: 'transaction',
  security: 'security',
  raw_security: 'security',
  feedback: 'feedback',
  user_report: 'feedback',
  unreal_report: 'error',
  attachment: 'attachment',
  form_data: 'default',
  session: 'session',
  sessions: 'session',
  client_report: 'default',
  profile: 'profile',
  profile_chunk: 'profile_chunk',
  profile_chunk_ui: 'profile_chunk',
  replay_event: 'replay',
  replay_recording: 'replay',
  replay_video: 'replay',
  check_in: 'monitor',
  span: 'span',
  log: 'log_item',
  trace_metric: 'trace_metric',
  statsd: 'metric_bucket',
  metric_buckets: 'metric_bucket',
  nel: 'default',
} as const satisfies Record<string, DataCategory>

export type ItemKind = keyof typeof ITEM_CATEGORY

/** Item types only relays may send; from a client they are refused (spec/ingest.md §1, errors). */
export const INTERNAL_ITEM_TYPE = 'integration'

/** The kind of this item type; null for a type no version of the protocol knows. */
export function itemKind(type: string): ItemKind | null {
  return Object.hasOwn(ITEM_CATEGORY, type) ? (type as ItemKind) : null
}

/** Category of an item whose payload was not read. Containers say how many they hold. */
export function itemQuantity(kind: ItemKind, header: Record<string, unknown>, bytes: number): number {
  if (kind === 'attachment') return Math.max(bytes, 1)
  const count = header['item_count']
  const isContainer = kind === 'span' || kind === 'log' || kind === 'trace_metric'
  return isContainer && Number.isSafeInteger(count) && Number(count) > 0 ? Number(count) : 1
}
