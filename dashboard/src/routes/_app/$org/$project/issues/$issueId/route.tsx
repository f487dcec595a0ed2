import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, Outlet } from '@tanstack/react-router'
import { issueDetail } from '~/api/issue.ts'
import { IssueFacts } from '~/features/issue/issue-facts.tsx'
import { IssueHeader } from '~/features/issue/issue-header.tsx'
import { splitTitle } from '~/features/issue/issue-title.ts'
import { Icon } from '~/ui/icon.tsx'
import { usePageTitle } from '~/ui/use-page-title.ts'

/** The issue stays while its events change below it. */
export const Route = createFileRoute('/_app/$org/$project/issues/$issueId')({
  loader: ({ context, params }) =>
    context.queryClient.ensureQueryData(issueDetail(params.org, params.issueId)),
  component: IssueFrame,
})

function IssueFrame() {
  const { org, project, issueId } = Route.useParams()
  const { data: issue } = useSuspenseQuery(issueDetail(org, issueId))
  usePageTitle(splitTitle(issue).filter(Boolean).join(': '), issue.shortId)
  return (
    <div className="space-y-3">
      <Link
        activeOptions={{ exact: true }}
        className="inline-flex items-center gap-1 text-xs text-kumo-subtle hover:text-kumo-default"
        params={{ org, project }}
        to="/$org/$project"
      >
        <Icon name="arrowLeft" size={12} /> Issues
      </Link>
      <IssueHeader issue={issue} org={org} />
      <IssueFacts issue={issue} />
      <Outlet />
    </div>
  )
}
