import type { User } from '#contract/auth.ts'
import type { UserRow } from '#store/user.ts'
import { isoDate } from './date.ts'

export function showUser({ id, email, name, createdAt }: UserRow): User {
  return {
    id: String(id),
    email,
    name,
    username: email,
    avatarUrl: null,
    avatar: { avatarType: 'letter_avatar', avatarUuid: null, avatarUrl: null },
    isActive: true,
    hasPasswordAuth: true,
    isManaged: false,
    isSuperuser: false,
    isStaff: false,
    has2fa: false,
    dateJoined: isoDate(createdAt),
    lastLogin: null,
    lastActive: null,
    emails: [{ id: String(id), email, is_verified: true }],
    identities: [],
    options: {},
  }
}
