import type { Env } from '#env.ts'
import type { IssueRow } from '#store/issue.ts'
import type { MembershipRow } from '#store/membership.ts'
import type { ProjectRow } from '#store/project.ts'
import type { Stores } from '#store/stores.ts'
import type { UserRow } from '#store/user.ts'

/** Where the caller may act, with what may be done there: role and token together. */
export interface Membership extends MembershipRow {
  scopes: Set<string>
}

/** Who is asking. */
export interface Caller {
  user: UserRow
  memberships: Membership[]
  /** Everything the credential allows somewhere, for `GET /api/0/`. */
  scopes: string[]
  credential: 'token' | 'session'
}

/**
 * What a route finds in `c.var`. The doors before it fill them: `caller` everywhere but at the
 * anonymous routes, `membership` below an organization, `project` and `issue` below theirs.
 */
export interface ApiEnv {
  Bindings: Env
  Variables: {
    stores: Stores
    /** When the request came in, Unix ms. */
    now: number
    caller: Caller
    membership: Membership
    project: ProjectRow
    issue: IssueRow
  }
}
