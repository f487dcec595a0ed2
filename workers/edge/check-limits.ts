import { INTERNAL_ITEM_TYPE } from '#domain/envelope/item-kind.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import type { Refusal } from './answer.ts'

interface Bucket {
  types: string[]
  itemsMax: number
  bytesMax: number
}

const MIB = 1024 * 1024

/** Kinds that share a limit; one violation rejects the whole envelope (spec/ingest.md §5.4). */
const BUCKETS: Bucket[] = [
  {
    types: [
      'event',
      'transaction',
      'security',
      'raw_security',
      'replay_event',
      'feedback',
      'form_data',
    ],
    itemsMax: 1,
    bytesMax: MIB,
  },
  { types: ['attachment', 'unreal_report', 'user_report'], itemsMax: 30, bytesMax: 200 * MIB },
  { types: ['replay_recording'], itemsMax: 1, bytesMax: 10 * MIB },
  { types: ['replay_video'], itemsMax: 1, bytesMax: 10 * MIB },
  { types: ['session', 'sessions'], itemsMax: 100, bytesMax: 10 * MIB },
  { types: ['client_report'], itemsMax: 100, bytesMax: 100 * 1024 },
  { types: ['profile', 'profile_chunk', 'profile_chunk_ui'], itemsMax: 1, bytesMax: 50 * MIB },
  { types: ['check_in'], itemsMax: 1, bytesMax: 100 * 1024 },
  { types: ['statsd'], itemsMax: 1, bytesMax: MIB },
  { types: ['metric_buckets'], itemsMax: 1, bytesMax: MIB },
  { types: ['log'], itemsMax: 1, bytesMax: 12 * MIB },
  { types: ['trace_metric'], itemsMax: 1, bytesMax: 12 * MIB },
  { types: ['span'], itemsMax: 25, bytesMax: 12 * MIB },
]

/** The first size or count rule this envelope breaks, as its refusal. */
export function checkLimits(items: EnvelopeItem[]): Refusal | null {
  if (items.some(({ type }) => type === INTERNAL_ITEM_TYPE)) {
    return { status: 400, detail: 'envelope contains internal items' }
  }
  for (const { types, itemsMax, bytesMax } of BUCKETS) {
    const inBucket = items.filter(({ type }) => types.includes(type))
    const bytes = inBucket.reduce((sum, { payload }) => sum + payload.length, 0)
    if (inBucket.length > itemsMax || bytes > bytesMax) {
      const type = inBucket.at(-1)?.type
      return { status: 413, detail: `envelope exceeded size limits for type '${type}'` }
    }
  }
  return null
}
