import { asc, eq } from 'drizzle-orm'

import { team } from './schema/organization.ts'
import type { Stores } from './stores.ts'

export type TeamRow = typeof team.$inferSelect

export function listTeams(stores: Stores, organizationId: number): Promise<TeamRow[]> {
  return stores.db
    .select()
    .from(team)
    .where(eq(team.organizationId, organizationId))
    .orderBy(asc(team.slug))
}
