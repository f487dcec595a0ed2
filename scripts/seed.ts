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
 * `seed.json` holds what cannot be read back (the token and the password rest as hashes), so it is
 * written first: a run that is killed in between seeds the same things next time. `dev.json` is for
 * others to read, and never read here: in `.picket` it may be that of another run.
 */
export async function seedDatabase(
  database: D1Database,
  { url, state }: { url: string; state: string },
): Promise<Seeded> {
  const file = path.join(state, 'seed.json')
  const seeded = existsSync(file) ? reread(file, url) : await makeSeeded(url, readSecret(state))
  note(file, seeded)
  const isSeeded = await database.prepare('SELECT 1 FROM organization').first()
  if (!isSeeded) {
    const statements = await seedStatements(seeded, Date.now())
    await database.batch(
      statements.map(([sql, ...values]) => database.prepare(sql).bind(...values)),
    )
  }
  // Last: whoever reads it may send at once.
  note(path.join(state, 'dev.json'), seeded)
  return seeded
}

/** Invents a first project of cell 1, its key, and who may see it. */
export async function makeSeeded(url: string, secret: string): Promise<Seeded> {
  const projectId = firstProjectId(1)
  const publicKey = await makePublicKey(await importKeySecret(secret), projectId, randomBytes(8))
  return {
    url,
    dsn: formatDsn(url, publicKey, projectId),
    token: `sntryu_${randomBytes(32).toString('hex')}`,
    organization: 'acme',
    project: 'shop',
    projectId: String(projectId),
    publicKey,
    email: 'admin@picket.local',
    password: randomBytes(9).toString('base64url'),
  }
}

/** The rows of an empty deployment, as SQL and what to bind. `now` is Unix ms. */
export async function seedStatements(
  seeded: Seeded,
  now: number,
): Promise<[sql: string, ...values: (string | number)[]][]> {
  const { email, token, projectId, publicKey } = seeded
  const passwordHash = await hashPassword(seeded.password)
  return [
    ["INSERT INTO organization(id, slug, name, created_at) VALUES(1, 'acme', 'Acme', ?)", now],
    [
      `INSERT INTO team(id, organization_id, slug, name, created_at)
       VALUES(1, 1, 'acme', 'Acme', ?)`,
      now,
    ],
    [
      `INSERT INTO user(id, email, name, password_hash, created_at)
       VALUES(1, ?, 'Admin', ?, ?)`,
      email,
      passwordHash,
      now,
    ],
    ["INSERT INTO member(organization_id, user_id, role) VALUES(1, 1, 'owner')"],
    [
      `INSERT INTO token(token_hash, user_id, organization_id, scopes, created_at)
       VALUES(?, 1, 1, ?, ?)`,
      await sha256(token),
      SCOPES,
      now,
    ],
    [
      `INSERT INTO project(id, organization_id, team_id, slug, name, created_at)
       VALUES(?, 1, 1, 'shop', 'Shop', ?)`,
      Number(projectId),
      now,
    ],
    [
      `INSERT INTO project_key(public_key, project_id, name, created_at)
       VALUES(?, ?, 'Default', ?)`,
      publicKey,
      Number(projectId),
      now,
    ],
  ]
}

/** Tells tools that look in one place only which run they should talk to: the last that started. */
export function announce(seeded: Seeded): void {
  note(path.join(ROOT, '.picket/dev.json'), seeded)
}

/** What an earlier run noted; the port may be another one now. */
function reread(file: string, url: string): Seeded {
  const before = JSON.parse(readFileSync(file, 'utf8')) as Seeded
  return { ...before, url, dsn: formatDsn(url, before.publicKey, Number(before.projectId)) }
}

function note(file: string, seeded: Seeded): void {
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(seeded, null, 2)}\n`, { mode: 0o600 })
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Buffer.from(digest).toString('hex')
}
