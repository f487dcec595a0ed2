/** What tests on workerd share: the real bindings, and a project to send to. */
import type { applyD1Migrations } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'

import { importKeySecret, makePublicKey } from '#domain/dsn/public-key.ts'
import type { Env } from '../../workers/env.ts'

export const env = bindings as unknown as Env & {
  TEST_MIGRATIONS: Parameters<typeof applyD1Migrations>[1]
}

export interface TestProject {
  id: number
  slug: string
  publicKey: string
  dsn: string
}

let projects = 0
let organizations = 0

/** A fresh organization with nobody in it; its id. */
export async function makeOrganization(options: object = {}): Promise<number> {
  organizations += 1
  const id = 1_000 + organizations
  await env.DB.prepare(
    'INSERT INTO organization(id, slug, name, options, created_at) VALUES(?, ?, ?, ?, 0)',
  )
    .bind(id, `org-${id}`, `Organization ${id}`, JSON.stringify(options))
    .run()
  return id
}

/** A fresh project with one key; in organization 1 (`acme`, made when it is missing) or another. */
export async function makeProject(
  overrides: {
    rateLimit?: { count: number; windowSeconds: number }
    options?: object
    organizationId?: number
  } = {},
): Promise<TestProject> {
  projects += 1
  const id = 1_000_000_000 + projects
  const slug = `shop-${projects}`
  const secret = await importKeySecret(env.PICKET_SECRET)
  const publicKey = await makePublicKey(secret, id, crypto.getRandomValues(new Uint8Array(8)))
  const { rateLimit = null, options = {}, organizationId = 1 } = overrides
  const run = (sql: string, ...values: unknown[]) => env.DB.prepare(sql).bind(...values)
  await env.DB.batch([
    run(
      "INSERT OR IGNORE INTO organization(id, slug, name, created_at) VALUES(1, 'acme', 'Acme', 0)",
    ),
    run(
      `INSERT INTO project(id, organization_id, slug, name, options, created_at)
       VALUES(?, ?, ?, ?, ?, ?)`,
      id,
      organizationId,
      slug,
      slug,
      JSON.stringify(options),
      Date.now(),
    ),
    run(
      `INSERT INTO project_key(public_key, project_id, name, rate_limit_count,
         rate_limit_window_seconds, created_at) VALUES(?, ?, 'Default', ?, ?, 0)`,
      publicKey,
      id,
      rateLimit?.count ?? null,
      rateLimit?.windowSeconds ?? null,
    ),
  ])
  return { id, slug, publicKey, dsn: `http://${publicKey}@localhost/${id}` }
}

/** A fresh event id. */
export function newEventId(): string {
  return crypto.randomUUID().replaceAll('-', '')
}
