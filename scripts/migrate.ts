import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import type { D1Database } from '@cloudflare/workers-types'

/**
 * Applies the migrations that a local database lacks, under the table wrangler keeps, so that
 * `wrangler d1 migrations` and this agree on what has been done.
 */
export async function migrateDatabase(database: D1Database, folder: string): Promise<void> {
  await database
    .prepare(
      `CREATE TABLE IF NOT EXISTS d1_migrations(
         id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,
         applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL)`,
    )
    .run()
  const { results } = await database
    .prepare('SELECT name FROM d1_migrations')
    .all<{ name: string }>()
  const applied = new Set(results.map(({ name }) => name))
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()) {
    if (applied.has(name)) continue
    const statements = readFileSync(path.join(folder, name), 'utf8').split(
      '--> statement-breakpoint',
    )
    await database.batch([
      ...statements.map((statement) => database.prepare(statement)),
      database.prepare('INSERT INTO d1_migrations(name) VALUES(?)').bind(name),
    ])
  }
}
