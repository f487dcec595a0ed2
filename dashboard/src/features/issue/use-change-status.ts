import { useKumoToastManager } from '@cloudflare/kumo/components/toast'
import { useQueryClient } from '@tanstack/react-query'
import type { Issue, IssueStatus } from '#contract/issue.ts'
import { changeStatus, type IssuePage } from '~/api/issue.ts'

const DONE: Record<IssueStatus, string> = {
  resolved: 'resolved',
  ignored: 'ignored',
  unresolved: 'reopened',
}

/** Changes issues at once on the page, then on the server, and offers to undo for a while. */
export function useChangeStatus(org: string) {
  const queryClient = useQueryClient()
  const toasts = useKumoToastManager()

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

  const apply = async (ids: string[], status: IssueStatus): Promise<boolean> => {
    await queryClient.cancelQueries({ queryKey: ['issues', org] })
    paint(new Set(ids), status)
    try {
      await changeStatus(org, ids, status)
      return true
    } catch (error) {
      const description = error instanceof Error ? error.message : String(error)
      toasts.add({ title: 'That did not work', description, variant: 'error' })
      return false
    } finally {
      void queryClient.invalidateQueries({ queryKey: ['issues', org] })
      void queryClient.invalidateQueries({ queryKey: ['issue', org] })
    }
  }

  return async (issues: Issue[], status: IssueStatus) => {
    const changed = issues.filter((issue) => issue.status !== status)
    if (changed.length === 0) return
    const done = await apply(
      changed.map((issue) => issue.id),
      status,
    )
    if (!done) return
    const undo = async () => {
      toasts.close(toast)
      for (const before of ['unresolved', 'resolved', 'ignored'] as const) {
        const ids = changed.filter((issue) => issue.status === before).map((issue) => issue.id)
        if (ids.length > 0) await apply(ids, before)
      }
    }
    const what = changed.length === 1 ? changed[0]?.shortId : `${changed.length} issues`
    const toast: string = toasts.add({
      title: `${what} ${DONE[status]}`,
      timeout: 8000,
      actions: [{ children: 'Undo', size: 'sm', variant: 'secondary', onClick: () => void undo() }],
    })
  }
}
