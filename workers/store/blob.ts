/** Every R2 key. The first part is the retention class: lifecycle rules delete by that prefix. */

export function packKey(
  retention: string,
  projectId: number,
  month: string,
  packId: string,
): string {
  return `${retention}/${projectId}/${month}/${packId}.pack`
}

/** A payload too large for a pack: an attachment, a dump, a recording. */
export function blobKey(retention: string, projectId: number, month: string, id: string): string {
  return `${retention}/${projectId}/${month}/${id}.blob`
}

/** The overlays of a pack's events, in pack format too: same id, beside the pack. */
export function overlayKey(packKeyOfEvents: string): string {
  return packKeyOfEvents.replace(/\.pack$/, '.overlay')
}

/** Reads one item's bytes from a pack by range; throws when the object is gone. */
export async function readRange(
  bucket: R2Bucket,
  key: string,
  range: { offset: number; length: number },
): Promise<Uint8Array> {
  const object = await bucket.get(key, { range })
  if (!object) throw new Error(`R2 object is missing: ${key}`)
  return new Uint8Array(await object.arrayBuffer())
}
