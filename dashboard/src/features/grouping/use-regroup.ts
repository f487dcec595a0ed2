import { useQueryClient } from '@tanstack/react-query'
import { merge, undoOperation, unmerge } from '~/api/grouping.ts'
import type { ProjectPath } from '~/api/project.ts'
import { showToast } from '~/ui/toast.tsx'

/** Merges and unmerges, says so, and offers to undo for a while. */
export function useRegroup(path: ProjectPath) {
  const queryClient = useQueryClient()
  const refresh = () => {
    for (const name of ['issues', 'issue', 'issue-hashes', 'issue-tags', 'event']) {
      void queryClient.invalidateQueries({ queryKey: [name, path.org] })
    }
    void queryClient.invalidateQueries({ queryKey: ['grouping-operations', path.org] })
    // Undoing a regrouping sets the rules back.
    void queryClient.invalidateQueries({ queryKey: ['project', path.org, path.project] })
  }
  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      showToast({ title: 'That did not work', detail, isBad: true })
      return null
    } finally {
      refresh()
    }
  }
  const undo = (operationId: string) => attempt(() => undoOperation(path, operationId))
  const regroup = async (title: string, work: () => Promise<string>): Promise<boolean> => {
    const operationId = await attempt(work)
    if (operationId === null) return false
    showToast({ title, undo: () => void undo(operationId) })
    return true
  }
  return {
    undo,
    mergeIssues: (ids: string[]) =>
      regroup(`${ids.length} issues merged`, () => merge(path.org, ids)),
    unmergeHashes: (issueId: string, hashes: string[]) =>
      regroup(hashes.length === 1 ? 'Hash unmerged' : `${hashes.length} hashes unmerged`, () =>
        unmerge(path.org, issueId, hashes),
      ),
  }
}
