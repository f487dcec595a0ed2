import { Link } from '@tanstack/react-router'
import type { Tag } from '#contract/event.ts'
import type { ProjectPath } from '~/api/project.ts'
import { tagTerm } from '~/api/search-term.ts'

const CHIP =
  'flex max-w-72 min-w-0 shrink-0 overflow-hidden rounded-md bg-kumo-base font-mono text-xs leading-6 ring-1 ring-kumo-line sm:max-w-full'

/** Tags as chips, key and value told apart; each leads to the issues that share it. */
export function EventTags({ tags, path }: { tags: Tag[]; path: ProjectPath }) {
  if (tags.length === 0) return null
  return (
    <ul
      aria-label="Tags"
      className="-mx-3 flex gap-1.5 overflow-x-auto px-3 py-px sm:mx-0 sm:flex-wrap sm:px-px"
    >
      {tags.map((tag, i) => (
        <li
          className="flex max-w-full min-w-0 shrink-0"
          // biome-ignore lint/suspicious/noArrayIndexKey: a key may repeat
          key={`${tag.key}:${i}`}
        >
          <TagChip path={path} tag={tag} />
        </li>
      ))}
    </ul>
  )
}

function TagChip({ tag: { key, value }, path }: { tag: Tag; path: ProjectPath }) {
  const term = tagTerm(key, value)
  const content = (
    <>
      <span className="max-w-40 shrink-0 truncate bg-kumo-recessed px-1.5 text-kumo-subtle">
        {key}
      </span>
      <span className="truncate px-1.5">{value || '–'}</span>
    </>
  )
  if (term === undefined) {
    return (
      <span className={CHIP} title={`${key}: ${value ?? ''}`}>
        {content}
      </span>
    )
  }
  return (
    <Link
      className={`${CHIP} hover:bg-kumo-tint`}
      params={path}
      search={{ query: term }}
      title={`Issues with ${key}: ${value}`}
      to="/$org/$project"
    >
      {content}
    </Link>
  )
}
