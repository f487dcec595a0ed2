import { desc, eq } from 'drizzle-orm'

import { activity } from './schema/issue.ts'
import { user } from './schema/user.ts'
import type { Stores } from './stores.ts'
import type { UserRow } from './user.ts'

export interface ActivityRow {
  id: number
  type: string
  /** JSON. */
  data: string
  createdAt: number
  /** Null for what Picket did by itself. */
  user: UserRow | null
}

/** What happened to an issue, newest first. Index: activity_issue. */
export function listActivity(
  stores: Stores,
  issueId: number,
  limit: number,
): Promise<ActivityRow[]> {
  const { id, type, data, createdAt } = activity
  return stores.db
    .select({ id, type, data, createdAt, user })
    .from(activity)
    .leftJoin(user, eq(user.id, activity.userId))
    .where(eq(activity.issueId, issueId))
    .orderBy(desc(activity.id))
    .limit(limit)
}
