import { useQueryClient } from '@tanstack/react-query'
import { type Issue, IssueStatus } from '#contract/issue.ts'
import { changeStatus, type IssuePage } from '~/api/issue.ts'
import { showToast } from '~/ui/toast.tsx'

const DONE: Record<IssueStatus, string> = {
  resolved: 'resolved',
  ignored: 'ignored',
  unresolved: 'reopened',
}

/**
 * Changes reach the server one after the other, as they were made: who undoes and resolves again
 * within a moment must not find the two swapped.
 */
let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/** Changes issues at once on the page, then on the server, and offers to undo for a while. */
export function useChangeStatus(org: string) {
  const queryClient = useQueryClient()

  const paint = (ids: Set<string>, status: IssueStatus) => {
    const repaint = (issue: Issue) => (ids.has(issue.id) ? { ...issue, status } : issue)
    queryClient.setQueriesData<IssuePage>(
      { queryKey: ['issues', org] },
      (page) => page && { ...page, issues: page.issues.map(repaint) },
    )
    queryClient.setQueriesData<Issue>(
      { queryKey: ['issue', org] },
      (issue) => issue && repaint(issue),
    )
  }

  /** Says on the page if it did not work; the true state is fetched again either way. */
  const apply = async (ids: string[], status: IssueStatus): Promise<boolean> => {
    waiting += 1
    const turn = last.then(() => changeStatus(org, ids, status))
    last = turn.catch(() => undefined)
    await queryClient.cancelQueries({ queryKey: ['issues', org] })
    await queryClient.cancelQueries({ queryKey: ['issue', org] })
    paint(new Set(ids), status)
    try {
      await turn
      return true
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error)
      showToast({ title: 'That did not work', detail, isBad: true })
      return false
    } finally {
      waiting -= 1
      // An answer asked for now would not know of the changes that still wait.
      if (waiting === 0) {
        void queryClient.invalidateQueries({ queryKey: ['issues', org] })
        void queryClient.invalidateQueries({ queryKey: ['issue', org] })
      }
    }
  }

  return async (issues: Issue[], status: IssueStatus) => {
    const changed = issues.filter((issue) => issue.status !== status)
    const ids = changed.map((issue) => issue.id)
    if (ids.length === 0 || !(await apply(ids, status))) return
    const undo = async () => {
      for (const before of IssueStatus.options) {
        const back = changed.filter((issue) => issue.status === before)
        const backIds = back.map((issue) => issue.id)
        if (backIds.length > 0) await apply(backIds, before)
      }
    }
    const what = changed.length === 1 ? changed[0]?.shortId : `${changed.length} issues`
    showToast({ title: `${what} ${DONE[status]}`, undo: () => void undo() })
  }
}
