import { attachmentType } from '#domain/attachment/attachment-type.ts'
import type { PackEntry } from '#domain/pack/pack-format.ts'
import type { ApplicableAttachment } from '#store/month-attachment.ts'
import { openPackedItem } from '#store/packed-item.ts'

/** An attachment finds its event by id, whichever of the two arrives first. */
export function processAttachment(entry: PackEntry, bytes: Uint8Array): ApplicableAttachment {
  const { meta, payload } = openPackedItem(bytes)
  const header = meta.header ?? {}
  const name = header['filename']
  const contentType = header['content_type']
  return {
    eventId: entry.eventId ?? '',
    offset: entry.offset,
    length: entry.length,
    at: meta.receivedAt,
    name: typeof name === 'string' && name !== '' ? name : 'unnamed.attachment',
    type: attachmentType(header) ?? 'event.attachment',
    contentType: typeof contentType === 'string' ? contentType : null,
    bytes: meta.blob?.bytes ?? payload.length,
    blob: meta.blob?.key ?? null,
  }
}
