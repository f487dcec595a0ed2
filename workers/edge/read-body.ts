import {
  brotliDecompressSync,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib'

import { err, ok, type Result } from '#domain/result.ts'
import { joinBytes } from '#platform/byte-source.ts'
import type { Refusal } from './answer.ts'

/** Relay's limits of decompressed bodies (spec/ingest.md §1). */
export const ENVELOPE_BYTES_MAX = 200 * 1024 * 1024
export const STORE_BYTES_MAX = 1024 * 1024

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array

export const DECODERS = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateEither,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
} satisfies Record<string, Decoder>

export type Encoding = keyof typeof DECODERS

/** Old Ruby and Android SDKs say these and mean nothing by it. */
const IDENTITY = new Set(['', 'utf-8', 'identity'])

/** How the body is compressed; null when it is not. */
export function bodyEncoding(request: Request): Result<Encoding | null, Refusal> {
  const encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase()
  if (IDENTITY.has(encoding)) return ok(null)
  if (Object.hasOwn(DECODERS, encoding)) return ok(encoding as Encoding)
  return err({ status: 415, detail: `unsupported content encoding: ${encoding}` })
}

/**
 * The decompressed body, whole. Bytes are counted while they arrive and again while they are
 * decompressed, so neither a lying Content-Length nor a bomb takes more memory than `bytesMax`.
 */
export async function readBody(
  request: Request,
  bytesMax: number,
): Promise<Result<Uint8Array, Refusal>> {
  const encoding = bodyEncoding(request)
  if (!encoding.ok) {
    await request.body?.cancel()
    return encoding
  }
  const received = await receive(request, bytesMax)
  if (!received.ok || encoding.value === null || received.value.length === 0) return received
  return decompress(received.value, DECODERS[encoding.value], bytesMax)
}

/** Decompresses within `bytesMax`; also used for bodies that hide zlib inside base64. */
export function decompress(
  bytes: Uint8Array,
  decode: Decoder,
  bytesMax: number,
): Result<Uint8Array, Refusal> {
  try {
    return ok(decode(bytes, { maxOutputLength: bytesMax }))
  } catch (error) {
    if (error instanceof RangeError) return err(tooLarge(bytesMax))
    return err({ status: 400, detail: 'invalid request body', causes: ['bad compressed data'] })
  }
}

/** `deflate` means zlib, but some clients send it raw. */
export function inflateEither(bytes: Uint8Array, options: { maxOutputLength: number }): Uint8Array {
  const hasZlibHeader =
    ((bytes[0] ?? 0) & 0x0f) === 8 && (bytes[0]! * 256 + (bytes[1] ?? 0)) % 31 === 0
  return hasZlibHeader ? inflateSync(bytes, options) : inflateRawSync(bytes, options)
}

export function tooLarge(bytesMax: number): Refusal {
  return { status: 413, detail: `request body exceeds ${bytesMax} bytes` }
}

async function receive(request: Request, bytesMax: number): Promise<Result<Uint8Array, Refusal>> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > bytesMax) {
    await request.body?.cancel()
    return err(tooLarge(bytesMax))
  }
  const chunks: Uint8Array[] = []
  let length = 0
  if (request.body) {
    const reader = request.body.getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      chunks.push(part.value)
      length += part.value.length
      if (length > bytesMax) {
        await reader.cancel()
        return err(tooLarge(bytesMax))
      }
    }
  }
  return ok(joinBytes(chunks))
}
