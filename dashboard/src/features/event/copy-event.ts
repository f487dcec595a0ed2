import type { Event } from '#contract/event.ts'
import { eventMarkdown } from './event-markdown.ts'

/** The event as Markdown; `path` is its own page's, so that the link in it stays true. */
export function copyMarkdown(event: Event, path: string): Promise<void> {
  const url = new URL(path, window.location.origin)
  return navigator.clipboard.writeText(eventMarkdown(event, url.href))
}

/** The event as it was stored, fetched from `url` and indented. */
export async function copyRaw(url: string): Promise<void> {
  const response = await fetch(url, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(`The server answered ${response.status}`)
  await navigator.clipboard.writeText(JSON.stringify(await response.json(), null, 2))
}
