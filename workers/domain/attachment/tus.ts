/** Resumable uploads by TUS 1.0.0, as far as SDKs use it (spec/ingest.md §11.6). */
import { err, ok, type Result } from '../result.ts'

export const TUS_VERSION = '1.0.0'
export const TUS_CONTENT_TYPE = 'application/offset+octet-stream'
/** The largest upload, 1 GiB. */
export const UPLOAD_BYTES_MAX = 1024 * 1024 * 1024

export type TusError =
  /** Answered 400. */
  | { reason: 'version' | 'length' | 'offset' | 'content_type' | 'decoded_length' }
  /** Answered 413. */
  | { reason: 'too_long'; maxBytes: number; gotBytes: number }

export interface TusCreation {
  length: number
  /** True for an older client: the bytes follow in this very request. */
  hasBody: boolean
}

export interface TusPatch {
  offset: number
  /** Bytes that follow once decoded, where the client says so. */
  decodedLength: number | null
}

/** Reads one header by its name, in any case; null when it did not come. */
export type HeaderReader = (name: string) => string | null

/** Reads the headers of `POST …/upload/`. */
export function parseTusCreation(header: HeaderReader): Result<TusCreation, TusError> {
  if (header('tus-resumable') !== TUS_VERSION) return err({ reason: 'version' })
  const length = readCount(header('upload-length'))
  if (length === null) return err({ reason: 'length' })
  if (length > UPLOAD_BYTES_MAX) {
    return err({ reason: 'too_long', maxBytes: UPLOAD_BYTES_MAX, gotBytes: length })
  }
  return ok({ length, hasBody: isTusBody(header('content-type')) })
}

/** Reads the headers of `PATCH {location}`, for an upload of this length. */
export function parseTusPatch(header: HeaderReader, length: number): Result<TusPatch, TusError> {
  if (header('tus-resumable') !== TUS_VERSION) return err({ reason: 'version' })
  if (!isTusBody(header('content-type'))) return err({ reason: 'content_type' })
  const offset = readCount(header('upload-offset'))
  if (offset === null || offset > length) return err({ reason: 'offset' })
  const decoded = header('x-decoded-content-length')
  const decodedLength = decoded === null ? null : readCount(decoded)
  if (decoded !== null && decodedLength === null) return err({ reason: 'decoded_length' })
  const gotBytes = offset + (decodedLength ?? 0)
  if (gotBytes > length) return err({ reason: 'too_long', maxBytes: length, gotBytes })
  return ok({ offset, decodedLength })
}

function isTusBody(contentType: string | null): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === TUS_CONTENT_TYPE
}

function readCount(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
}
