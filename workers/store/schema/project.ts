import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** A project: where one application's events go. `id` is what stands at the end of its DSN. */
export const project = sqliteTable(
  'project',
  {
    id: integer('id').primaryKey(),
    organizationId: integer('organization_id').notNull(),
    teamId: integer('team_id'),
    slug: text('slug').notNull(),
    name: text('name').notNull(),
    platform: text('platform'),
    /** Retention class, the first part of every R2 key of the project: `30d`, `90d`, `1y`. */
    retention: text('retention').notNull().default('90d'),
    /** Settings the gate hands to the edge, JSON of `ProjectOptions` (domain/project). */
    options: text('options').notNull().default('{}'),
    firstEventAt: integer('first_event_at'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [uniqueIndex('project_slug').on(table.organizationId, table.slug)],
)

/** Slugs a project had before: what still asks for one is sent on. */
export const formerSlug = sqliteTable(
  'former_slug',
  {
    organizationId: integer('organization_id').notNull(),
    slug: text('slug').notNull(),
    projectId: integer('project_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organizationId, table.slug] })],
)

/** A client key. `publicKey` is self-certifying (domain/dsn/public-key.ts). */
export const projectKey = sqliteTable(
  'project_key',
  {
    publicKey: text('public_key').primaryKey(),
    projectId: integer('project_id').notNull(),
    name: text('name').notNull(),
    isActive: integer('is_active', { mode: 'boolean' }).notNull().default(true),
    rateLimitCount: integer('rate_limit_count'),
    rateLimitWindowSeconds: integer('rate_limit_window_seconds'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [index('project_key_project').on(table.projectId)],
)
