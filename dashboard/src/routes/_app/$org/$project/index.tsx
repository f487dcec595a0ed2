import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, redirect } from '@tanstack/react-router'
import { z } from 'zod/mini'
import { IssueSort } from '#contract/issue.ts'
import { type IssuePageQuery, issueList } from '~/api/issue.ts'
import { projectDetail } from '~/api/project.ts'
import { IssueEmpty } from '~/features/issue/issue-empty.tsx'
import { IssueList } from '~/features/issue/issue-list.tsx'
import { DEFAULT_QUERY, tabOf } from '~/features/issue/issue-query.ts'
import { IssueToolbar } from '~/features/issue/issue-toolbar.tsx'
import { KeyHints } from '~/ui/key-hints.tsx'
import { PageTurner } from '~/ui/page-turner.tsx'
import { RowsSkeleton } from '~/ui/skeleton.tsx'
import { usePageTitle } from '~/ui/use-page-title.ts'

const IssueSearch = z.object({
  query: z.catch(z.optional(z.string()), undefined),
  sort: z.catch(z.optional(IssueSort), undefined),
  cursor: z.catch(z.optional(z.string()), undefined),
})

export const Route = createFileRoute('/_app/$org/$project/')({
  validateSearch: IssueSearch,
  beforeLoad: async ({ context, params }) => {
    const project = await context.queryClient.ensureQueryData(projectDetail(params))
    if (project.firstEvent !== null) return
    throw redirect({ to: '/$org/$project/getting-started', params, replace: true })
  },
  loaderDeps: ({ search }) => pageQuery(search),
  loader: ({ context, params, deps }) =>
    context.queryClient.ensureQueryData(issueList(params, deps)),
  component: IssueListPage,
  pendingComponent: RowsSkeleton,
})

function IssueListPage() {
  const path = Route.useParams()
  const search = Route.useSearch()
  const navigate = Route.useNavigate()
  const asked = pageQuery(search)
  const { data: page } = useSuspenseQuery(issueList(path, asked))
  usePageTitle('Issues', path.project)
  const tab = tabOf(asked.query)
  // A row whose state was just changed leaves the tab at once, before the server is asked again.
  const issues = page.issues.filter((issue) => tab === 'all' || issue.status === tab)
  return (
    <div className="space-y-3">
      <IssueToolbar
        onChange={(change) =>
          void navigate({ search: toSearch({ ...asked, ...change, cursor: undefined }) })
        }
        query={asked.query}
        sort={asked.sort}
      />
      {issues.length === 0 ? (
        <IssueEmpty query={asked.query} />
      ) : (
        <IssueList issues={issues} key={JSON.stringify(asked)} path={path} />
      )}
      <PageTurner
        links={page.links}
        note={
          page.hits === undefined
            ? undefined
            : `${page.hits} ${page.hits === 1 ? 'issue' : 'issues'}`
        }
        onTurn={(cursor) => void navigate({ search: toSearch({ ...asked, cursor }) })}
      />
      <KeyHints
        hints={[
          ['j k', 'move'],
          ['Enter', 'open'],
          ['x', 'select'],
          ['e', 'resolve'],
          ['i', 'ignore'],
          ['u', 'reopen'],
          ['/', 'search'],
        ]}
      />
    </div>
  )
}

function pageQuery(search: z.infer<typeof IssueSearch>): IssuePageQuery {
  return {
    query: search.query ?? DEFAULT_QUERY,
    sort: search.sort ?? 'date',
    cursor: search.cursor,
  }
}

/** Defaults stay out of the URL. */
function toSearch({ query, sort, cursor }: IssuePageQuery): z.infer<typeof IssueSearch> {
  return {
    query: query === DEFAULT_QUERY ? undefined : query,
    sort: sort === 'date' ? undefined : sort,
    cursor,
  }
}
