/**
 * How many items of a kind, and how large, one envelope may bring (spec/ingest.md §5.4; figures are
 * Relay's defaults of 2026). Kinds share buckets, and one violation rejects the whole envelope.
 */
import { attachmentType, attachmentTypeName } from '../attachment/attachment-type.ts'
import { err, ok, type Result } from '../result.ts'
import { isContainer } from './container.ts'
import { containerItemCount, INTERNAL_ITEM_TYPE, type ItemKind, itemKind } from './item-kind.ts'
import { type EnvelopeItem, payloadBytes } from './parse-envelope.ts'

interface Bucket {
  itemsMax: number
  /** One item; of a container, one of its elements on average: each is checked once parsed. */
  itemBytesMax: number
  bytesMax: number
}

const KIB = 1024
const MIB = 1024 * KIB

/** All elements of a container together. */
const CONTAINER_BYTES_MAX = 12 * MIB

const bucket = (itemsMax: number, itemBytesMax: number, bytesMax = itemBytesMax): Bucket => ({
  itemsMax,
  itemBytesMax,
  bytesMax,
})

const EVENT = bucket(1, MIB)
const ATTACHMENT = bucket(30, 200 * MIB)
const SESSION = bucket(100, 10 * MIB)
const PROFILE = bucket(1, 50 * MIB)
const SPAN_CONTAINER = bucket(1, 10 * MIB, CONTAINER_BYTES_MAX)

const BUCKETS: Record<Exclude<ItemKind, 'nel'>, Bucket> = {
  event: EVENT,
  transaction: EVENT,
  security: EVENT,
  raw_security: EVENT,
  replay_event: EVENT,
  feedback: EVENT,
  form_data: EVENT,
  attachment: ATTACHMENT,
  unreal_report: ATTACHMENT,
  user_report: ATTACHMENT,
  replay_recording: bucket(1, 10 * MIB),
  replay_video: bucket(1, 10 * MIB),
  session: SESSION,
  sessions: SESSION,
  client_report: bucket(100, 100 * KIB),
  profile: PROFILE,
  profile_chunk: PROFILE,
  profile_chunk_ui: PROFILE,
  check_in: bucket(1, 100 * KIB),
  statsd: bucket(1, MIB),
  metric_buckets: bucket(1, MIB),
  log: bucket(1, 2 * MIB, CONTAINER_BYTES_MAX),
  trace_metric: bucket(1, MIB, CONTAINER_BYTES_MAX),
  span: bucket(25, 10 * MIB, CONTAINER_BYTES_MAX),
}

/** The most bytes one element of a container may have: a log, a span, a metric. */
export const ELEMENT_BYTES_MAX = {
  log: BUCKETS.log.itemBytesMax,
  span: SPAN_CONTAINER.itemBytesMax,
  trace_metric: BUCKETS.trace_metric.itemBytesMax,
} as const

export type EnvelopeLimitError =
  /** A kind that clients have no business to send. */
  | { reason: 'internal_item' }
  /** `what`: the name in the answer and in the outcome `too_large:<what>`. */
  | {
      reason: 'too_large'
      what: string
      limit: 'item_bytes' | 'items' | 'bytes'
      max: number
      got: number
    }

/** Checks every item against its bucket; the first violation is the answer. */
export function checkEnvelopeLimits(items: EnvelopeItem[]): Result<null, EnvelopeLimitError> {
  const filled = new Map<Bucket, { items: number; bytes: number }>()
  for (const item of items) {
    if (item.type === INTERNAL_ITEM_TYPE) return err({ reason: 'internal_item' })
    const limits = bucketOf(item)
    if (!limits) continue
    const before = filled.get(limits) ?? { items: 0, bytes: 0 }
    const after = { items: before.items + 1, bytes: before.bytes + payloadBytes(item) }
    filled.set(limits, after)
    const itemBytes = averageBytes(item)
    const refuse = (
      limit: 'item_bytes' | 'items' | 'bytes',
      max: number,
      got: number,
    ): { ok: false; error: EnvelopeLimitError } =>
      err({ reason: 'too_large', what: tooLargeName(item), limit, max, got })
    if (itemBytes > limits.itemBytesMax) {
      return refuse('item_bytes', limits.itemBytesMax, itemBytes)
    }
    if (after.items > limits.itemsMax) return refuse('items', limits.itemsMax, after.items)
    if (after.bytes > limits.bytesMax) return refuse('bytes', limits.bytesMax, after.bytes)
  }
  return ok(null)
}

/** Names an item as Relay's `too_large:` outcomes do (§7.1). */
function tooLargeName({ type, header }: EnvelopeItem): string {
  if (type === 'feedback') return 'user_report_v2'
  if (type === 'profile_chunk_ui') return 'profile_chunk'
  return type === 'attachment' ? `attachment:${attachmentTypeName(attachmentType(header))}` : type
}

function bucketOf(item: EnvelopeItem): Bucket | null {
  const kind = itemKind(item.type)
  if (kind === null || kind === 'nel') return null
  return kind === 'span' && isContainer(kind, item.header) ? SPAN_CONTAINER : BUCKETS[kind]
}

function averageBytes(item: EnvelopeItem): number {
  const kind = itemKind(item.type)
  const bytes = payloadBytes(item)
  if (kind === null || !isContainer(kind, item.header)) return bytes
  return Math.floor(bytes / containerItemCount(item.header, bytes))
}
