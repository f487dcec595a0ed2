import type { Tag } from '#contract/event.ts'

/** Tags as chips, key and value told apart. */
export function EventTags({ tags }: { tags: Tag[] }) {
  if (tags.length === 0) return null
  return (
    <ul
      aria-label="Tags"
      className="-mx-3 flex gap-1.5 overflow-x-auto px-3 py-px sm:mx-0 sm:flex-wrap sm:px-px"
    >
      {tags.map(({ key, value }, i) => (
        <li
          className="flex max-w-72 min-w-0 shrink-0 sm:max-w-full overflow-hidden rounded-md bg-kumo-base font-mono text-xs leading-6 ring-1 ring-kumo-line"
          // biome-ignore lint/suspicious/noArrayIndexKey: a key may repeat
          key={`${key}:${i}`}
          title={`${key}: ${value ?? ''}`}
        >
          <span className="shrink-0 bg-kumo-recessed px-1.5 text-kumo-subtle">{key}</span>
          <span className="truncate px-1.5">{value || '–'}</span>
        </li>
      ))}
    </ul>
  )
}
