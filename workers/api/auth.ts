import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'

import { Credentials } from '#contract/auth.ts'
import { toHex } from '#domain/identifier.ts'
import { createSession, deleteSession } from '#store/session.ts'
import { findUserByEmail } from '#store/user.ts'
import type { ApiEnv } from './api-env.ts'
import { authenticate, refuseForeignPage, SESSION_COOKIE } from './authenticate.ts'
import { ApiError } from './on-error.ts'
import { verifyPassword } from './password.ts'
import { hashSecret } from './secret-hash.ts'
import { showUser } from './show-user.ts'
import { valid } from './valid.ts'

/** A session lasts two weeks from sign-in. */
const SESSION_SECONDS = 14 * 86_400

export const authRoutes = new Hono<ApiEnv>()
  .post('/login', valid('json', Credentials), async (c) => {
    // Programs that sign in send neither header; a page of another origin always sends one.
    if (c.req.header('origin') ?? c.req.header('sec-fetch-site')) refuseForeignPage(c)
    const { stores, now } = c.var
    const { email, password } = c.req.valid('json')
    const { success } = await c.env.LOGIN_LIMIT.limit({ key: email.trim().toLowerCase() })
    if (!success) throw new ApiError('too_many', 'Too many attempts. Try again in a minute.')
    const user = await findUserByEmail(stores, email.trim())
    const isRight = await verifyPassword(password, user?.passwordHash ?? null)
    if (!user || !isRight) {
      throw new ApiError('unauthenticated', 'The email or the password is wrong.')
    }
    const secret = toHex(crypto.getRandomValues(new Uint8Array(32)))
    const expiresAt = now + SESSION_SECONDS * 1000
    await createSession(
      stores,
      { tokenHash: await hashSecret(secret), userId: user.id, expiresAt },
      now,
    )
    setCookie(c, SESSION_COOKIE, secret, {
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      secure: new URL(c.req.url).protocol === 'https:',
      maxAge: SESSION_SECONDS,
    })
    return c.json(showUser(user))
  })
  .get('/', authenticate, (c) => c.json(showUser(c.var.caller.user)))
  .delete('/', async (c) => {
    const secret = getCookie(c, SESSION_COOKIE)
    if (secret !== undefined) {
      refuseForeignPage(c)
      await deleteSession(c.var.stores, await hashSecret(secret))
    }
    deleteCookie(c, SESSION_COOKIE, { path: '/' })
    return c.body(null, 204)
  })
