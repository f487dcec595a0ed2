import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

export const user = sqliteTable('user', {
  id: integer('id').primaryKey(),
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  /** `pbkdf2-sha256$<iterations>$<salt base64>$<hash base64>`, see api/password.ts. */
  passwordHash: text('password_hash').notNull(),
  createdAt: integer('created_at').notNull(),
})

/** A signed-in browser. The cookie carries the token; only its SHA-256 rests here. */
export const session = sqliteTable('session', {
  tokenHash: text('token_hash').primaryKey(),
  userId: integer('user_id').notNull(),
  expiresAt: integer('expires_at').notNull(),
})

/** A bearer token of the web API. Only its SHA-256 rests here; scopes are space-separated. */
export const token = sqliteTable('token', {
  tokenHash: text('token_hash').primaryKey(),
  userId: integer('user_id').notNull(),
  organizationId: integer('organization_id').notNull(),
  scopes: text('scopes').notNull(),
  createdAt: integer('created_at').notNull(),
})
