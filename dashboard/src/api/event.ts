import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod/mini'
import { Event, EventRow } from '#contract/event.ts'
import { type PageLinks, parseLinkHeader } from './cursor.ts'
import { issuePath } from './issue.ts'
import { type ProjectPath, projectPath } from './project.ts'
import { parseAnswer, request, send } from './request.ts'

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

export type EventPage = { events: EventRow[]; links: PageLinks }

export function eventList(org: string, issueId: string, cursor?: string) {
  return queryOptions({
    queryKey: ['events', org, issueId, cursor],
    queryFn: async ({ signal }): Promise<EventPage> => {
      const search = cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`
      const url = `${issuePath(org, issueId)}/events/${search}`
      const response = await send(url, { signal })
      return {
        events: parseAnswer(z.array(EventRow), url, await response.json()),
        links: parseLinkHeader(response.headers.get('link')),
      }
    },
  })
}

/** Where the event stands as it was stored; for a link and for "copy as JSON". */
export function rawEventUrl(path: ProjectPath, eventId: string): string {
  return `/api/0${projectPath(path)}/events/${encodeURIComponent(eventId)}/json/`
}
