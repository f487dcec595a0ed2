/** Files beside events: listed, found by a lasting id, opened as a stream, deleted. */
import { monthOf, monthsBetween, toHex } from '#domain/identifier.ts'
import { isPackId, packOpenedAt } from '#domain/pack/pack-id.ts'
import { readRange } from './blob.ts'
import type { AttachmentPlace, StoredAttachment } from './month-attachment.ts'
import { openPackedItem } from './packed-item.ts'
import type { Stores } from './stores.ts'

/** What an attachment's event is to a question: when it was received (Unix ms) tells the months. */
export interface AttachedEvent {
  eventId: string
  at: number
}

/** A file may come before its event, across the end of a month. */
const EARLY_MS = 3_600_000

/**
 * Attachments of these events, in order of arrival by month. A crash handler may send files long after
 * the event: they are looked for in the month of the event and in the next.
 */
export async function listAttachments(
  stores: Stores,
  projectId: number,
  events: AttachedEvent[],
  now: number,
): Promise<StoredAttachment[]> {
  const idsOfMonth = new Map<string, string[]>()
  for (const { eventId, at } of events) {
    const months = monthsBetween(at - EARLY_MS, at).concat(monthsBetween(at, now).slice(-2))
    for (const month of new Set(months)) {
      idsOfMonth.set(month, [...(idsOfMonth.get(month) ?? []), eventId])
    }
  }
  const lists = await Promise.all(
    [...idsOfMonth]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, eventIds]) => stores.projectStore(projectId, month).listAttachments(eventIds)),
  )
  return lists.flat()
}

/** `<pack>-<offset>`: both are fixed before the pack is written, so the id outlives every retry. */
export function attachmentId({ packId, offset }: AttachmentPlace): string {
  return `${packId}-${offset}`
}

/** The attachment of an event that has this id. Only the project's own month objects are asked. */
export async function findAttachment(
  stores: Stores,
  projectId: number,
  eventId: string,
  id: string,
): Promise<StoredAttachment | null> {
  const [packId = '', digits = ''] = id.split('-', 2)
  if (!isPackId(packId) || !/^\d{1,10}$/.test(digits)) return null
  const store = stores.projectStore(projectId, monthOf(packOpenedAt(packId)))
  const attachments = await store.listAttachments([eventId])
  return attachments.find((attachment) => attachmentId(attachment) === id) ?? null
}

/** The bytes of an attachment: large ones as a stream from R2; null when they are gone. */
export async function openAttachment(
  stores: Stores,
  projectId: number,
  attachment: StoredAttachment,
): Promise<ReadableStream<Uint8Array> | Uint8Array | null> {
  const { blob, packKey } = attachment
  if (!isOfProject(blob ?? packKey, projectId)) return null
  if (blob !== null) return (await stores.raw.get(blob))?.body ?? null
  return openPackedItem(await readRange(stores.raw, packKey, attachment)).payload
}

/**
 * Forgets an attachment. An object of its own is deleted; bytes in a pack can no longer be reached, and
 * go with their pack, which is never rewritten.
 */
export async function deleteAttachment(
  stores: Stores,
  projectId: number,
  attachment: StoredAttachment,
): Promise<void> {
  const { packId, blob } = attachment
  const { eventId, offset } = attachment
  const store = stores.projectStore(projectId, monthOf(packOpenedAt(packId)))
  await store.deleteAttachment({ eventId, packId, offset })
  if (blob !== null && isOfProject(blob, projectId)) await stores.raw.delete(blob)
}

/** SHA-1 of an attachment's bytes, hex, as clients compare it; null when they are gone. */
export async function hashAttachment(
  stores: Stores,
  projectId: number,
  attachment: StoredAttachment,
): Promise<string | null> {
  const content = await openAttachment(stores, projectId, attachment)
  if (content === null) return null
  if (content instanceof Uint8Array)
    return toHex(new Uint8Array(await crypto.subtle.digest('SHA-1', content)))
  const digest = new crypto.DigestStream('SHA-1')
  await content.pipeTo(digest)
  return toHex(new Uint8Array(await digest.digest))
}

/** Keys are `<retention>/<project>/…` (blob.ts). A row that named another's object would open nothing. */
function isOfProject(key: string, projectId: number): boolean {
  return key.split('/')[1] === String(projectId)
}
