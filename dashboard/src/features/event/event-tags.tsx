import type { Tag } from '#contract/event.ts'

/** Tags as chips, key and value told apart. */
export function EventTags({ tags }: { tags: Tag[] }) {
  if (tags.length === 0) return null
  return (
    <ul aria-label="Tags" className="flex flex-wrap gap-1.5">
      {tags.map(({ key, value }, i) => (
        <li
          className="flex max-w-full min-w-0 overflow-hidden rounded-md bg-kumo-base font-mono text-xs leading-6 ring-1 ring-kumo-line"
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
