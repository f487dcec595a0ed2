import { createMiddleware } from 'hono/factory'

import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'

/** Scopes per role of an organization (spec/web-api.md §2). A role we do not know has none. */
const MEMBER = [
  'event:admin',
  'project:read',
  'project:releases',
  'org:read',
  'member:invite',
  'team:read',
  'alerts:write',
]
const ADMIN = [...MEMBER, 'project:admin', 'team:admin', 'org:integrations']
const MANAGER = [...ADMIN, 'member:admin', 'org:write']
const OWNER = [...MANAGER, 'org:admin']
const ROLE_SCOPES = new Map([
  ['member', MEMBER],
  ['admin', ADMIN],
  ['manager', MANAGER],
  ['owner', OWNER],
])

export const ROLES = [...ROLE_SCOPES.keys()]

export function roleScopes(role: string): Set<string> {
  return withImplied(ROLE_SCOPES.get(role) ?? [])
}

/** `write` brings `read`, `admin` brings both; `member:invite` and `org:admin` bring their own. */
export function withImplied(scopes: Iterable<string>): Set<string> {
  const all = new Set<string>()
  for (const scope of scopes) {
    const [noun, right] = scope.split(':')
    all.add(scope)
    if (right === 'admin' || right === 'write' || right === 'invite') all.add(`${noun}:read`)
    if (right === 'admin') all.add(`${noun}:write`)
    if (scope === 'org:admin') all.add('org:integrations')
    if (scope === 'member:admin' || scope === 'member:write') all.add('member:invite')
  }
  return all
}

/**
 * Lets a caller pass who has one of the scopes, in the organization the path names, or anywhere when
 * it names none. The refusal names the scope: clients turn it into a hint.
 */
export function requireScope(...scopes: string[]) {
  return createMiddleware<ApiEnv>(async (c, next) => {
    const memberships = c.var.membership ? [c.var.membership] : c.var.caller.memberships
    const isAllowed = memberships.some((member) => scopes.some((scope) => member.scopes.has(scope)))
    if (!isAllowed) {
      const wanted = scopes.join(' or ')
      throw new ApiError(
        'forbidden',
        `You do not have permission to perform this action. It needs the scope ${wanted}.`,
      )
    }
    await next()
  })
}
