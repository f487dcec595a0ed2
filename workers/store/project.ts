import { and, asc, eq, inArray } from 'drizzle-orm'

import { formerSlug, project } from './schema/project.ts'
import type { Stores } from './stores.ts'

export type ProjectRow = typeof project.$inferSelect

/** A project of an organization by slug or, when `name` is all digits, by id. */
export async function findProject(
  stores: Stores,
  organizationId: number,
  name: string,
): Promise<ProjectRow | null> {
  const named = /^\d{1,15}$/.test(name) ? eq(project.id, Number(name)) : eq(project.slug, name)
  const row = await stores.db
    .select()
    .from(project)
    .where(and(eq(project.organizationId, organizationId), named))
    .get()
  return row ?? null
}

export async function findProjectById(stores: Stores, id: number): Promise<ProjectRow | null> {
  return (await stores.db.select().from(project).where(eq(project.id, id)).get()) ?? null
}

/** All projects of some organizations, by slug. A cell's organizations have hundreds, not more. */
export function listProjects(stores: Stores, organizationIds: number[]): Promise<ProjectRow[]> {
  return stores.db
    .select()
    .from(project)
    .where(inArray(project.organizationId, organizationIds))
    .orderBy(asc(project.slug), asc(project.id))
}

export type ProjectColumns = Partial<Pick<ProjectRow, 'slug' | 'name' | 'platform' | 'options'>>

/** Changes columns and answers the row as it is now. A slug it had before leads on to it. */
export async function updateProject(
  stores: Stores,
  before: ProjectRow,
  change: ProjectColumns,
): Promise<ProjectRow> {
  const { id, organizationId, slug } = before
  if (Object.keys(change).length === 0) return before
  const update = stores.db.update(project).set(change).where(eq(project.id, id)).returning()
  if (change.slug === undefined || change.slug === slug) return update.get()
  const [[changed]] = await stores.db.batch([
    update,
    stores.db
      .delete(formerSlug)
      .where(and(eq(formerSlug.organizationId, organizationId), eq(formerSlug.slug, change.slug))),
    stores.db
      .insert(formerSlug)
      .values({ organizationId, slug, projectId: id })
      .onConflictDoUpdate({
        target: [formerSlug.organizationId, formerSlug.slug],
        set: { projectId: id },
      }),
  ])
  return changed ?? before
}

/** The project that had this slug before and has another one now. */
export async function findRenamedProject(
  stores: Stores,
  organizationId: number,
  slug: string,
): Promise<ProjectRow | null> {
  const row = await stores.db
    .select({ project })
    .from(formerSlug)
    .innerJoin(project, eq(project.id, formerSlug.projectId))
    .where(and(eq(formerSlug.organizationId, organizationId), eq(formerSlug.slug, slug)))
    .get()
  return row?.project ?? null
}
