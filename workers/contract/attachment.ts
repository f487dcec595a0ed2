import { z } from 'zod/mini'

/** A file beside an event. */
export const Attachment = z.looseObject({
  id: z.string(),
  event_id: z.string(),
  name: z.string(),
  /** `event.attachment`, `event.view_hierarchy`, `event.minidump` … */
  type: z.string(),
  mimetype: z.string(),
  /** Bytes. */
  size: z.number(),
  dateCreated: z.string(),
  /** Hex; empty in lists for files too large to hash on the way. */
  sha1: z.string(),
  headers: z.record(z.string(), z.string()),
})
export type Attachment = z.infer<typeof Attachment>
