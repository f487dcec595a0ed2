import { Link } from '@tanstack/react-router'
import type { Tag } from '#contract/event.ts'

type EventTagsProps = { tags: Tag[]; org: string; project: string }

/** Tags as chips; each leads to the issues that share it. */
export function EventTags({ tags, org, project }: EventTagsProps) {
  if (tags.length === 0) return null
  return (
    <ul aria-label="Tags" className="flex flex-wrap gap-1.5">
      {tags.map(({ key, value }, i) => (
        <li
          className="min-w-0 max-w-full"
          // biome-ignore lint/suspicious/noArrayIndexKey: a key may repeat
          key={`${key}:${i}`}
        >
          <Link
            className="flex max-w-full overflow-hidden rounded-md bg-kumo-base font-mono text-xs leading-6 ring-1 ring-kumo-line hover:ring-kumo-brand"
            params={{ org, project }}
            search={{ query: `is:unresolved ${searchTerm(key, value ?? '')}` }}
            title={`${key}: ${value ?? ''}\nFind issues with this tag`}
            to="/$org/$project"
          >
            <span className="shrink-0 bg-kumo-recessed px-1.5 text-kumo-subtle">{key}</span>
            <span className="truncate px-1.5">{value || '–'}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

function searchTerm(key: string, value: string): string {
  const text = value === '' || /[\s"()]/.test(value) ? `"${value.replaceAll('"', '\\"')}"` : value
  return `${key}:${text}`
}
