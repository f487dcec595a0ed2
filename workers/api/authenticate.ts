import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'

import { findSessionIdentity, findTokenIdentity, type Identity } from '#store/membership.ts'
import type { ApiEnv, Caller } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { roleScopes, withImplied } from './scope.ts'
import { hashSecret } from './secret-hash.ts'

/** Cookie of the dashboard's session. */
export const SESSION_COOKIE = 'picket_session'
/** Far longer than any token of ours; a guard against hashing megabytes. */
const CREDENTIAL_CHARACTERS_MAX = 2048
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS']

/** Finds who asks; refuses when nobody does, or when the token means nothing. */
export const authenticate = createMiddleware<ApiEnv>(async (c, next) => {
  const caller = await findCaller(c)
  if (!caller) throw new ApiError('unauthenticated')
  c.set('caller', caller)
  await next()
})

/** The caller, or null when the request carries no credential that could be one of ours. */
export async function findCaller(c: Context<ApiEnv>): Promise<Caller | null> {
  const authorization = c.req.header('authorization')
  if (authorization !== undefined) return tokenCaller(c, authorization)
  const cookie = getCookie(c, SESSION_COOKIE)
  if (cookie === undefined || cookie.length > CREDENTIAL_CHARACTERS_MAX) return null
  if (!SAFE_METHODS.includes(c.req.method)) refuseForeignPage(c)
  const identity = await findSessionIdentity(c.var.stores, await hashSecret(cookie), c.var.now)
  return identity ? callerOf(identity, 'session') : null
}

async function tokenCaller(c: Context<ApiEnv>, authorization: string): Promise<Caller | null> {
  const token = /^bearer\s+(\S+)\s*$/i.exec(authorization)?.[1]
  if (token === undefined) return null
  const identity =
    token.length <= CREDENTIAL_CHARACTERS_MAX
      ? await findTokenIdentity(c.var.stores, await hashSecret(token))
      : null
  if (!identity) throw new ApiError('unauthenticated', 'Invalid token')
  return callerOf(identity, 'token')
}

/**
 * A browser sends the cookie whoever wrote the page, so a change must come from our own pages.
 * Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`; neither is no browser of ours.
 */
export function refuseForeignPage(c: Context<ApiEnv>): void {
  const site = c.req.header('sec-fetch-site')
  const origin = c.req.header('origin')
  const isOurs = site === undefined ? origin === new URL(c.req.url).origin : site === 'same-origin'
  if (!isOurs) throw new ApiError('forbidden', 'CSRF Failed: the request is not of this origin.')
}

function callerOf(identity: Identity, credential: Caller['credential']): Caller {
  const granted = identity.scopes && withImplied(identity.scopes)
  const memberships = identity.memberships.map((membership) => ({
    ...membership,
    scopes: intersect(roleScopes(membership.role), granted),
  }))
  const scopes = new Set(memberships.flatMap((membership) => [...membership.scopes]))
  return { user: identity.user, memberships, scopes: [...scopes].sort(), credential }
}

function intersect(scopes: Set<string>, granted: Set<string> | null): Set<string> {
  return granted ? new Set([...scopes].filter((scope) => granted.has(scope))) : scopes
}
