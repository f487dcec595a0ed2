import { and, asc, count, eq } from 'drizzle-orm'

import { projectKey } from './schema/project.ts'
import type { Stores } from './stores.ts'

export type ProjectKeyRow = typeof projectKey.$inferSelect

/** A project's keys, oldest first. Index: project_key_project. */
export function listProjectKeys(stores: Stores, projectId: number): Promise<ProjectKeyRow[]> {
  return stores.db
    .select()
    .from(projectKey)
    .where(eq(projectKey.projectId, projectId))
    .orderBy(asc(projectKey.createdAt), asc(projectKey.publicKey))
}

export async function findProjectKey(
  stores: Stores,
  projectId: number,
  publicKey: string,
): Promise<ProjectKeyRow | null> {
  const row = await stores.db.select().from(projectKey).where(named(projectId, publicKey)).get()
  return row ?? null
}

export async function countProjectKeys(stores: Stores, projectId: number): Promise<number> {
  const row = await stores.db
    .select({ total: count() })
    .from(projectKey)
    .where(eq(projectKey.projectId, projectId))
    .get()
  return row?.total ?? 0
}

export function createProjectKey(stores: Stores, row: ProjectKeyRow): Promise<ProjectKeyRow> {
  return stores.db.insert(projectKey).values(row).returning().get()
}

/** Changes a key; null when the project has no such key. */
export async function updateProjectKey(
  stores: Stores,
  projectId: number,
  publicKey: string,
  change: Partial<
    Pick<ProjectKeyRow, 'name' | 'isActive' | 'rateLimitCount' | 'rateLimitWindowSeconds'>
  >,
): Promise<ProjectKeyRow | null> {
  if (Object.keys(change).length === 0) return findProjectKey(stores, projectId, publicKey)
  const changed = await stores.db
    .update(projectKey)
    .set(change)
    .where(named(projectId, publicKey))
    .returning()
    .get()
  return changed ?? null
}

/** True when there was one to delete. */
export async function deleteProjectKey(
  stores: Stores,
  projectId: number,
  publicKey: string,
): Promise<boolean> {
  const deleted = await stores.db
    .delete(projectKey)
    .where(named(projectId, publicKey))
    .returning({ publicKey: projectKey.publicKey })
  return deleted.length > 0
}

function named(projectId: number, publicKey: string) {
  return and(eq(projectKey.projectId, projectId), eq(projectKey.publicKey, publicKey))
}
