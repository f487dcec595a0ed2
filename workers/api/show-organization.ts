import type { Organization } from '#contract/organization.ts'
import type { Membership } from './api-env.ts'
import { isoDate } from './date.ts'
import { readOrganizationOptions } from './read-organization-options.ts'
import { ROLES, roleScopes } from './scope.ts'
import { showScrubbing } from './scrubbing-change.ts'

/** `origin` as in `https://picket.example`. */
export function showOrganization({ organization, role, scopes }: Membership, origin: string) {
  const { id, slug, name, createdAt } = organization
  return {
    id: String(id),
    slug,
    name,
    status: { id: 'active', name: 'active' },
    dateCreated: isoDate(createdAt),
    isEarlyAdopter: false,
    require2FA: false,
    requireEmailVerification: false,
    avatar: { avatarType: 'letter_avatar', avatarUuid: null, avatarUrl: null },
    links: showLinks(origin),
    hasAuthProvider: false,
    allowMemberInvite: false,
    allowMemberProjectCreation: false,
    features: [] as string[],
    access: [...scopes].sort(),
    orgRole: role,
  } satisfies Organization
}

/** An organization as its own page gives it. */
export function showOrganizationDetail(membership: Membership, origin: string) {
  const options = readOrganizationOptions(membership.organization)
  return {
    ...showOrganization(membership, origin),
    role: membership.role,
    isDefault: false,
    defaultRole: 'member',
    orgRoleList: ROLES.map((role) => ({
      id: role,
      name: role[0]?.toUpperCase() + role.slice(1),
      desc: '',
      scopes: [...roleScopes(role)].sort(),
      isAllowed: true,
      isRetired: role === 'admin',
      isGlobal: role === 'owner' || role === 'manager',
      minimumTeamRole: 'contributor',
    })),
    teamRoleList: [],
    openMembership: true,
    allowSharedIssues: false,
    enhancedPrivacy: false,
    ...showScrubbing(options.scrubbing, 'organization'),
    globalGrouping: options.globalGrouping,
    allowJoinRequests: false,
    pendingAccessRequests: 0,
    requiresSso: false,
    trustedRelays: [],
  }
}

/** A plain-http `regionUrl` makes clients fail; they do well without one (§0, trap 7). */
function showLinks(origin: string): { organizationUrl: string; regionUrl?: string } {
  return origin.startsWith('https:')
    ? { organizationUrl: origin, regionUrl: origin }
    : { organizationUrl: origin }
}
