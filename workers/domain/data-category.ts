/** What quotas and outcomes are counted in, and the id of each (spec/ingest.md §6.2). */
export const DATA_CATEGORY_ID = {
  default: 0,
  error: 1,
  transaction: 2,
  security: 3,
  attachment: 4,
  session: 5,
  profile: 6,
  replay: 7,
  transaction_processed: 8,
  transaction_indexed: 9,
  monitor: 10,
  profile_indexed: 11,
  span: 12,
  monitor_seat: 13,
  feedback: 14,
  metric_bucket: 15,
  span_indexed: 16,
  profile_duration: 17,
  profile_chunk: 18,
  metric_second: 19,
  replay_video: 20,
  uptime: 21,
  attachment_item: 22,
  log_item: 23,
  log_byte: 24,
  profile_duration_ui: 25,
  profile_chunk_ui: 26,
  seer_autofix: 27,
  seer_scanner: 28,
  prevent_user: 29,
  prevent_review: 30,
  size_analysis: 31,
  installable_build: 32,
  trace_metric: 33,
  seer_user: 34,
  profile_backend: 35,
  profile_ui: 36,
  trace_metric_byte: 37,
  unknown: -1,
} as const

export type DataCategory = keyof typeof DATA_CATEGORY_ID

export const DATA_CATEGORIES = Object.keys(DATA_CATEGORY_ID) as DataCategory[]

/** Names SDKs use for a category that the table calls otherwise (spec/ingest.md §6.2, end). */
const ALIASES: Record<string, DataCategory> = { user_report_v2: 'feedback', metric: 'trace_metric' }

/** The category of this name, or `unknown`: SDKs report categories we may not know yet. */
export function dataCategory(name: unknown): DataCategory {
  if (typeof name !== 'string') return 'unknown'
  if (Object.hasOwn(DATA_CATEGORY_ID, name)) return name as DataCategory
  return (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined) ?? 'unknown'
}

export type CategoryUnit = 'count' | 'bytes' | 'milliseconds'

/** What the quantities of this category are. A quota may not add up different units. */
export function categoryUnit(category: DataCategory): CategoryUnit {
  switch (category) {
    case 'attachment':
    case 'log_byte':
    case 'trace_metric_byte':
      return 'bytes'
    case 'profile_duration':
    case 'profile_duration_ui':
      return 'milliseconds'
    default:
      return 'count'
  }
}

/** What is an error to a person; Sentry's key limit counts these and nothing else. */
export const ERROR_LIKE: readonly DataCategory[] = ['default', 'error', 'security']

/** An amount of one category: 1 item, 512 bytes. */
export interface Quantity {
  category: DataCategory
  quantity: number
}
