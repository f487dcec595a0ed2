import { and, desc, eq, lt, ne } from 'drizzle-orm'
import type { HashMove } from './move-hashes.ts'
import type { RegroupJob } from './regroup-job.ts'
import { groupingOperation } from './schema/issue.ts'
import type { Stores } from './stores.ts'

/** A regrouping is carried out in parts, each an operation too that nobody is shown. */
export type OperationKind = 'merge' | 'unmerge' | 'regroup' | 'regroup_part' | 'undo'
/**
 * A regrouping begins as a draft, runs in the background and is taken back there; the others are done
 * at once.
 */
export type OperationState = 'draft' | 'running' | 'done' | 'undoing' | 'undone' | 'failed'

/** What an operation did: everything it takes to undo it. */
export interface OperationData {
  moves: HashMove[]
  /** In words, for a list of operations. */
  title: string
  /** The operation this one took back. */
  undoes?: number
  /** Of a regrouping: what it is and how far it has come. */
  job?: RegroupJob
}

export interface OperationRow
  extends Omit<typeof groupingOperation.$inferSelect, 'data' | 'kind' | 'state'> {
  kind: OperationKind
  state: OperationState
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
    .where(
      and(
        eq(groupingOperation.projectId, projectId),
        ne(groupingOperation.kind, 'regroup_part'),
        ne(groupingOperation.state, 'draft'),
      ),
    )
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

/** Drafts are forgotten after a day. */
const DRAFT_MS = 86_400_000

/** Begins a regrouping that changes nothing yet, and forgets old ones of its kind. */
export async function insertDraft(
  stores: Stores,
  row: { projectId: number; id: number; userId: number; title: string; now: number },
  job: RegroupJob,
): Promise<void> {
  const { projectId, state, createdAt } = groupingOperation
  const { title, now, ...ids } = row
  const old = and(eq(state, 'draft'), lt(createdAt, now - DRAFT_MS))
  await stores.db.batch([
    stores.db.delete(groupingOperation).where(and(eq(projectId, row.projectId), old)),
    stores.db.insert(groupingOperation).values({
      ...ids,
      kind: 'regroup',
      state: 'draft',
      data: JSON.stringify({ moves: [], title, job } satisfies OperationData),
      createdAt: now,
    }),
  ])
}

/** True while a regrouping of the project is under way, there or back. */
export async function isRegrouping(stores: Stores, projectId: number): Promise<boolean> {
  const row = await stores.sql
    .prepare(
      `SELECT 1 FROM grouping_operation
       WHERE project_id = ? AND state IN ('running', 'undoing') LIMIT 1`,
    )
    .bind(projectId)
    .first()
  return row !== null
}

/** True when something was regrouped after this, and stands. */
export async function hasLaterRegrouping(
  stores: Stores,
  projectId: number,
  id: number,
): Promise<boolean> {
  const row = await stores.sql
    .prepare(
      `SELECT 1 FROM grouping_operation WHERE project_id = ? AND id > ? AND kind = 'regroup'
         AND state IN ('running', 'done', 'undoing') LIMIT 1`,
    )
    .bind(projectId, id)
    .first()
  return row !== null
}

function readOperation(row: typeof groupingOperation.$inferSelect): OperationRow {
  const { kind, state, data } = row
  return {
    ...row,
    kind: kind as OperationKind,
    state: state as OperationState,
    data: JSON.parse(data) as OperationData,
  }
}
