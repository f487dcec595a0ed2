import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, type ErrorComponentProps, redirect } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { issueList } from '~/api/issue.ts'
import { projectDetail } from '~/api/project.ts'
import { useRegroup } from '~/features/grouping/use-regroup.ts'
import { IssueEmpty } from '~/features/issue/issue-empty.tsx'
import { IssueList } from '~/features/issue/issue-list.tsx'
import { fromSearch, IssueSearch, tabOf, toSearch } from '~/features/issue/issue-query.ts'
import { IssueToolbar } from '~/features/issue/issue-toolbar.tsx'
import { ErrorState } from '~/ui/error-state.tsx'
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
  pendingComponent: IssueListPending,
  errorComponent: IssueListFailed,
})

/** The toolbar stands whatever became of the list: a query that failed must be mendable. */
function IssueListFrame({ children }: { children: ReactNode }) {
  const path = Route.useParams()
  const asked = fromSearch(Route.useSearch())
  usePageTitle('Issues', path.project)
  return (
    <div className="space-y-3">
      <h1 className="sr-only">Issues of {path.project}</h1>
      <IssueToolbar asked={asked} path={path} />
      {children}
    </div>
  )
}

function IssueListPending() {
  return (
    <IssueListFrame>
      <RowsSkeleton />
    </IssueListFrame>
  )
}

function IssueListFailed(failure: ErrorComponentProps) {
  return (
    <IssueListFrame>
      <ErrorState {...failure} />
    </IssueListFrame>
  )
}

function IssueListPage() {
  const path = Route.useParams()
  const asked = fromSearch(Route.useSearch())
  const navigate = Route.useNavigate()
  const { mergeIssues } = useRegroup(path)
  const { data: page } = useSuspenseQuery(issueList(path, asked))
  const tab = tabOf(asked.query)
  // A row whose state was just changed leaves the tab at once, before the server is asked again.
  const issues = page.issues.filter((issue) => tab === 'all' || issue.status === tab)
  return (
    <IssueListFrame>
      {issues.length > 0 ? (
        <IssueList
          issues={issues}
          key={JSON.stringify(asked)}
          onMerge={(ids) => void mergeIssues(ids)}
          path={path}
        />
      ) : page.issues.length > 0 ? (
        // All of them just left this tab: what moves up from the next page is being fetched.
        <RowsSkeleton />
      ) : (
        <IssueEmpty path={path} query={asked.query} />
      )}
      <PageTurner
        links={page.links}
        note={page.hits ? countText(page.hits) : undefined}
        onTurn={(cursor) => void navigate({ search: toSearch({ ...asked, cursor }) })}
      />
      {issues.length > 0 && <KeyHints hints={KEY_HINTS} />}
    </IssueListFrame>
  )
}

const KEY_HINTS: [keys: string, meaning: string][] = [
  ['j k', 'move'],
  ['Enter', 'open'],
  ['x', 'select'],
  ['e', 'resolve'],
  ['i', 'ignore'],
  ['u', 'reopen'],
  ['z', 'undo'],
  ['/', 'search'],
]

function countText(hits: number): string {
  return `${formatExact(hits)} ${hits === 1 ? 'issue' : 'issues'}`
}
