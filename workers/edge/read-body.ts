import {
  brotliDecompressSync,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib'

import { err, ok, type Result } from '#domain/result.ts'
import type { Refusal } from './answer.ts'

/**
 * Largest body we hold, compressed and decompressed. An isolate has 128 MB for all its requests, so
 * this is a fifth of Relay's 200 MiB until attachments are streamed (decisions/0005).
 */
export const ENVELOPE_BYTES_MAX = 40 * 1024 * 1024
/** `/store/` bodies, as Relay. */
export const STORE_BYTES_MAX = 1024 * 1024

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array

const DECODERS: Record<string, Decoder> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateEither,
  br: brotliDecompressSync,
  zstd: zstdDecompressSync,
}

/** Old Ruby and Android SDKs say these and mean nothing by it. */
const IDENTITY = new Set(['', 'utf-8', 'identity'])

/**
 * The decompressed body. Bytes are counted while they arrive and again while they are decompressed,
 * so neither a lying Content-Length nor a bomb takes more memory than `bytesMax`.
 */
export async function readBody(
  request: Request,
  bytesMax: number,
): Promise<Result<Uint8Array, Refusal>> {
  const encoding = (request.headers.get('content-encoding') ?? '').trim().toLowerCase()
  const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined
  if (!decode && !IDENTITY.has(encoding)) {
    await request.body?.cancel()
    return err({ status: 415, detail: `unsupported content encoding: ${encoding}` })
  }
  const received = await receive(request, bytesMax)
  if (!received.ok || !decode || received.value.length === 0) return received
  return decompress(received.value, decode, bytesMax)
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
  return ok(join(chunks, length))
}

function join(chunks: Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) return chunks[0]!
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

function tooLarge(bytesMax: number): Refusal {
  return { status: 413, detail: `request body exceeds ${bytesMax} bytes` }
}
