import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { buildDashboard } from './bundle.ts'
import { ROOT } from './paths.ts'
import { makeSeeded, seedStatements } from './seed.ts'

/**
 * `npm run deploy [-- --env eu]`: the whole operation of a cell. Deploys (wrangler creates the
 * database, bucket and queues that are missing), sets the deployment's secret if it has none,
 * migrates, and seeds an empty database. Safe to run again: it is also the upgrade.
 *
 *     PICKET_URL   where the cell answers, for the printed DSN (else the workers.dev address)
 */
const environment = process.argv.slice(2)
const folder = mkdtempSync(path.join(tmpdir(), 'picket-deploy-'))

try {
  buildDashboard()
  // The schema first where there is one: new code may need it, and migrations only ever add.
  wrangler(['d1', 'migrations', 'apply', 'DB', '--remote'], { mayFail: true })
  const deployed = wrangler(['deploy'])
  const url = process.env['PICKET_URL'] ?? /https:\/\/\S+\.workers\.dev/.exec(deployed)?.[0]
  wrangler(['d1', 'migrations', 'apply', 'DB', '--remote'])
  const secret = ensureSecret()
  if (secret !== null && url) await seed(url, secret)
  console.log(`\n  Picket is deployed${url ? `: ${url}/` : ''}\n`)
} finally {
  rmSync(folder, { recursive: true })
}

/** Runs wrangler and shows what it says; answers its output. */
function wrangler(args: string[], { mayFail = false } = {}): string {
  const bin = path.join(ROOT, 'node_modules/wrangler/bin/wrangler.js')
  const { status, stdout } = spawnSync(process.execPath, [bin, ...args, ...environment], {
    cwd: ROOT,
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  process.stdout.write(stdout)
  if (status !== 0 && !mayFail) throw new Error(`wrangler ${args.join(' ')} failed`)
  return stdout
}

/** Makes the secret that signs DSN keys, once; null when the deployment has one already. */
function ensureSecret(): string | null {
  const secrets = wrangler(['secret', 'list'], { mayFail: true })
  if (secrets.includes('PICKET_SECRET')) return null
  const secret = randomBytes(32).toString('hex')
  const file = path.join(folder, 'secrets.json')
  writeFileSync(file, JSON.stringify({ PICKET_SECRET: secret }), { mode: 0o600 })
  wrangler(['secret', 'bulk', file])
  return secret
}

async function seed(url: string, secret: string): Promise<void> {
  const seeded = await makeSeeded(url, secret)
  const statements = await seedStatements(seeded, Date.now())
  const file = path.join(folder, 'seed.sql')
  writeFileSync(file, statements.map((statement) => `${inline(statement)};\n`).join(''))
  wrangler(['d1', 'execute', 'DB', '--remote', '--yes', '--file', file])
  console.log(`
  DSN         ${seeded.dsn}
  Sign in     ${seeded.email} / ${seeded.password}
  API token   ${seeded.token}

  These are shown once: the password and the token rest as hashes.`)
}

/** `wrangler d1 execute` binds nothing: values are quoted into the text. */
function inline([sql, ...values]: [string, ...(string | number)[]]): string {
  const rest = values.values()
  return sql.replace(/\?/g, () => {
    const value = rest.next().value
    return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`
  })
}
