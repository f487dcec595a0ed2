/** Attachments in a month object: where their bytes lie and what they are called. */

export interface AttachmentRow {
  eventId: string
  packId: string
  /** Where the item lies in the pack; its payload is there, or in `blob`. */
  offset: number
  length: number
  /** Received, Unix ms. */
  at: number
  name: string
  /** `event.attachment`, `event.view_hierarchy` … (domain/attachment/attachment-type.ts). */
  type: string
  contentType: string | null
  bytes: number
  /** R2 key of the payload, if it is an object of its own. */
  blob: string | null
}

/** An attachment and the R2 key of its pack. */
export interface StoredAttachment extends AttachmentRow {
  packKey: string
}

/** What processing knows of an attachment before the pack is applied. */
export type ApplicableAttachment = Omit<AttachmentRow, 'packId'>

/** Attachments listed at once; SDKs may send thirty with an event, and again. */
const ATTACHMENTS_MAX = 200

export function insertAttachment(
  sql: SqlStorage,
  packId: string,
  attachment: ApplicableAttachment,
): void {
  const { eventId, offset, length, at, name, type, contentType, bytes, blob } = attachment
  sql.exec(
    'INSERT INTO attachment VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING',
    eventId,
    packId,
    offset,
    length,
    at,
    name,
    type,
    contentType,
    bytes,
    blob,
  )
}

/** Attachments of these events in order of arrival. */
export function listAttachments(sql: SqlStorage, eventIds: string[]): StoredAttachment[] {
  return sql
    .exec(
      `SELECT attachment.*, pack.key AS pack_key FROM attachment JOIN pack USING(pack_id)
       WHERE event_id IN (SELECT value FROM json_each(?))
       ORDER BY pack_id, attachment."offset" LIMIT ${ATTACHMENTS_MAX}`,
      JSON.stringify(eventIds),
    )
    .toArray()
    .map(attachmentRow)
}

/** Where an attachment is told apart: an event may have two in one pack. */
export type AttachmentPlace = Pick<AttachmentRow, 'eventId' | 'packId' | 'offset'>

export function deleteAttachment(sql: SqlStorage, place: AttachmentPlace): void {
  const { eventId, packId, offset } = place
  const where = 'event_id = ? AND pack_id = ? AND "offset" = ?'
  sql.exec(`DELETE FROM attachment WHERE ${where}`, eventId, packId, offset)
}

function attachmentRow(row: Record<string, SqlStorageValue>): StoredAttachment {
  return {
    eventId: String(row['event_id']),
    packId: String(row['pack_id']),
    offset: Number(row['offset']),
    length: Number(row['length']),
    at: Number(row['at']),
    name: String(row['name']),
    type: String(row['type']),
    contentType: row['content_type'] === null ? null : String(row['content_type']),
    bytes: Number(row['bytes']),
    blob: row['blob'] === null ? null : String(row['blob']),
    packKey: String(row['pack_key']),
  }
}
