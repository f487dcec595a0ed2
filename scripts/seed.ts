import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

import type { D1Database } from '@cloudflare/workers-types'
import { hashPassword } from '../workers/api/password.ts'
import { formatDsn } from '../workers/domain/dsn/parse-dsn.ts'
import { importKeySecret, makePublicKey } from '../workers/domain/dsn/public-key.ts'
import { firstProjectId } from '../workers/domain/identifier.ts'
import { ROOT } from './paths.ts'
import { readSecret } from './secret.ts'

/**
 * What tools and tests need to know of a local run; written to `dev.json` in its state folder, and
 * to `.picket/dev.json` by whichever run started last.
 */
export interface Seeded {
  url: string
  dsn: string
  token: string
  organization: string
  project: string
  projectId: string
  publicKey: string
  email: string
  password: string
}

const SCOPES =
  'org:read org:write project:read project:write project:admin project:releases team:read ' +
  'event:read event:write event:admin member:read'

/**
 * Seeds an organization, a team, a user, a project and a key, once; a second run finds them.
 * `dev.json` holds what cannot be read back (the token and the password rest as hashes).
 */
export async function seedDatabase(
  database: D1Database,
  { url, state }: { url: string; state: string },
): Promise<Seeded> {
  const file = path.join(state, 'dev.json')
  if (existsSync(file)) {
    const before = JSON.parse(readFileSync(file, 'utf8')) as Seeded
    const projectId = Number(before.projectId)
    return note(file, { ...before, url, dsn: formatDsn(url, before.publicKey, projectId) })
  }
  const projectId = firstProjectId(1)
  const secret = await importKeySecret(readSecret(state))
  const publicKey = await makePublicKey(secret, projectId, randomBytes(8))
  const token = `sntryu_${randomBytes(32).toString('hex')}`
  const seeded: Seeded = {
    url,
    dsn: formatDsn(url, publicKey, projectId),
    token,
    organization: 'acme',
    project: 'shop',
    projectId: String(projectId),
    publicKey,
    email: 'admin@picket.local',
    password: randomBytes(9).toString('base64url'),
  }
  const now = Date.now()
  const insert = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  await database.batch([
    insert("INSERT INTO organization VALUES(1, 'acme', 'Acme', ?)", now),
    insert("INSERT INTO team VALUES(1, 1, 'acme', 'Acme', ?)", now),
    insert(
      "INSERT INTO user VALUES(1, ?, 'Admin', ?, ?)",
      seeded.email,
      await hashPassword(seeded.password),
      now,
    ),
    insert("INSERT INTO member VALUES(1, 1, 'owner')"),
    insert('INSERT INTO token VALUES(?, 1, 1, ?, ?)', await sha256(token), SCOPES, now),
    insert(
      `INSERT INTO project(id, organization_id, team_id, slug, name, created_at)
       VALUES(?, 1, 1, 'shop', 'Shop', ?)`,
      projectId,
      now,
    ),
    insert(
      `INSERT INTO project_key(public_key, project_id, name, created_at)
       VALUES(?, ?, 'Default', ?)`,
      publicKey,
      projectId,
      now,
    ),
  ])
  return note(file, seeded)
}

function note(file: string, seeded: Seeded): Seeded {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(seeded, null, 2)}\n`, { mode: 0o600 })
  return seeded
}

/** Tells tools that look in one place only which run they should talk to: the last that started. */
export function announce(seeded: Seeded): void {
  note(path.join(ROOT, '.picket/dev.json'), seeded)
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(digest).toString('hex')
}
