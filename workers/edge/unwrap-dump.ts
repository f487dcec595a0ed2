import { compressionOf, UNPACKED_BYTES_MAX, unpackedName } from '#domain/attachment/compression.ts'
import { formPart, isMinidump } from '#domain/attachment/minidump-form.ts'
import { embeddedBoundary } from '#domain/attachment/multipart.ts'
import { err, ok, type Result } from '#domain/result.ts'
import { ByteSource } from '#platform/byte-source.ts'
import type { Refusal } from './answer.ts'
import type { KeptBlobs } from './kept-blobs.ts'
import { type ReceivedPart, readMultipart } from './read-multipart.ts'
import { decodeSource, sourceRefusal } from './receive-body.ts'

/** A form in a form in a form is nobody's crash handler. */
const WRAPPINGS_MAX = 3

/**
 * The dump inside its wrappings: some handlers compress it, some post a form within the form. xz and
 * bzip2 cannot be undone on workerd; such a dump is kept as it came, for what reads it later.
 */
export async function unwrapDump(
  part: ReceivedPart,
  raw: R2Bucket,
  blobs: KeptBlobs,
): Promise<Result<ReceivedPart, Refusal>> {
  let dump = part
  try {
    for (let wrapping = 0; wrapping < WRAPPINGS_MAX; wrapping += 1) {
      if (isMinidump(dump.start)) return ok(dump)
      const unwrapped = await unwrapOnce(dump, raw, blobs)
      if (unwrapped === null) break
      if (unwrapped === dump) return ok(dump)
      dump = unwrapped
    }
  } catch (error) {
    const { status } = sourceRefusal(error)
    return err({ status, detail: 'invalid compression container' })
  }
  return err({ status: 400, detail: 'invalid minidump' })
}

/** One wrapping less; the same part where it must stay; null where there is none. */
async function unwrapOnce(
  part: ReceivedPart,
  raw: R2Bucket,
  blobs: KeptBlobs,
): Promise<ReceivedPart | null> {
  const boundary = embeddedBoundary(part.start)
  if (boundary !== null) {
    const source = new ByteSource(bytesOf(part, raw), UNPACKED_BYTES_MAX)
    const parts = await readMultipart(source, boundary, () => blobs.open())
    if (!parts.ok) return null
    return parts.value.find((inner) => formPart(inner.name, null).kind === 'minidump') ?? null
  }
  const compression = compressionOf(part.start)
  if (compression === null) return null
  if (compression === 'xz' || compression === 'bzip2') return part
  const source = decodeSource(bytesOf(part, raw), compression, UNPACKED_BYTES_MAX)
  const sink = blobs.open()
  let start = new Uint8Array(0)
  await source.pump(Number.POSITIVE_INFINITY, async (chunk) => {
    if (start.length === 0) start = chunk.slice(0, 64)
    await sink.write(chunk)
  })
  const filename = part.filename && unpackedName(part.filename, compression)
  return { ...part, filename, bytes: new Uint8Array(0), start, stored: await sink.finish() }
}

async function* bytesOf(
  { bytes, stored }: ReceivedPart,
  raw: R2Bucket,
): AsyncGenerator<Uint8Array> {
  if (!stored) {
    yield bytes
    return
  }
  const object = await raw.get(stored.key)
  if (!object) throw new Error(`R2 object is missing: ${stored.key}`)
  const reader = object.body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
}
