import type { Stores } from './stores.ts'

/**
 * Projects that may have work in their gate: those with an issue seen since `activeSince` (Unix ms),
 * and those that never had an event, for theirs may be stuck on its way.
 */
export async function listProjectIds(stores: Stores, activeSince: number): Promise<number[]> {
  const { results } = await stores.sql
    .prepare(
      `SELECT id FROM project WHERE first_event_at IS NULL OR EXISTS (
         SELECT 1 FROM issue WHERE project_id = project.id AND last_seen_at >= ?1)`,
    )
    .bind(activeSince)
    .all<{ id: number }>()
  return results.map(({ id }) => id)
}
