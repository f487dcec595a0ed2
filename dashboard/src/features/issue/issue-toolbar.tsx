import { InputGroup } from '@cloudflare/kumo/components/input-group'
import { Tabs } from '@cloudflare/kumo/components/tabs'
import { useRef, useState } from 'react'
import type { IssueSort } from '#contract/issue.ts'
import { Icon } from '~/ui/icon.tsx'
import { useHotkeys } from '~/ui/use-hotkeys.ts'
import { joinQuery, STATUS_TABS, type StatusTab, tabOf, textOf } from './issue-query.ts'

const SORTS: Record<IssueSort, string> = {
  date: 'Last seen',
  new: 'First seen',
  freq: 'Events',
  user: 'Users',
}

type IssueToolbarProps = {
  query: string
  sort: IssueSort
  onChange: (change: { query?: string; sort?: IssueSort }) => void
}

/** Status tabs, search and order. Holds only what is being typed; the rest is the URL's. */
export function IssueToolbar({ query, sort, onChange }: IssueToolbarProps) {
  const tab = tabOf(query)
  const search = useRef<HTMLInputElement>(null)
  useHotkeys({ '/': () => search.current?.focus() })
  return (
    <div className="flex flex-col gap-2 lg:flex-row lg:items-center">
      <Tabs
        className="shrink-0"
        onValueChange={(value) => onChange({ query: joinQuery(value as StatusTab, textOf(query)) })}
        size="sm"
        tabs={STATUS_TABS.map((value) => ({
          value,
          label: value[0]?.toUpperCase() + value.slice(1),
        }))}
        value={tab}
      />
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <SearchBox
          input={search}
          // A new query from elsewhere (a tab, the back button) replaces what was typed.
          key={query}
          onSearch={(text) => onChange({ query: joinQuery(tab, text) })}
          text={textOf(query)}
        />
        <label className="flex shrink-0 items-center gap-1.5 text-xs text-kumo-subtle">
          <span className="hidden sm:inline">Sort by</span>
          <select
            aria-label="Sort by"
            className="h-6.5 rounded-md bg-kumo-control px-2 text-xs text-kumo-default ring-1 ring-kumo-line"
            onChange={(event) => onChange({ sort: event.target.value as IssueSort })}
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
  return (
    <form
      className="min-w-0 flex-1"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(typed)
      }}
      role="search"
    >
      <InputGroup className="w-full" size="sm">
        <InputGroup.Addon>
          <Icon name="search" size={14} />
        </InputGroup.Addon>
        <InputGroup.Input
          aria-label="Search issues"
          enterKeyHint="search"
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            if (typed === '') event.currentTarget.blur()
            setTyped('')
            if (text !== '') onSearch('')
          }}
          placeholder="Search title, message, culprit…"
          ref={input}
          value={typed}
        />
      </InputGroup>
    </form>
  )
}
