import { and, eq, gt } from 'drizzle-orm'

import { member, organization } from './schema/organization.ts'
import { session, token, user } from './schema/user.ts'
import type { Stores } from './stores.ts'
import type { UserRow } from './user.ts'

export type OrganizationRow = typeof organization.$inferSelect

/** An organization and the role its member has there. */
export interface MembershipRow {
  organization: OrganizationRow
  role: string
}

/** Who a credential stands for, and where. */
export interface Identity {
  user: UserRow
  memberships: MembershipRow[]
  /** A token's scopes; null for a session, which has all its user has. */
  scopes: string[] | null
}

/** The holder of a token, with the one organization it was made for; null for an unknown token. */
export async function findTokenIdentity(
  stores: Stores,
  tokenHash: string,
): Promise<Identity | null> {
  const ofToken = and(eq(member.userId, user.id), eq(member.organizationId, token.organizationId))
  const rows = await stores.db
    .select({ user, organization, role: member.role, scopes: token.scopes })
    .from(token)
    .innerJoin(user, eq(user.id, token.userId))
    .leftJoin(member, ofToken)
    .leftJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(token.tokenHash, tokenHash))
  const [first] = rows
  if (!first) return null
  const scopes = first.scopes.split(' ').filter((scope) => scope !== '')
  return { user: first.user, memberships: rows.flatMap(membership), scopes }
}

/** The user of a session that is not over, with all organizations. Index: member_user. */
export async function findSessionIdentity(
  stores: Stores,
  tokenHash: string,
  now: number,
): Promise<Identity | null> {
  const rows = await stores.db
    .select({ user, organization, role: member.role })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .leftJoin(member, eq(member.userId, user.id))
    .leftJoin(organization, eq(organization.id, member.organizationId))
    .where(and(eq(session.tokenHash, tokenHash), gt(session.expiresAt, now)))
  const [first] = rows
  return first ? { user: first.user, memberships: rows.flatMap(membership), scopes: null } : null
}

function membership(row: {
  organization: OrganizationRow | null
  role: string | null
}): MembershipRow[] {
  const { organization: where, role } = row
  return where && role !== null ? [{ organization: where, role }] : []
}
