import type { Organization } from '#contract/organization.ts'
import type { Membership } from './api-env.ts'
import { isoDate } from './date.ts'

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

/** A plain-http `regionUrl` makes clients fail; they do well without one (§0, trap 7). */
function showLinks(origin: string): { organizationUrl: string; regionUrl?: string } {
  return origin.startsWith('https:')
    ? { organizationUrl: origin, regionUrl: origin }
    : { organizationUrl: origin }
}
