import { monthsBetween } from '#domain/identifier.ts'
import type { OutcomeRow } from './month-rows.ts'
import type { Stores } from './stores.ts'

/** What became of a project's items, by minute. `since` and `until` are Unix ms. */
export async function listOutcomes(
  stores: Stores,
  projectId: number,
  since: number,
  until: number,
): Promise<OutcomeRow[]> {
  // A month's object holds what its packs carried; an item may be a moment older than its pack.
  const months = monthsBetween(since, until + 120_000)
  const rows = await Promise.all(
    months.map((month) => stores.projectStore(projectId, month).listOutcomes(since, until)),
  )
  return rows.flat().sort((a, b) => a.minute - b.minute)
}
