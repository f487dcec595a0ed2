import { asc, inArray } from 'drizzle-orm'

import { team } from './schema/organization.ts'
import type { Stores } from './stores.ts'

export type TeamRow = typeof team.$inferSelect

/** The teams of some organizations, by slug. There are tens, not more. */
export function listTeams(stores: Stores, organizationIds: number[]): Promise<TeamRow[]> {
  return stores.db
    .select()
    .from(team)
    .where(inArray(team.organizationId, organizationIds))
    .orderBy(asc(team.slug))
}
