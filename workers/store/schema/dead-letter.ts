import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** A pack that could not be processed, waiting for a person (or the gate's hourly try). */
export const deadLetter = sqliteTable(
  'dead_letter',
  {
    packId: text('pack_id').primaryKey(),
    projectId: integer('project_id').notNull(),
    /** The pack message as it was on the queue, JSON. Pointers only, no personal data. */
    message: text('message').notNull(),
    failures: integer('failures').notNull(),
    firstFailedAt: integer('first_failed_at').notNull(),
    lastFailedAt: integer('last_failed_at').notNull(),
  },
  (table) => [index('dead_letter_project').on(table.projectId, table.packId)],
)
