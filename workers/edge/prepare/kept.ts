import { lossQuantities } from '#domain/envelope/item-quantities.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { scrubName } from '#domain/scrub/scrub-text.ts'
import type { Scrubbing } from '#domain/scrub/scrubbing.ts'
import { type Circumstances, factsOf, keep, type Prepared } from './prepared.ts'

type BinaryKind =
  | 'attachment'
  | 'profile'
  | 'profile_chunk'
  | 'profile_chunk_ui'
  | 'replay_recording'
  | 'replay_video'

/** Payloads above this are objects of their own; a journal row and an RPC stay small. */
const PACKED_BYTES_MAX = 64 * 1024

/** Header fields that say how to read the payload; the rest of a stranger's header is not kept. */
const HEADER_FIELDS = [
  'filename',
  'content_type',
  'attachment_type',
  'platform',
  'meta_length',
  'span_id',
] as const
const FIELD_CHARACTERS_MAX = 512

/** Binary items: kept byte for byte, in the pack or beside it. */
export async function prepareKept(
  kind: BinaryKind,
  item: EnvelopeItem,
  { received, project, blobs }: Circumstances,
): Promise<Prepared> {
  const facts = factsOf(kind, item)
  const isLarge = item.payload.length > PACKED_BYTES_MAX
  const stored = item.stored ?? (isLarge ? await blobs.put(item.payload) : null)
  const meta = {
    receivedAt: received.now,
    quantities: lossQuantities(facts),
    header: keptHeader(item.header, project.scrubbing),
    ...(stored ? { blob: stored } : {}),
  }
  const packedKind = kind === 'profile_chunk_ui' ? 'profile_chunk' : kind
  const payload = stored ? '' : item.payload
  return {
    kind: 'admissible',
    item: await keep(packedKind, received.eventId, facts, meta, payload, blobs),
  }
}

function keptHeader(
  header: Record<string, unknown>,
  scrubbing: Scrubbing,
): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const field of HEADER_FIELDS) {
    const value = header[field]
    if (typeof value === 'number') kept[field] = value
    if (typeof value !== 'string') continue
    kept[field] = scrubName(value.slice(0, FIELD_CHARACTERS_MAX), scrubbing)
  }
  return kept
}
