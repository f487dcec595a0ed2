import { queryOptions } from '@tanstack/react-query'
import { Event } from '#contract/event.ts'
import { issuePath } from './issue.ts'
import { type ProjectPath, projectPath } from './project.ts'
import { request } from './request.ts'

/** `eventId`: 32 hex digits, `latest` or `oldest`. */
export function eventDetail(org: string, issueId: string, eventId: string) {
  const moving = eventId === 'latest' || eventId === 'oldest'
  return queryOptions({
    queryKey: ['event', org, issueId, eventId],
    staleTime: moving ? 10_000 : 60_000,
    queryFn: ({ signal }) =>
      request(Event, `${issuePath(org, issueId)}/events/${encodeURIComponent(eventId)}/`, {
        signal,
      }),
  })
}

/** Where the event stands as it was stored; for a link and for "copy as JSON". */
export function rawEventUrl(path: ProjectPath, eventId: string): string {
  return `/api/0${projectPath(path)}/events/${encodeURIComponent(eventId)}/json/`
}
