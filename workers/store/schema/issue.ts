import {
  blob,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'

/** One row per issue. Every event touches it through flushes, so it carries three indexes and no more. */
export const issue = sqliteTable(
  'issue',
  {
    /** Milliseconds since 2026 × 4096 + 12 random bits: made by the processor, never by the database. */
    id: integer('id').primaryKey(),
    projectId: integer('project_id').notNull(),
    /** Counter of the project; shown in base 32 as `SHOP-1F`. */
    shortNumber: integer('short_number').notNull(),
    title: text('title').notNull(),
    culprit: text('culprit').notNull(),
    location: text('location'),
    logger: text('logger'),
    level: text('level').notNull(),
    type: text('type').notNull(),
    platform: text('platform').notNull(),
    metadata: text('metadata').notNull(),
    isUnhandled: integer('is_unhandled', { mode: 'boolean' }).notNull(),
    status: text('status').notNull().default('unresolved'),
    substatus: text('substatus').default('new'),
    statusDetails: text('status_details').notNull().default('{}'),
    count: integer('count').notNull().default(0),
    userCount: integer('user_count').notNull().default(0),
    /** Sketch of the users seen (domain/issue/user-sketch.ts). */
    userSketch: blob('user_sketch', { mode: 'buffer' }),
    firstSeenAt: integer('first_seen_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    /** `user:1` or `team:2`. */
    assignee: text('assignee'),
    /** `low`, `medium`, `high` as somebody set it; null: as the level says. */
    priority: text('priority'),
    firstRelease: text('first_release'),
    lastRelease: text('last_release'),
  },
  (table) => [
    uniqueIndex('issue_short_number').on(table.projectId, table.shortNumber),
    index('issue_last_seen').on(table.projectId, table.status, table.lastSeenAt),
  ],
)

/**
 * Which issue a grouping hash belongs to. Stored WITHOUT ROWID (see the migration). Written once per
 * new issue; the index finds an issue's hashes, to show them and to free them when it is deleted.
 */
export const issueHash = sqliteTable(
  'issue_hash',
  {
    projectId: integer('project_id').notNull(),
    hash: text('hash').notNull(),
    issueId: integer('issue_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.hash] }),
    index('issue_hash_issue').on(table.issueId),
  ],
)

/** What people and Picket did to an issue. `type` as in Sentry: set_resolved, set_regression … */
export const activity = sqliteTable(
  'activity',
  {
    id: integer('id').primaryKey(),
    issueId: integer('issue_id').notNull(),
    type: text('type').notNull(),
    userId: integer('user_id'),
    data: text('data').notNull().default('{}'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [index('activity_issue').on(table.issueId)],
)

/** How far each month object's counts have reached this database: makes a repeated flush harmless. */
export const issueFlush = sqliteTable('issue_flush', {
  store: text('store').primaryKey(),
  flush: integer('flush').notNull(),
})
