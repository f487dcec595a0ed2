import { eq } from 'drizzle-orm'

import { member, team } from './schema/organization.ts'
import { user } from './schema/user.ts'
import type { Stores } from './stores.ts'

/** Someone an issue can be assigned to. `key` is what rests on the issue: `user:1`, `team:2`. */
export interface ActorRow {
  key: string
  type: 'user' | 'team'
  id: number
  name: string
  /** A team's slug, a user's email. */
  handle: string
}

/** Members and teams of an organization. Index: the primary key of `member`. */
export async function listActors(stores: Stores, organizationId: number): Promise<ActorRow[]> {
  const [users, teams] = await stores.db.batch([
    stores.db
      .select({ id: user.id, name: user.name, handle: user.email })
      .from(member)
      .innerJoin(user, eq(user.id, member.userId))
      .where(eq(member.organizationId, organizationId)),
    stores.db
      .select({ id: team.id, name: team.name, handle: team.slug })
      .from(team)
      .where(eq(team.organizationId, organizationId)),
  ])
  return [
    ...users.map((row): ActorRow => ({ key: `user:${row.id}`, type: 'user', ...row })),
    ...teams.map((row): ActorRow => ({ key: `team:${row.id}`, type: 'team', ...row })),
  ]
}
