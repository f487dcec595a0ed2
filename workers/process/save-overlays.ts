import { decodePack, encodePack, type PackedItem } from '#domain/pack/pack-format.ts'
import { assert } from '#platform/assert.ts'
import { overlayKey } from '#store/blob.ts'
import { packItem } from '#store/packed-item.ts'
import type { ProcessedEvent } from './event.ts'

/** Where an overlay lies in the overlay pack. */
export interface OverlayPlace {
  offset: number
  length: number
}

/** Writes the overlays of a pack beside it, if there is any; answers where each event's lies. */
export async function saveOverlays(
  bucket: R2Bucket,
  key: string,
  events: ProcessedEvent[],
): Promise<Map<ProcessedEvent, OverlayPlace>> {
  const items: PackedItem[] = []
  const owners: ProcessedEvent[] = []
  for (const event of events) {
    const { overlay, row } = event
    if (!overlay) continue
    const meta = { receivedAt: row.at, quantities: [] }
    items.push(packItem('event', row.eventId, meta, JSON.stringify(overlay)))
    owners.push(event)
  }
  if (items.length === 0) return new Map()
  const bytes = encodePack(items)
  const entries = decodePack(bytes)
  assert(entries.ok, 'an overlay pack is what we wrote')
  await bucket.put(overlayKey(key), bytes)
  return new Map(
    owners.map((owner, index) => {
      const { offset, length } = entries.value[index]!
      return [owner, { offset, length }]
    }),
  )
}
