import { monthsBetween } from '#domain/identifier.ts'
import type { OutcomeRow } from './month-rows.ts'
import type { Stores } from './stores.ts'

/**
 * What became of a project's items, summed by stretches of `bucketMs` counted from `since` (both
 * whole minutes; Unix ms). A bucket may come twice, once from each of two months.
 */
export async function listOutcomes(
  stores: Stores,
  project: { id: number; createdAt: number },
  { since, until, bucketMs }: { since: number; until: number; bucketMs: number },
): Promise<OutcomeRow[]> {
  // A month's object holds what its packs carried; an item may be a moment older than its pack.
  const months = monthsBetween(Math.max(since, project.createdAt), until + PACK_DELAY_MS)
  const rows = await Promise.all(
    months.map((month) =>
      stores.projectStore(project.id, month).sumOutcomes({ since, until, bucketMs }),
    ),
  )
  return rows.flat()
}

const PACK_DELAY_MS = 120_000
