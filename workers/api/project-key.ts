import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { importKeySecret, makePublicKey } from '#domain/dsn/public-key.ts'
import {
  countProjectKeys,
  createProjectKey,
  deleteProjectKey,
  findProjectKey,
  listProjectKeys,
  type ProjectKeyRow,
  updateProjectKey,
} from '#store/project-key.ts'
import type { ApiEnv } from './api-env.ts'
import { gateOf } from './gate.ts'
import { ApiError } from './on-error.ts'
import { cutPage, linkPages, parseCursor } from './page.ts'
import { last, oneOf } from './query.ts'
import { requireScope } from './scope.ts'
import { showProjectKey } from './show-project-key.ts'
import { valid } from './valid.ts'

/** The gate holds all keys of a project in memory and the edge asks for them. */
const KEYS_MAX = 100
const KEYS_PER_PAGE = 100
const WINDOW_SECONDS_MAX = 30 * 86_400

const RateLimitBody = z
  .object({
    window: z.int().min(0).max(WINDOW_SECONDS_MAX).nullish(),
    count: z.int().min(0).max(1_000_000_000).nullish(),
  })
  .nullish()

const KeyBody = z.object({
  name: z.string().trim().min(1).max(64).optional(),
  isActive: z.boolean().optional(),
  rateLimit: RateLimitBody,
})

const KeySearch = z.object({
  status: oneOf(['active', 'inactive']).optional(),
  cursor: last.optional(),
})

/** Below a project: its client keys. The gate is told after every change. */
export const projectKeyRoutes = new Hono<ApiEnv>()
  .get('/keys', requireScope('project:read'), valid('query', KeySearch), async (c) => {
    const { status, cursor } = c.req.valid('query')
    const keys = await listProjectKeys(c.var.stores, c.var.project.id)
    const asked = keys.filter(({ isActive }) => !status || isActive === (status === 'active'))
    const { rows } = linkPages(c, cutPage(asked, KEYS_PER_PAGE, parseCursor(cursor)))
    return c.json(rows.map((key) => show(c, key)))
  })
  .post('/keys', requireScope('project:write'), valid('json', KeyBody), async (c) => {
    const { stores, project, now } = c.var
    const { name = 'Default', isActive = true, rateLimit } = c.req.valid('json')
    if ((await countProjectKeys(stores, project.id)) >= KEYS_MAX) {
      throw new ApiError('invalid', `A project can have at most ${KEYS_MAX} keys.`)
    }
    const secret = await importKeySecret(c.env.PICKET_SECRET)
    const random = crypto.getRandomValues(new Uint8Array(8))
    const key = await createProjectKey(stores, {
      publicKey: await makePublicKey(secret, project.id, random),
      projectId: project.id,
      name,
      isActive,
      ...rateLimitColumns(rateLimit),
      createdAt: now,
    })
    await gateOf(c.env, project.id).refresh()
    return c.json(show(c, key), 201)
  })
  .get('/keys/:key', requireScope('project:read'), async (c) => {
    const key = await findProjectKey(c.var.stores, c.var.project.id, c.req.param('key'))
    return c.json(show(c, found(key)))
  })
  .put('/keys/:key', requireScope('project:write'), valid('json', KeyBody), async (c) => {
    const { stores, project } = c.var
    const { rateLimit, ...change } = c.req.valid('json')
    const key = await updateProjectKey(stores, project.id, c.req.param('key'), {
      ...change,
      ...(rateLimit !== undefined && rateLimitColumns(rateLimit)),
    })
    const changed = found(key)
    await gateOf(c.env, project.id).refresh()
    return c.json(show(c, changed))
  })
  .delete('/keys/:key', requireScope('project:admin'), async (c) => {
    const { stores, project } = c.var
    const isDeleted = await deleteProjectKey(stores, project.id, c.req.param('key'))
    if (!isDeleted) throw new ApiError('not_found')
    await gateOf(c.env, project.id).refresh()
    return c.body(null, 204)
  })

/** As in Sentry a limit without a count or a window is none. */
function rateLimitColumns(limit: z.infer<typeof RateLimitBody>) {
  const { count, window } = limit ?? {}
  return count && window
    ? { rateLimitCount: count, rateLimitWindowSeconds: window }
    : { rateLimitCount: null, rateLimitWindowSeconds: null }
}

function found(key: ProjectKeyRow | null): ProjectKeyRow {
  if (!key) throw new ApiError('not_found')
  return key
}

function show(c: Context<ApiEnv>, key: ProjectKeyRow) {
  return showProjectKey(key, new URL(c.req.url).origin)
}
