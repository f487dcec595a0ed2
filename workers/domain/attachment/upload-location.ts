/**
 * Where an upload goes, signed, so that only what we handed out is written to or referred to
 * (spec/ingest.md §11.6).
 *
 *     /api/{project}/upload/{id}/?upload_length=12&upload_id=…&upload_signature=…
 *
 * `id` names the object in the store; `upload_id` the upload that is still going on there. The
 * location of a finished upload has none, and it alone may be referred to: an unfinished one cannot be
 * made into it without the secret.
 */

import { parseProjectId } from '../identifier.ts'
import { isObject, parseJson } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import { attachmentBytes } from './attachment-type.ts'

export interface UploadLocation {
  projectId: number
  id: string
  /** Bytes the whole upload has. */
  length: number
  /** Null once the upload is finished. */
  uploadId: string | null
}

/** The text to sign; different locations never give the same. */
export function locationMessage({ projectId, id, length, uploadId }: UploadLocation): string {
  return JSON.stringify(['upload-location', projectId, id, length, uploadId])
}

/** The location as a client is given it. `signature`: of `locationMessage`, URL-safe. */
export function formatLocation(location: UploadLocation, signature: string): string {
  const query = new URLSearchParams({ upload_length: String(location.length) })
  if (location.uploadId !== null) query.set('upload_id', location.uploadId)
  query.set('upload_signature', signature)
  return `/api/${location.projectId}/upload/${encodeURIComponent(location.id)}/?${query}`
}

const PATH = /^\/api\/(\d{1,16})\/upload\/(\w[\w.~-]{0,199})\/?$/
const LOCATION_CHARACTERS_MAX = 2_000

/** Reads a location back, with the signature it claims; null when it is none. */
export function parseLocation(
  text: string,
): { location: UploadLocation; signature: string } | null {
  if (text.length > LOCATION_CHARACTERS_MAX) return null
  const [path = '', search = '', ...rest] = text.split('?')
  const match = PATH.exec(path)
  const projectId = match && parseProjectId(match[1]!)
  if (!match || projectId === null || rest.length > 0) return null
  const query = new URLSearchParams(search)
  const length = query.get('upload_length') ?? ''
  const signature = query.get('upload_signature')
  if (!/^\d{1,15}$/.test(length) || !signature) return null
  const uploadId = query.get('upload_id')
  return { location: { projectId, id: match[2]!, length: Number(length), uploadId }, signature }
}

/** An attachment whose bytes were uploaded before; trust it once `signature` is verified. */
export interface AttachmentReference {
  location: UploadLocation
  signature: string
  contentType: string | null
}

/**
 * Reads the payload of an attachment reference. Refused when its location is none, another project's
 * or that of an unfinished upload, and when the item declares another length than was uploaded. A bad
 * reference loses only itself.
 */
export function parseAttachmentReference(
  header: Record<string, unknown>,
  payload: Uint8Array,
  projectId: number,
): Result<AttachmentReference, 'invalid_placeholder_attachment'> {
  const refused = err('invalid_placeholder_attachment' as const)
  const raw = parseJson(payload)
  if (!isObject(raw) || typeof raw['location'] !== 'string') return refused
  const parsed = parseLocation(raw['location'])
  if (!parsed || parsed.location.projectId !== projectId) return refused
  if (parsed.location.uploadId !== null) return refused
  if (attachmentBytes(header, payload.length) !== Math.max(parsed.location.length, 1)) {
    return refused
  }
  const contentType = raw['content_type']
  return ok({ ...parsed, contentType: typeof contentType === 'string' ? contentType : null })
}
