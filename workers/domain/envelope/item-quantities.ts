/**
 * What one item counts, and in which categories: a transaction is a transaction, an indexed one and
 * as many spans as it holds; an attachment is bytes and a piece (spec/ingest.md §5.3).
 */
import { attachmentBytes } from '../attachment/attachment-type.ts'
import type { DataCategory, Quantity } from '../data-category.ts'
import { containerItemCount, ITEM_CATEGORY, type ItemKind } from './item-kind.ts'

/** What is known of an item before, or without, reading its payload. */
export interface ItemFacts {
  kind: ItemKind
  header: Record<string, unknown>
  /** Length of the payload as it came: enrichment is never billed. */
  bytes: number
  /** Spans inside a transaction, beside its own; 0 while nobody has looked. */
  childSpans?: number
  /** The job a check-in is of, once it was read: each has a limit of its own. */
  monitor?: { slug: string; environment: string }
  /** What the elements of a container came to, once they were read: this is counted instead. */
  counted?: Quantity[]
}

/** Profilers of what a user looks at; all others profile a backend. JavaScript: unverified. */
const UI_PLATFORMS = ['cocoa', 'android', 'javascript']

/** What quotas count of this item. Empty for kinds that no quota knows. */
export function itemQuantities(facts: ItemFacts): Quantity[] {
  const { kind, header, bytes, childSpans = 0, counted } = facts
  if (counted !== undefined) return counted
  const one = (category: DataCategory): Quantity => ({ category, quantity: 1 })
  const many = (category: DataCategory, quantity: number): Quantity => ({ category, quantity })
  switch (kind) {
    case 'transaction':
      return [one('transaction'), one('transaction_indexed'), many('span', childSpans + 1)]
    case 'attachment':
      return [many('attachment', attachmentBytes(header, bytes)), one('attachment_item')]
    case 'profile':
      return [one('profile'), one('profile_indexed'), ...profileSurface(header)]
    case 'profile_chunk':
    case 'profile_chunk_ui':
      return profileChunk(kind, header)
    case 'span': {
      const count = containerItemCount(header, bytes)
      return [many('span', count), many('span_indexed', count)]
    }
    case 'log':
      return [many('log_item', containerItemCount(header, bytes)), many('log_byte', bytes)]
    case 'trace_metric':
      return [
        many('trace_metric', containerItemCount(header, bytes)),
        many('trace_metric_byte', bytes),
      ]
    case 'form_data':
    case 'client_report':
    case 'statsd':
    case 'metric_buckets':
    case 'nel':
      return []
    case 'event':
    case 'security':
    case 'raw_security':
    case 'feedback':
    case 'user_report':
    case 'unreal_report':
    case 'session':
    case 'sessions':
    case 'replay_event':
    case 'replay_recording':
    case 'replay_video':
    case 'check_in':
      return [one(ITEM_CATEGORY[kind])]
  }
}

/**
 * What the ledger says was lost with this item: what quotas count of it or, where they count
 * nothing, one of its kind. Nothing for a client report: it is not data, it tells of data.
 */
export function lossQuantities(facts: ItemFacts): Quantity[] {
  if (facts.kind === 'client_report') return []
  const quantities = itemQuantities(facts)
  return quantities.length > 0 ? quantities : [{ category: ITEM_CATEGORY[facts.kind], quantity: 1 }]
}

/** Spans a transaction's payload holds beside its own. */
export function countChildSpans(transaction: Record<string, unknown>): number {
  const spans = transaction['spans']
  return Array.isArray(spans) ? spans.length : 0
}

function profileSurface({ platform }: Record<string, unknown>): Quantity[] {
  if (typeof platform !== 'string') return []
  const category = UI_PLATFORMS.includes(platform) ? 'profile_ui' : 'profile_backend'
  return [{ category, quantity: 1 }]
}

/** Without a platform nobody knows which of the two it is: it counts only under the UI alias. */
function profileChunk(
  kind: 'profile_chunk' | 'profile_chunk_ui',
  { platform }: Record<string, unknown>,
): Quantity[] {
  if (typeof platform !== 'string') return kind === 'profile_chunk' ? [] : [chunk(true)]
  return [chunk(UI_PLATFORMS.includes(platform))]
}

const chunk = (isUi: boolean): Quantity => ({
  category: isUi ? 'profile_chunk_ui' : 'profile_chunk',
  quantity: 1,
})
