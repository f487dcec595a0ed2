import { and, desc, eq } from 'drizzle-orm'
import type { HashMove } from './move-hashes.ts'
import { groupingOperation } from './schema/issue.ts'
import type { Stores } from './stores.ts'

export type OperationKind = 'merge' | 'unmerge' | 'regroup' | 'undo'
/** A regrouping runs in the background, and so may its taking back; the others are done at once. */
export type OperationState = 'running' | 'done' | 'undoing' | 'undone' | 'failed'

/** What an operation did: everything it takes to undo it. */
export interface OperationData {
  moves: HashMove[]
  /** In words, for a list of operations. */
  title: string
  /** The operation this one took back. */
  undoes?: number
}

export interface OperationRow extends Omit<typeof groupingOperation.$inferSelect, 'data'> {
  data: OperationData
}

/** What was regrouped in a project, newest first. Index: the primary key. */
export async function listOperations(
  stores: Stores,
  projectId: number,
  limit: number,
): Promise<OperationRow[]> {
  const rows = await stores.db
    .select()
    .from(groupingOperation)
    .where(eq(groupingOperation.projectId, projectId))
    .orderBy(desc(groupingOperation.id))
    .limit(limit)
  return rows.map(readOperation)
}

export async function findOperation(
  stores: Stores,
  projectId: number,
  id: number,
): Promise<OperationRow | null> {
  const { projectId: project, id: key } = groupingOperation
  const row = await stores.db
    .select()
    .from(groupingOperation)
    .where(and(eq(project, projectId), eq(key, id)))
    .get()
  return row ? readOperation(row) : null
}

function readOperation(row: typeof groupingOperation.$inferSelect): OperationRow {
  return { ...row, data: JSON.parse(row.data) as OperationData }
}
