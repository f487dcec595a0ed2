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

/** Attachments of one event that are listed; SDKs may send thirty at once and again. */
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

/** Attachments of an event in order of arrival. */
export function listAttachments(sql: SqlStorage, eventId: string): StoredAttachment[] {
  return sql
    .exec(
      `SELECT attachment.*, pack.key AS pack_key FROM attachment JOIN pack USING(pack_id)
       WHERE event_id = ? ORDER BY pack_id, attachment."offset" LIMIT ${ATTACHMENTS_MAX}`,
      eventId,
    )
    .toArray()
    .map((row) => ({
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
    }))
}
