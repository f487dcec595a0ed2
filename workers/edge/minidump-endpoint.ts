import {
  assembleCrashEvent,
  assembleForm,
  firstEventId,
  formPart,
} from '#domain/attachment/minidump-form.ts'
import { multipartBoundary } from '#domain/attachment/multipart.ts'
import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import { nativeCrashEvent } from '#domain/event/native-crash-event.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { configOf, submit } from './accept.ts'
import { answerRefusal, answerUuid, type Refusal } from './answer.ts'
import { attachmentItem } from './attachments-endpoint.ts'
import { authenticate, KEY_REFUSED } from './authenticate.ts'
import { checkLimits } from './check-limits.ts'
import type { World } from './edge-env.ts'
import { KeptBlobs } from './kept-blobs.ts'
import type { ReceivedPart } from './read-multipart.ts'
import { receiveSource, sourceRefusal } from './receive-body.ts'
import { receiveForm } from './receive-form.ts'
import { newEventId, receivedFrom } from './received.ts'
import { makeItem } from './submission.ts'
import { unwrapDump } from './unwrap-dump.ts'

/** Relay takes 1 GiB; a Worker is given 100 to 500 MB by its zone's plan. */
const MINIDUMP_BYTES_MAX = 1224 * 1024 * 1024
const RAW_MEDIA_TYPES = ['application/octet-stream', 'application/x-dmp']

/**
 * `POST …/minidump/`: a native crash as Crashpad, Breakpad and Electron send it. It becomes an error
 * event with the dump kept beside it. Crash handlers retry on 429, so a limited crash is answered like
 * one that was taken, and counted as what it was.
 */
export async function receiveMinidump(
  request: Request,
  projectId: number,
  world: World,
): Promise<Response> {
  const sender = await authenticate(request, projectId, world.secret)
  if (!sender.ok) return answerRefusal(sender.error)
  const project = await configOf(projectId, world.gateOf(projectId))
  if (!project) return answerRefusal(KEY_REFUSED)
  const blobs = new KeptBlobs(world.raw, project, Date.now())
  const parts = await receiveParts(request, blobs)
  if (!parts.ok) return answerRefusal(parts.error)
  const crash = await readCrash(parts.value, world.raw, blobs)
  const limit = crash.ok ? checkLimits(crash.value.items) : crash.error
  if (!crash.ok || limit) {
    await blobs.forgetAllBut(new Set())
    return answerRefusal(limit ?? MINIDUMP_MISSING)
  }
  const { eventId, items } = crash.value
  const received = receivedFrom(request, sender.value, { eventId, sentAt: null })
  const submission = { sender: sender.value, items, received, answerId: eventId, blobs }
  const receipt = await submit(submission, world)
  return receipt.status === 'refused' ? answerRefusal(receipt.refusal) : answerUuid(eventId)
}

const MINIDUMP_MISSING: Refusal = { status: 400, detail: 'missing minidump' }

/** The parts of a form; a raw body is the dump itself. */
async function receiveParts(
  request: Request,
  blobs: KeptBlobs,
): Promise<Result<ReceivedPart[], Refusal>> {
  const contentType = request.headers.get('content-type')
  if (multipartBoundary(contentType) !== null) {
    return receiveForm(request, MINIDUMP_BYTES_MAX, blobs)
  }
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!RAW_MEDIA_TYPES.includes(mediaType)) {
    return err({ status: 415, detail: `unsupported media type: ${mediaType}` })
  }
  const source = await receiveSource(request, MINIDUMP_BYTES_MAX)
  if (!source.ok) return source
  const sink = blobs.open()
  try {
    let start = new Uint8Array(0)
    await source.value.pump(Number.POSITIVE_INFINITY, async (chunk) => {
      if (start.length === 0) start = chunk.slice(0, 64)
      await sink.write(chunk)
    })
    const head = { name: 'upload_file_minidump', filename: 'minidump.dmp', contentType: mediaType }
    return ok([{ ...head, bytes: new Uint8Array(0), start, stored: await sink.finish() }])
  } catch (error) {
    await sink.abort()
    return err(sourceRefusal(error))
  } finally {
    await source.value.cancel()
  }
}

/** The event and the files of a crash. */
async function readCrash(
  parts: ReceivedPart[],
  raw: R2Bucket,
  blobs: KeptBlobs,
): Promise<Result<{ eventId: string; items: EnvelopeItem[] }, Refusal>> {
  const ofKind = (kind: string): ReceivedPart[] =>
    parts.filter(({ name, filename }) => formPart(name, filename).kind === kind)
  const [dump] = ofKind('minidump')
  if (!dump) return err(MINIDUMP_MISSING)
  const unwrapped = await unwrapDump(dump, raw, blobs)
  if (!unwrapped.ok) return unwrapped
  const text = ({ bytes }: ReceivedPart): string => new TextDecoder().decode(bytes)
  const fields = ofKind('field').map((part) => [part.name, text(part)] as const)
  const form = assembleForm(fields)
  const { event } = assembleCrashEvent({
    eventMsgpack: ofKind('event_msgpack')[0]?.bytes ?? null,
    breadcrumbsMsgpack: ofKind('breadcrumbs_msgpack').map(({ bytes }) => bytes),
    form,
  })
  const dumpItem = attachmentItem(unwrapped.value)
  const items = [
    makeItem('event', nativeCrashEvent(event, form.formData)),
    { ...dumpItem, header: { ...dumpItem.header, attachment_type: 'event.minidump' } },
    ...ofKind('file').map(attachmentItem),
  ]
  return ok({ eventId: firstEventId(event['event_id']) ?? newEventId(), items })
}
