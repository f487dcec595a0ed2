import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** An organization owns projects, teams and members. */
export const organization = sqliteTable('organization', {
  id: integer('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  /** Settings for all its projects, JSON of `OrganizationOptions` (domain/organization). */
  options: text('options').notNull().default('{}'),
  createdAt: integer('created_at').notNull(),
})

export const team = sqliteTable('team', {
  id: integer('id').primaryKey(),
  organizationId: integer('organization_id').notNull(),
  slug: text('slug').notNull(),
  name: text('name').notNull(),
  createdAt: integer('created_at').notNull(),
})

/** Who belongs to an organization, and with which role (`owner`, `manager`, `admin`, `member`). */
export const member = sqliteTable(
  'member',
  {
    organizationId: integer('organization_id').notNull(),
    userId: integer('user_id').notNull(),
    role: text('role').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.organizationId, table.userId] }),
    index('member_user').on(table.userId),
  ],
)
