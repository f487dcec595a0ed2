import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, redirect } from '@tanstack/react-router'
import { issueList } from '~/api/issue.ts'
import { projectDetail } from '~/api/project.ts'
import { IssueEmpty } from '~/features/issue/issue-empty.tsx'
import { IssueList } from '~/features/issue/issue-list.tsx'
import { fromSearch, IssueSearch, tabOf, toSearch } from '~/features/issue/issue-query.ts'
import { IssueToolbar } from '~/features/issue/issue-toolbar.tsx'
import { KeyHints } from '~/ui/key-hints.tsx'
import { formatExact } from '~/ui/number-text.ts'
import { PageTurner } from '~/ui/page-turner.tsx'
import { RowsSkeleton } from '~/ui/skeleton.tsx'
import { usePageTitle } from '~/ui/use-page-title.ts'

export const Route = createFileRoute('/_app/$org/$project/')({
  validateSearch: IssueSearch,
  beforeLoad: async ({ context, params }) => {
    const project = await context.queryClient.ensureQueryData(projectDetail(params))
    if (project.firstEvent !== null) return
    throw redirect({ to: '/$org/$project/getting-started', params, replace: true })
  },
  loaderDeps: ({ search }) => fromSearch(search),
  loader: ({ context, params, deps }) =>
    context.queryClient.ensureQueryData(issueList(params, deps)),
  component: IssueListPage,
  pendingComponent: RowsSkeleton,
})

function IssueListPage() {
  const path = Route.useParams()
  const asked = fromSearch(Route.useSearch())
  const navigate = Route.useNavigate()
  const { data: page } = useSuspenseQuery(issueList(path, asked))
  usePageTitle('Issues', path.project)
  const tab = tabOf(asked.query)
  // A row whose state was just changed leaves the tab at once, before the server is asked again.
  const issues = page.issues.filter((issue) => tab === 'all' || issue.status === tab)
  return (
    <div className="space-y-3">
      <h1 className="sr-only">Issues of {path.project}</h1>
      <IssueToolbar asked={asked} path={path} />
      {issues.length === 0 ? (
        <IssueEmpty path={path} query={asked.query} />
      ) : (
        <IssueList issues={issues} key={JSON.stringify(asked)} path={path} />
      )}
      <PageTurner
        links={page.links}
        note={page.hits === undefined ? undefined : countText(page.hits)}
        onTurn={(cursor) => void navigate({ search: toSearch({ ...asked, cursor }) })}
      />
      {issues.length > 0 && (
        <KeyHints
          hints={[
            ['j k', 'move'],
            ['Enter', 'open'],
            ['x', 'select'],
            ['e', 'resolve'],
            ['i', 'ignore'],
            ['u', 'reopen'],
            ['z', 'undo'],
            ['/', 'search'],
          ]}
        />
      )}
    </div>
  )
}

function countText(hits: number): string {
  return `${formatExact(hits)} ${hits === 1 ? 'issue' : 'issues'}`
}
