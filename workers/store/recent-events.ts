import type { PicketEvent } from '#domain/event/event.ts'
import { readRange } from './blob.ts'
import { type EventRow, listProjectEvents } from './event.ts'
import { readPackedItem } from './packed-item.ts'
import type { Stores } from './stores.ts'

/** Objects one request may fetch; a quiet project has an event or two in each. */
const PACKS_MAX = 300
/** Packs that are on their way at once; one of them may weigh megabytes. */
const PACKS_AT_ONCE = 6

/** The event as it was admitted: scrubbed, not symbolicated. Reads one range. */
export async function readAdmittedEvent(stores: Stores, row: EventRow): Promise<PicketEvent> {
  return openEvent(await readRange(stores.raw, row.packKey, row))
}

/**
 * Calls `look` with the newest stored events of a project as they were admitted, newest pack first,
 * and answers how many there were: `limit` or fewer. Packs are read whole, one request for each.
 */
export async function forEachRecentEvent(
  stores: Stores,
  projectId: number,
  limit: number,
  look: (event: PicketEvent) => void,
): Promise<number> {
  const rows = await listProjectEvents(stores, projectId, { limit })
  const packs = [...Map.groupBy(rows, ({ packKey }) => packKey)].slice(0, PACKS_MAX)
  let count = 0
  for (let at = 0; at < packs.length; at += PACKS_AT_ONCE) {
    const some = packs.slice(at, at + PACKS_AT_ONCE)
    const objects = await Promise.all(some.map(([key]) => stores.raw.get(key)))
    for (const [index, [, inPack]] of some.entries()) {
      const object = objects[index]
      if (!object) continue // its retention ended just now
      const bytes = new Uint8Array(await object.arrayBuffer())
      for (const { offset, length } of inPack) {
        look(openEvent(bytes.subarray(offset, offset + length)))
        count += 1
      }
    }
  }
  return count
}

function openEvent(bytes: Uint8Array): PicketEvent {
  return JSON.parse(readPackedItem(bytes).payload) as PicketEvent
}
