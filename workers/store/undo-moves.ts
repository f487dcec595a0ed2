import type { OperationRow } from './grouping-operation.ts'
import { type Moved, moveHashes } from './move-hashes.ts'
import type { Stores } from './stores.ts'

/**
 * Moves the hashes of an operation back to where they were. One that was moved on since stays where it
 * is: the later wish counts.
 */
export function undoMoves(
  stores: Stores,
  { projectId, id, kind, data }: OperationRow,
  by: { userId: number | null; now: number },
): Promise<Moved> {
  const moves = data.moves.map(({ hash, from, to }) => ({ hash, from: to, to: from }))
  const issueIds = [...new Set(moves.flatMap(({ from, to }) => [from, to]))]
  return moveHashes(stores, {
    projectId,
    kind: kind === 'regroup_part' ? kind : 'undo',
    moves,
    newIssues: [],
    activity: issueIds.map((issueId) => ({
      issueId,
      type: 'grouping_undone',
      data: { title: data.title },
    })),
    data: { title: data.title },
    undoes: id,
    ...by,
  })
}
