/** What people wrote, asked of every month it can lie in. */
import { monthsBetween } from '#domain/identifier.ts'
import type { FeedbackRow } from './month-feedback.ts'
import type { Stores } from './stores.ts'

/** How far back feedback can lie: the longest retention class. */
const RETENTION_MS_MAX = 400 * 86_400_000

/** Feedback of a project, latest first, received before `before` (Unix ms). */
export async function listProjectFeedback(
  stores: Stores,
  project: { id: number; createdAt: number },
  { before, limit }: { before: number; limit: number },
): Promise<FeedbackRow[]> {
  const rows: FeedbackRow[] = []
  const since = Math.max(project.createdAt, before - RETENTION_MS_MAX)
  for (const month of monthsBetween(since, before)) {
    const store = stores.projectStore(project.id, month)
    rows.push(...(await store.listFeedback(before, limit - rows.length)))
    if (rows.length >= limit) break
  }
  return rows
}

/** Feedback about these events, latest first; people write within the month of the event or later. */
export async function listFeedbackOf(
  stores: Stores,
  projectId: number,
  eventIds: string[],
  { since, until }: { since: number; until: number },
): Promise<FeedbackRow[]> {
  if (eventIds.length === 0) return []
  const lists = await Promise.all(
    monthsBetween(since, until).map((month) =>
      stores.projectStore(projectId, month).listFeedbackOf(eventIds),
    ),
  )
  return lists.flat()
}
