import { and, count, desc, eq, inArray, sql } from 'drizzle-orm'

import type { PackMessage } from '#domain/pack/pack-message.ts'
import { deadLetter } from './schema/dead-letter.ts'
import type { Stores } from './stores.ts'

export type DeadLetterRow = typeof deadLetter.$inferSelect

/** Notes a pack whose pointer died on the queue; one that dies again is counted. `now`: Unix ms. */
export async function recordDeadLetter(
  stores: Stores,
  message: PackMessage,
  now: number,
): Promise<void> {
  const { packId, projectId } = message
  await stores.db
    .insert(deadLetter)
    .values({
      packId,
      projectId,
      message: JSON.stringify(message),
      failures: 1,
      firstFailedAt: now,
      lastFailedAt: now,
    })
    .onConflictDoUpdate({
      target: deadLetter.packId,
      set: { failures: sql`${deadLetter.failures} + 1`, lastFailedAt: now },
    })
}

/** A project's dead letters, newest pack first: pack ids sort by time. Index: dead_letter_project. */
export function listDeadLetters(
  stores: Stores,
  projectId: number,
  { limit }: { limit: number },
): Promise<DeadLetterRow[]> {
  return stores.db
    .select()
    .from(deadLetter)
    .where(eq(deadLetter.projectId, projectId))
    .orderBy(desc(deadLetter.packId))
    .limit(limit)
}

/** Those of these packs that are dead letters of the project. At most 90 ids (D1 binds 100). */
export function findDeadLetters(
  stores: Stores,
  projectId: number,
  packIds: string[],
): Promise<DeadLetterRow[]> {
  return stores.db
    .select()
    .from(deadLetter)
    .where(and(eq(deadLetter.projectId, projectId), inArray(deadLetter.packId, packIds)))
}

export async function countDeadLetters(stores: Stores, projectId: number): Promise<number> {
  const row = await stores.db
    .select({ total: count() })
    .from(deadLetter)
    .where(eq(deadLetter.projectId, projectId))
    .get()
  return row?.total ?? 0
}

/** Forgets letters whose pointers are on the queue again. At most 90 ids. */
export async function deleteDeadLetters(
  stores: Stores,
  projectId: number,
  packIds: string[],
): Promise<void> {
  await stores.db
    .delete(deadLetter)
    .where(and(eq(deadLetter.projectId, projectId), inArray(deadLetter.packId, packIds)))
}
