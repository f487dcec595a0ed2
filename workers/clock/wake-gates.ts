import { log } from '#platform/log.ts'
import { listProjectIds } from '#store/project-ids.ts'
import type { Stores } from '#store/stores.ts'

/** A gate as the watchdog calls it. */
interface Wakeable {
  wake(): Promise<void>
}

/**
 * The watchdog: an alarm can be lost in a reset (and always is when a local run is killed), and a
 * gate that sleeps on a full journal would sleep until the next event. Wakes the gates of projects
 * that heard something within `activeMs`; the others have nothing to ship.
 */
export async function wakeGates(
  stores: Stores,
  gateOf: (projectId: number) => Wakeable,
  activeSince: number,
): Promise<number> {
  const projectIds = await listProjectIds(stores, activeSince)
  for (const projectId of projectIds) {
    try {
      await gateOf(projectId).wake()
    } catch (error) {
      log.error('clock.wake_failed', { project: projectId, error })
    }
  }
  return projectIds.length
}
