import { REFERENCE_CONTENT_TYPE } from '#domain/attachment/attachment-type.ts'
import { parseAttachmentReference } from '#domain/attachment/upload-location.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { prepareKept } from './kept.ts'
import { type Circumstances, factsOf, lost, type Prepared } from './prepared.ts'
import { scrubFile } from './scrub-file.ts'

/** A file beside an event; or a reference to one that was uploaded before (spec/ingest.md §11.6). */
export function prepareAttachment(
  item: EnvelopeItem,
  circumstances: Circumstances,
): Promise<Prepared> {
  return item.header['content_type'] === REFERENCE_CONTENT_TYPE
    ? prepareReference(item, circumstances)
    : prepareFile(item, circumstances)
}

/** Rules that somebody wrote for files reach into them; nothing else does. */
async function prepareFile(item: EnvelopeItem, circumstances: Circumstances): Promise<Prepared> {
  const scrubbed = await scrubFile(item, circumstances)
  return scrubbed
    ? prepareKept('attachment', scrubbed, circumstances)
    : lost(factsOf('attachment', item), 'too_large:attachment')
}

/** A bad reference loses only itself. */
async function prepareReference(
  item: EnvelopeItem,
  circumstances: Circumstances,
): Promise<Prepared> {
  const { project, uploads } = circumstances
  const reference = parseAttachmentReference(item.header, item.payload, project.projectId)
  const stored = reference.ok ? await uploads.find(reference.value) : null
  if (!reference.ok || !stored) {
    return lost(factsOf('attachment', item), 'invalid_placeholder_attachment')
  }
  const { contentType } = reference.value
  const { content_type: _, ...header } = item.header
  const uploaded: EnvelopeItem = {
    type: 'attachment',
    header: { ...header, ...(contentType === null ? {} : { content_type: contentType }) },
    payload: new Uint8Array(0),
    stored,
  }
  return prepareFile(uploaded, circumstances)
}
