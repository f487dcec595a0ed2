import { Link } from '@tanstack/react-router'
import type { ProjectPath } from '~/api/project.ts'
import { buttonLook } from '~/ui/button.tsx'
import { Empty } from '~/ui/empty.tsx'
import { joinQuery, type StatusTab, tabOf, textOf, toSearch } from './issue-query.ts'

const TITLES: Record<StatusTab, string> = {
  unresolved: 'Nothing unresolved',
  resolved: 'Nothing resolved yet',
  ignored: 'Nothing ignored',
  all: 'No issues',
}

/** An empty list says why it is empty, and where to look instead. */
export function IssueEmpty({ path, query }: { path: ProjectPath; query: string }) {
  const tab = tabOf(query)
  const text = textOf(query)
  if (text === '') {
    return (
      <Empty icon="check" title={TITLES[tab]}>
        {tab === 'unresolved'
          ? 'Every error this project reported is resolved or ignored.'
          : 'Issues appear here when their state changes.'}
      </Empty>
    )
  }
  const wider = (name: string, next: string) => (
    <Link
      className={buttonLook()}
      params={path}
      search={toSearch({ query: next, sort: 'date' })}
      to="/$org/$project"
    >
      {name}
    </Link>
  )
  return (
    <Empty
      actions={
        <>
          {tab !== 'all' && wider('Search all issues', text)}
          {wider('Clear the search', joinQuery(tab, ''))}
        </>
      }
      icon="search"
      title="No match"
    >
      Nothing {tab === 'all' ? '' : `${tab} `}matches “<span className="wrap-anywhere">{text}</span>
      ”.
    </Empty>
  )
}
