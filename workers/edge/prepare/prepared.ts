import type { AttachmentReference } from '#domain/attachment/upload-location.ts'
import type { ItemKind } from '#domain/envelope/item-kind.ts'
import { type ItemFacts, lossQuantities } from '#domain/envelope/item-quantities.ts'
import { type EnvelopeItem, payloadBytes } from '#domain/envelope/parse-envelope.ts'
import type { NormalizeContext } from '#domain/event/normalize-event.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { PackedKind } from '#domain/pack/pack-format.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { AdmissionItem } from '#gate/admission.ts'
import { type ItemMeta, packItem } from '#store/packed-item.ts'

/** What a request says about all its items. Times are Unix ms. */
export interface Received {
  eventId: string
  now: number
  sentAt: number | null
  /** Who sent it and from where, as far as the request tells. */
  origin: Pick<NormalizeContext, 'sdkClient' | 'clientIp' | 'geo' | 'userAgent' | 'clientHints'>
}

/** What a recipe may look at besides the item. */
export interface Circumstances {
  received: Received
  project: ProjectConfig
  blobs: Blobs
  uploads: Uploads
}

/** Where a payload goes that is too large for a pack. */
export interface Blobs {
  put(payload: Uint8Array): Promise<{ key: string; bytes: number }>
  /** Null when the object is gone. */
  read(key: string): Promise<Uint8Array | null>
  /** Deletes it when the request is over. */
  forget(key: string): void
}

/** Uploads that were finished before the envelope came. */
export interface Uploads {
  /** Where the bytes are; null for a location we did not sign or an object that is not there. */
  find(reference: AttachmentReference): Promise<{ key: string; bytes: number } | null>
}

/** An item that may be stored, or what was lost of it and why. */
export type Prepared =
  /** `losses`: parts of a container that are lost while the rest is kept. */
  | { kind: 'admissible'; item: AdmissionItem; losses?: LedgerEntry[] }
  | { kind: 'lost'; losses: LedgerEntry[] }

/** What quotas and the ledger see of an item. */
export function factsOf<Kind extends ItemKind>(
  kind: Kind,
  item: EnvelopeItem,
): ItemFacts & { kind: Kind } {
  return { kind, header: item.header, bytes: payloadBytes(item) }
}

/** Items that compress to more than this are objects of their own: journal rows stay small. */
const PACKED_BYTES_MAX = 512 * 1024

/** An item that may be stored: `payload` is what will rest. */
export function admissible(
  packedKind: PackedKind,
  eventId: string | null,
  facts: ItemFacts,
  receivedAt: number,
  payload: string,
): Prepared {
  const quantities = lossQuantities(facts)
  const packed = packItem(packedKind, eventId, { receivedAt, quantities }, payload)
  return { kind: 'admissible', item: { ...packed, facts, quantities } }
}

/** An item that may be stored, in the pack or beside it: it may have megabytes. */
export async function keep(
  packedKind: PackedKind,
  eventId: string | null,
  facts: ItemFacts,
  meta: ItemMeta,
  payload: Uint8Array | string,
  blobs: Circumstances['blobs'],
): Promise<AdmissionItem> {
  const { quantities } = meta
  const packed = packItem(packedKind, eventId, meta, payload)
  if (packed.bytes.length <= PACKED_BYTES_MAX) {
    return { ...packed, facts, quantities, ...(meta.blob ? { blob: meta.blob.key } : {}) }
  }
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
  const blob = await blobs.put(bytes)
  const reference = packItem(packedKind, eventId, { ...meta, blob }, '')
  return { ...reference, facts, quantities, blob: blob.key }
}

/** An item that is not kept, lost in all the categories it counts. */
export function lost(
  facts: ItemFacts,
  reason: string,
  outcome: LedgerEntry['outcome'] = 'invalid',
): Prepared {
  const losses = lossQuantities(facts).map((quantity) => ({ ...quantity, outcome, reason }))
  return { kind: 'lost', losses }
}
