import { sql } from 'drizzle-orm'
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
    /**
     * JSON of the hashes that lead to it, a thousand at most, `hash` or `hash@since` (stream.ts). Here
     * and not behind an index of `issue_hash`: that costs a row per hash, and a read per issue of a list.
     */
    hashes: text('hashes').notNull().default('[]'),
    /** The issue this one was merged into; its status is `merged` then and the old one stands beside. */
    mergedInto: integer('merged_into'),
    formerStatus: text('former_status'),
  },
  (table) => [
    uniqueIndex('issue_short_number').on(table.projectId, table.shortNumber),
    index('issue_last_seen').on(table.projectId, table.status, table.lastSeenAt),
    // Partial: an issue that was never merged does not pay for it.
    index('issue_merged').on(table.mergedInto).where(sql`merged_into IS NOT NULL`),
  ],
)

/**
 * Which issue a grouping hash belongs to, and what was counted under it: an issue's figures are those
 * of its hashes together, so that hashes can move (decisions/0011). Stored WITHOUT ROWID (see the
 * migration); a flush rewrites one row per hash.
 */
export const issueHash = sqliteTable(
  'issue_hash',
  {
    projectId: integer('project_id').notNull(),
    hash: text('hash').notNull(),
    /** 0 for a hash whose issue was deleted: the next event makes a new one. */
    issueId: integer('issue_id').notNull(),
    /** Events received before this (Unix ms) went with an issue that was deleted. */
    since: integer('since').notNull().default(0),
    /** Events whose primary hash this is. */
    count: integer('count').notNull().default(0),
    firstSeenAt: integer('first_seen_at'),
    lastSeenAt: integer('last_seen_at'),
    firstRelease: text('first_release'),
    lastRelease: text('last_release'),
    userSketch: blob('user_sketch', { mode: 'buffer' }),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.hash] })],
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
  /** Which attempt at it was taken: one that had read what has changed since is not. */
  attempt: text('attempt'),
})

/**
 * A regrouping somebody made, with what it takes to undo it. Stored WITHOUT ROWID (see the migration).
 * Ids grow with time.
 */
export const groupingOperation = sqliteTable(
  'grouping_operation',
  {
    projectId: integer('project_id').notNull(),
    id: integer('id').notNull(),
    /** merge, unmerge, regroup, undo. */
    kind: text('kind').notNull(),
    /** running, done, undoing, undone, failed. */
    state: text('state').notNull(),
    userId: integer('user_id'),
    /** JSON of store/grouping-operation.ts. */
    data: text('data').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.id] })],
)
