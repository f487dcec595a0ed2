import { pipeline, Readable } from 'node:stream'
import { createGunzip, createInflate, createZstdDecompress } from 'node:zlib'

import { err, ok, type Result } from '#domain/result.ts'
import { ByteSource, joinBytes, SourceTooLarge } from '#platform/byte-source.ts'
import type { Refusal } from './answer.ts'
import { bodyEncoding, DECODERS, decompress, type Encoding, tooLarge } from './read-body.ts'

/** A body that is here, or one that is larger than we would hold and arrives in chunks. */
export type Body = { kind: 'whole'; bytes: Uint8Array } | { kind: 'stream'; source: ByteSource }

/** Bodies up to this are held whole: nearly all of them. */
const WHOLE_BYTES_MAX = 1024 * 1024
const WHOLE_DECODED_BYTES_MAX = 8 * 1024 * 1024
/**
 * Brotli's decoder hands out a bomb in one piece however small its input (measured on workerd), so it
 * is decoded whole, within this, and never streamed (decisions/0005).
 */
const BROTLI_BYTES_MAX = 40 * 1024 * 1024

const STREAM_DECODERS: Record<Exclude<Encoding, 'br'>, () => NodeJS.ReadWriteStream> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  deflate: () => createInflate(),
  zstd: () => createZstdDecompress(),
}

/** Thrown by a stream whose compression is broken. */
class BodyCorrupt extends Error {}

/** Receives a body of at most `bytesMax` decompressed bytes; only a small one is held whole. */
export async function receiveBody(
  request: Request,
  bytesMax: number,
): Promise<Result<Body, Refusal>> {
  const encoding = bodyEncoding(request)
  const isAnnouncedTooLarge = Number(request.headers.get('content-length')) > bytesMax
  if (!encoding.ok || isAnnouncedTooLarge) {
    await request.body?.cancel()
    return encoding.ok ? err(tooLarge(bytesMax)) : encoding
  }
  const reader = request.body?.getReader()
  const first: Uint8Array[] = []
  const firstMax = encoding.value === 'br' ? BROTLI_BYTES_MAX : WHOLE_BYTES_MAX
  let length = 0
  while (reader && length <= firstMax) {
    const part = await reader.read()
    if (part.done) return wholeBody(first, encoding.value, bytesMax)
    first.push(part.value)
    length += part.value.length
  }
  if (!reader) return ok({ kind: 'whole', bytes: new Uint8Array(0) })
  if (encoding.value === 'br') {
    await reader.cancel()
    return err(tooLarge(BROTLI_BYTES_MAX))
  }
  return ok({ kind: 'stream', source: openSource(first, reader, encoding.value, bytesMax) })
}

/** A body as a source, however it came: for readers that take it in chunks anyway. */
export async function receiveSource(
  request: Request,
  bytesMax: number,
): Promise<Result<ByteSource, Refusal>> {
  const body = await receiveBody(request, bytesMax)
  if (!body.ok) return body
  return ok(
    body.value.kind === 'stream'
      ? body.value.source
      : new ByteSource(chunksOf([body.value.bytes], null), bytesMax),
  )
}

/** What a source threw while it was read, as the refusal it means; anything else is thrown on. */
export function sourceRefusal(error: unknown): Refusal {
  if (error instanceof SourceTooLarge) return tooLarge(error.bytesMax)
  if (error instanceof BodyCorrupt) {
    return { status: 400, detail: 'invalid request body', causes: ['bad compressed data'] }
  }
  throw error
}

function wholeBody(
  parts: Uint8Array[],
  encoding: Encoding | null,
  bytesMax: number,
): Result<Body, Refusal> {
  const received = joinBytes(parts)
  if (encoding === null || received.length === 0) return ok({ kind: 'whole', bytes: received })
  const decodedMax = encoding === 'br' ? BROTLI_BYTES_MAX : WHOLE_DECODED_BYTES_MAX
  const decoded = decompress(received, DECODERS[encoding], Math.min(decodedMax, bytesMax))
  if (decoded.ok) return ok({ kind: 'whole', bytes: decoded.value })
  if (decoded.error.status !== 413 || encoding === 'br') return decoded
  return ok({ kind: 'stream', source: openSource([received], null, encoding, bytesMax) })
}

function openSource(
  first: Uint8Array[],
  rest: ReadableStreamDefaultReader<Uint8Array> | null,
  encoding: Exclude<Encoding, 'br'> | null,
  bytesMax: number,
): ByteSource {
  const received = chunksOf(first, rest)
  return new ByteSource(encoding === null ? received : decode(received, encoding), bytesMax)
}

/** What comes out of a compressed file as it is read. */
export function decodeSource(
  compressed: AsyncIterable<Uint8Array>,
  encoding: Exclude<Encoding, 'br'>,
  bytesMax: number,
): ByteSource {
  return new ByteSource(decode(compressed, encoding), bytesMax)
}

async function* decode(
  received: AsyncIterable<Uint8Array>,
  encoding: Exclude<Encoding, 'br'>,
): AsyncGenerator<Uint8Array> {
  const decoder = STREAM_DECODERS[encoding]()
  pipeline(Readable.from(received), decoder, () => {})
  try {
    for await (const chunk of decoder) yield chunk as unknown as Uint8Array
  } catch (error) {
    throw new BodyCorrupt('bad compressed data', { cause: error })
  }
}

async function* chunksOf(
  first: Uint8Array[],
  rest: ReadableStreamDefaultReader<Uint8Array> | null,
): AsyncGenerator<Uint8Array> {
  yield* first
  if (!rest) return
  try {
    for (let part = await rest.read(); !part.done; part = await rest.read()) yield part.value
  } finally {
    await rest.cancel()
  }
}
