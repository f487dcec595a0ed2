import { formPart } from '#domain/attachment/minidump-form.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { parseEventId } from '#domain/identifier.ts'
import { configOf, submit } from './accept.ts'
import { answerEmpty, answerRateLimited, answerRefusal } from './answer.ts'
import { authenticate, KEY_REFUSED } from './authenticate.ts'
import { checkLimits } from './check-limits.ts'
import type { World } from './edge-env.ts'
import { KeptBlobs } from './kept-blobs.ts'
import { ENVELOPE_BYTES_MAX } from './read-body.ts'
import type { ReceivedPart } from './read-multipart.ts'
import { receiveForm } from './receive-form.ts'
import { receivedFrom } from './received.ts'

/** `POST …/events/{event_id}/attachments/`: files for an event that was sent before, or will be. */
export async function receiveAttachments(
  request: Request,
  projectId: number,
  world: World,
  rawEventId: string,
): Promise<Response> {
  const sender = await authenticate(request, projectId, world.secret)
  if (!sender.ok) return answerRefusal(sender.error)
  const eventId = parseEventId(rawEventId)
  if (eventId === null) return answerRefusal({ status: 400, detail: 'bad event id' })
  const project = await configOf(projectId, world.gateOf(projectId))
  if (!project) return answerRefusal(KEY_REFUSED)
  const blobs = new KeptBlobs(world.raw, project, Date.now())
  const parts = await receiveForm(request, ENVELOPE_BYTES_MAX, blobs)
  if (!parts.ok) return answerRefusal(parts.error)
  const items = parts.value.map(attachmentItem)
  const limit = checkLimits(items)
  if (limit) {
    await blobs.forgetAllBut(new Set())
    return answerRefusal(limit)
  }
  const received = receivedFrom(request, sender.value, { eventId, sentAt: null })
  const submission = { sender: sender.value, items, received, answerId: null, blobs }
  const receipt = await submit(submission, world)
  if (receipt.status === 'refused') return answerRefusal(receipt.refusal)
  return receipt.status === 'limited'
    ? answerRateLimited(receipt.limits, received.now)
    : answerEmpty(201)
}

/** A part of a form as an attachment item. */
export function attachmentItem(part: ReceivedPart): EnvelopeItem {
  const kind = formPart(part.name, part.filename)
  const filename = part.filename ?? (part.name || 'unnamed.attachment')
  const header = {
    type: 'attachment',
    filename,
    ...(part.contentType === null ? {} : { content_type: part.contentType }),
    attachment_type: kind.kind === 'file' ? kind.attachmentType : 'event.attachment',
  }
  const { bytes, stored } = part
  return { type: 'attachment', header, payload: bytes, ...(stored ? { stored } : {}) }
}
