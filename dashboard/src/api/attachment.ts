import { queryOptions } from '@tanstack/react-query'
import { z } from 'zod/mini'
import { Attachment } from '#contract/attachment.ts'
import { UserReport } from '#contract/feedback.ts'
import { type ProjectPath, projectPath } from './project.ts'
import { request, send } from './request.ts'

/** Files that came with an event; they may come after it, so they are not kept for long. */
export function eventAttachments(path: ProjectPath, eventId: string) {
  return queryOptions({
    queryKey: ['attachments', path.org, path.project, eventId],
    staleTime: 15_000,
    queryFn: ({ signal }) =>
      request(z.array(Attachment), `${filesPath(path, eventId)}/`, { signal }),
  })
}

/** What people wrote about an event. */
export function eventFeedback(path: ProjectPath, eventId: string) {
  return queryOptions({
    queryKey: ['feedback', path.org, path.project, eventId],
    staleTime: 15_000,
    queryFn: ({ signal }) =>
      request(
        z.array(UserReport),
        `${projectPath(path)}/user-feedback/?event=${encodeURIComponent(eventId)}`,
        { signal },
      ),
  })
}

/** A file's bytes, as text where it is to be read. Never changes: a file is written once. */
export function attachmentText(path: ProjectPath, file: Attachment) {
  return queryOptions({
    queryKey: ['attachment', path.org, path.project, file.event_id, file.id, 'text'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => (await send(downloadPath(path, file), { signal })).text(),
  })
}

/** A picture's bytes under the type of a picture, whatever it was sent as. */
export function attachmentPicture(path: ProjectPath, file: Attachment) {
  return queryOptions({
    queryKey: ['attachment', path.org, path.project, file.event_id, file.id, 'picture'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const answer = await send(downloadPath(path, file), { signal })
      return new Blob([await answer.arrayBuffer()], { type: file.mimetype })
    },
  })
}

/** Where a browser saves the file from. */
export function attachmentUrl(path: ProjectPath, file: Attachment): string {
  return `/api/0${downloadPath(path, file)}`
}

function downloadPath(path: ProjectPath, { event_id, id }: Attachment): string {
  return `${filesPath(path, event_id)}/${encodeURIComponent(id)}/?download=1`
}

function filesPath(path: ProjectPath, eventId: string): string {
  return `${projectPath(path)}/events/${encodeURIComponent(eventId)}/attachments`
}
