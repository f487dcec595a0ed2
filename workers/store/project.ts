import { and, asc, eq, inArray } from 'drizzle-orm'

import { project } from './schema/project.ts'
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

/** Changes columns and answers the row as it is now. */
export async function updateProject(
  stores: Stores,
  id: number,
  change: Partial<Pick<ProjectRow, 'slug' | 'name' | 'platform' | 'options'>>,
): Promise<ProjectRow> {
  return stores.db.update(project).set(change).where(eq(project.id, id)).returning().get()
}
