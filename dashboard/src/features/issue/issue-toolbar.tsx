import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { IssueSort } from '#contract/issue.ts'
import type { IssuePageQuery } from '~/api/issue.ts'
import type { ProjectPath } from '~/api/project.ts'
import { Icon } from '~/ui/icon.tsx'
import { TabBar, tabLook } from '~/ui/tab-bar.tsx'
import { useCommands } from '~/ui/use-commands.ts'
import { joinQuery, STATUS_TABS, type StatusTab, tabOf, textOf, toSearch } from './issue-query.ts'

const TABS: Record<StatusTab, string> = {
  unresolved: 'Unresolved',
  resolved: 'Resolved',
  ignored: 'Ignored',
  all: 'All',
}

const SORTS: Record<IssueSort, string> = {
  date: 'Last seen',
  new: 'First seen',
  freq: 'Events',
  user: 'Users',
}

type IssueToolbarProps = { path: ProjectPath; asked: IssuePageQuery }

/** Status tabs, search and order. Holds only what is being typed; the rest is the URL's. */
export function IssueToolbar({ path, asked }: IssueToolbarProps) {
  const { query, sort } = asked
  const tab = tabOf(query)
  const text = textOf(query)
  const navigate = useNavigate()
  const input = useRef<HTMLInputElement>(null)
  useCommands([
    { name: 'Search issues', key: '/', icon: 'search', run: () => input.current?.focus() },
  ])
  const ask = (change: Partial<IssuePageQuery>) =>
    void navigate({
      to: '/$org/$project',
      params: path,
      search: toSearch({ query, sort, ...change }),
    })
  return (
    <div className="flex flex-col gap-2 lg:flex-row lg:items-center">
      <TabBar label="Status">
        {STATUS_TABS.map((each) => (
          <Link
            aria-current={each === tab ? 'page' : undefined}
            className={tabLook(each === tab)}
            key={each}
            params={path}
            search={toSearch({ query: joinQuery(each, text), sort })}
            to="/$org/$project"
          >
            {TABS[each]}
          </Link>
        ))}
      </TabBar>
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <SearchBox
          input={input}
          // A new query from elsewhere (a tab, the back button) replaces what was typed.
          key={query}
          onSearch={(typed) => ask({ query: joinQuery(tab, typed) })}
          text={text}
        />
        <label className="flex shrink-0 items-center gap-1.5 text-xs text-kumo-subtle">
          <span className="hidden sm:inline">Sort by</span>
          <select
            aria-label="Sort by"
            className="h-8 cursor-pointer rounded-md bg-kumo-control pr-1 pl-2 text-xs text-kumo-default ring ring-kumo-line pointer-coarse:h-9"
            onChange={(event) => ask({ sort: IssueSort.parse(event.target.value) })}
            value={sort}
          >
            {Object.entries(SORTS).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
        </label>
      </div>
    </div>
  )
}

type SearchBoxProps = {
  text: string
  onSearch: (text: string) => void
  input: React.RefObject<HTMLInputElement | null>
}

function SearchBox({ text, onSearch, input }: SearchBoxProps) {
  const [typed, setTyped] = useState(text)
  const clear = () => {
    setTyped('')
    if (text !== '') onSearch('')
  }
  return (
    <search className="min-w-0 flex-1">
      <form
        className="flex h-8 items-center gap-2 rounded-md bg-kumo-control px-2.5 ring ring-kumo-line focus-within:ring-2 focus-within:ring-kumo-brand pointer-coarse:h-9"
        onSubmit={(event) => {
          event.preventDefault()
          onSearch(typed)
        }}
      >
        <span className="text-kumo-subtle">
          <Icon name="search" size={14} />
        </span>
        <input
          aria-label="Search issues"
          className="h-full min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-kumo-placeholder sm:text-sm"
          enterKeyHint="search"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            if (typed === '') event.currentTarget.blur()
            clear()
          }}
          placeholder="Search words or release:1.2"
          ref={input}
          value={typed}
        />
        {typed !== '' && (
          <button
            aria-label="Clear search"
            className="flex size-6 cursor-pointer items-center justify-center rounded text-kumo-subtle hover:text-kumo-default"
            onClick={clear}
            type="button"
          >
            <Icon name="x" size={14} />
          </button>
        )}
      </form>
    </search>
  )
}
