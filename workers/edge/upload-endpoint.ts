import {
  parseTusCreation,
  parseTusPatch,
  TUS_VERSION,
  type TusError,
} from '#domain/attachment/tus.ts'
import {
  formatLocation,
  parseLocation,
  type UploadLocation,
} from '#domain/attachment/upload-location.ts'
import { isPackId, makePackId } from '#domain/pack/pack-id.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { BlobWriter } from '#store/blob-writer.ts'
import { configOf } from './accept.ts'
import { answerEmpty, answerRefusal, type Refusal } from './answer.ts'
import { authenticate, KEY_REFUSED } from './authenticate.ts'
import type { World } from './edge-env.ts'
import { receiveSource, sourceRefusal } from './receive-body.ts'
import { newEventId } from './received.ts'
import { signLocation, uploadKey, verifyLocation } from './upload-signature.ts'

const TUS_HEADERS = { 'tus-resumable': TUS_VERSION }

/**
 * `POST …/upload/`: announces an attachment that will be referred to by an envelope. Answers where to
 * send it, signed; an older client sends it at once.
 */
export async function createUpload(
  request: Request,
  projectId: number,
  world: World,
): Promise<Response> {
  const sender = await authenticate(request, projectId, world.secret)
  if (!sender.ok) return answerRefusal(sender.error)
  const creation = parseTusCreation((name) => request.headers.get(name))
  if (!creation.ok) return answerRefusal(tusRefusal(creation.error))
  const project = await configOf(projectId, world.gateOf(projectId))
  if (!project) return answerRefusal(KEY_REFUSED)
  const { length, hasBody } = creation.value
  const id = makePackId(Date.now(), crypto.getRandomValues(new Uint8Array(16)))
  const open: UploadLocation = { projectId, id, length, uploadId: newEventId() }
  if (!hasBody) return answerCreated(open, world, {})
  const key = uploadKey(project.retention, projectId, id)
  const stored = await store(request, world.raw, key, length)
  if (!stored.ok) return answerRefusal(stored.error)
  return answerCreated({ ...open, uploadId: null }, world, { 'upload-offset': String(length) })
}

/** `PATCH {location}`: the bytes, in one request. Answers the location that may be referred to. */
export async function continueUpload(
  request: Request,
  projectId: number,
  world: World,
): Promise<Response> {
  const url = new URL(request.url)
  const sender = await authenticate(request, projectId, world.secret)
  if (!sender.ok) return answerRefusal(sender.error)
  const parsed = parseLocation(url.pathname + url.search)
  const isOurs = parsed && (await verifyLocation(world.secret, parsed.location, parsed.signature))
  if (
    !parsed ||
    !isOurs ||
    parsed.location.projectId !== projectId ||
    !isPackId(parsed.location.id)
  ) {
    return answerRefusal({ status: 400, detail: 'bad upload location' })
  }
  const { location } = parsed
  if (location.uploadId === null) {
    return answerRefusal({ status: 400, detail: 'the upload is finished' })
  }
  const patch = parseTusPatch((name) => request.headers.get(name), location.length)
  if (!patch.ok) return answerRefusal(tusRefusal(patch.error))
  if (patch.value.offset !== 0) {
    return answerRefusal({ status: 400, detail: 'an upload is sent in one request, from offset 0' })
  }
  const project = await configOf(projectId, world.gateOf(projectId))
  if (!project) return answerRefusal(KEY_REFUSED)
  const key = uploadKey(project.retention, projectId, location.id)
  const stored = await store(request, world.raw, key, location.length)
  if (!stored.ok) return answerRefusal(stored.error)
  const finished = { ...location, uploadId: null }
  return answerEmpty(204, {
    ...TUS_HEADERS,
    'upload-offset': String(location.length),
    location: formatLocation(finished, await signLocation(world.secret, finished)),
  })
}

async function answerCreated(
  location: UploadLocation,
  world: World,
  headers: Record<string, string>,
): Promise<Response> {
  const signature = await signLocation(world.secret, location)
  return answerEmpty(201, {
    ...TUS_HEADERS,
    ...headers,
    location: formatLocation(location, signature),
  })
}

/** Writes the body under the key; refuses one that is longer or shorter than announced. */
async function store(
  request: Request,
  raw: R2Bucket,
  key: string,
  length: number,
): Promise<Result<null, Refusal>> {
  const source = await receiveSource(request, length)
  if (!source.ok) return source
  const writer = new BlobWriter(raw, key)
  try {
    const got = await source.value.pump(length + 1, (chunk) => writer.write(chunk))
    if (got === length) {
      await writer.finish()
      return ok(null)
    }
    await writer.abort()
    return err({ status: 400, detail: `announced ${length} bytes, got ${got}` })
  } catch (error) {
    await writer.abort()
    return err(sourceRefusal(error))
  } finally {
    await source.value.cancel()
  }
}

function tusRefusal(error: TusError): Refusal {
  if (error.reason === 'too_long') {
    return { status: 413, detail: `an upload may have ${error.maxBytes} bytes` }
  }
  return { status: 400, detail: 'invalid upload', causes: [`bad ${error.reason}`] }
}
