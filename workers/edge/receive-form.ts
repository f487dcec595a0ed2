import { multipartBoundary } from '#domain/attachment/multipart.ts'
import { err, ok, type Result } from '#domain/result.ts'
import type { Refusal } from './answer.ts'
import type { KeptBlobs } from './kept-blobs.ts'
import { type ReceivedPart, readMultipart } from './read-multipart.ts'
import { receiveSource, sourceRefusal } from './receive-body.ts'

/** Reads a form; its large parts are stored. What was stored for a form that is refused is deleted. */
export async function receiveForm(
  request: Request,
  bytesMax: number,
  blobs: KeptBlobs,
): Promise<Result<ReceivedPart[], Refusal>> {
  const boundary = multipartBoundary(request.headers.get('content-type'))
  if (boundary === null) {
    return err({ status: 415, detail: 'unsupported media type: expected multipart/form-data' })
  }
  const source = await receiveSource(request, bytesMax)
  if (!source.ok) return source
  try {
    const parts = await readMultipart(source.value, boundary, () => blobs.open())
    if (parts.ok) return ok(parts.value)
    await blobs.forgetAllBut(new Set())
    const { reason } = parts.error
    return err({ status: 400, detail: 'invalid multipart data', causes: [reason] })
  } catch (error) {
    await blobs.forgetAllBut(new Set())
    return err(sourceRefusal(error))
  } finally {
    await source.value.cancel()
  }
}
