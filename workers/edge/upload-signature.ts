import {
  type AttachmentReference,
  locationMessage,
  type UploadLocation,
} from '#domain/attachment/upload-location.ts'
import { monthOf, toHex } from '#domain/identifier.ts'
import { isPackId, packOpenedAt } from '#domain/pack/pack-id.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import { blobKey } from '#store/blob.ts'
import type { World } from './edge-env.ts'
import type { Uploads } from './prepare/prepared.ts'

/** Signs an upload's location: only what we handed out is written to, or referred to. */
export async function signLocation(secret: string, location: UploadLocation): Promise<string> {
  const name = { name: 'HMAC', hash: 'SHA-256' }
  const bytes = new TextEncoder().encode(`upload:${secret}`)
  const key = await crypto.subtle.importKey('raw', bytes, name, false, ['sign'])
  const message = new TextEncoder().encode(locationMessage(location))
  return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', key, message)))
}

export async function verifyLocation(
  secret: string,
  location: UploadLocation,
  signature: string,
): Promise<boolean> {
  const expected = await signLocation(secret, location)
  let difference = expected.length ^ signature.length
  for (let i = 0; i < expected.length; i += 1) {
    difference |= expected.charCodeAt(i) ^ signature.charCodeAt(i)
  }
  return difference === 0
}

/** R2 key of an upload. Its id is a ULID and tells the month. */
export function uploadKey(retention: string, projectId: number, id: string): string {
  return blobKey(retention, projectId, monthOf(packOpenedAt(id)), id)
}

/** Finds finished uploads by the locations that envelopes refer to. */
export class SignedUploads implements Uploads {
  readonly #world: World
  readonly #project: ProjectConfig

  constructor(world: World, project: ProjectConfig) {
    this.#world = world
    this.#project = project
  }

  async find({
    location,
    signature,
  }: AttachmentReference): Promise<{ key: string; bytes: number } | null> {
    const { secret, raw } = this.#world
    if (!isPackId(location.id)) return null
    if (!(await verifyLocation(secret, location, signature))) return null
    const { retention, projectId } = this.#project
    const key = uploadKey(retention, projectId, location.id)
    const object = await raw.head(key)
    return object && object.size === location.length ? { key, bytes: object.size } : null
  }
}
