import { attachmentType } from '#domain/attachment/attachment-type.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import {
  mayScrubAttachment,
  scrubAttachment,
  scrubMinidump,
} from '#domain/scrub/scrub-attachment.ts'
import type { Circumstances } from './prepared.ts'

/** A file is held twice while it is searched, and an isolate has 128 MB. */
const SEARCHED_BYTES_MAX = 24 * 1024 * 1024

/**
 * A file without what advanced rules hit in it (spec/event-processing.md §5.6); as it came where no
 * rule is about files. Null when one is, and the file is too large to be searched: what a rule should
 * have taken must not rest. A large file was stored while it arrived; then the scrubbed one replaces it.
 */
export async function scrubFile(
  item: EnvelopeItem,
  { project: { scrubbing }, blobs }: Circumstances,
): Promise<EnvelopeItem | null> {
  const name = typeof item.header['filename'] === 'string' ? item.header['filename'] : ''
  const isMinidump = attachmentType(item.header) === 'event.minidump'
  if (!mayScrubAttachment(name, scrubbing, { isMinidump })) return item
  const { stored } = item
  if ((stored?.bytes ?? item.payload.length) > SEARCHED_BYTES_MAX) return null
  const bytes = stored ? await blobs.read(stored.key) : item.payload
  if (!bytes) return null
  const scrub = isMinidump ? scrubMinidump : scrubAttachment
  const scrubbed = scrub(bytes, name, scrubbing)
  if (scrubbed === bytes) return item
  if (!stored) return { ...item, payload: scrubbed }
  blobs.forget(stored.key)
  return { ...item, stored: await blobs.put(scrubbed) }
}
