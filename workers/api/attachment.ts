import { type Context, Hono } from 'hono'
import { z } from 'zod'

import type { Attachment } from '#contract/attachment.ts'
import { isScreenshot, mediaType, savedAs, servedType } from '#domain/attachment/media-type.ts'
import {
  attachmentId,
  deleteAttachment,
  findAttachment,
  hashAttachment,
  listAttachments,
  openAttachment,
} from '#store/attachment.ts'
import { findIssue } from '#store/issue.ts'
import { searchIssueEvents } from '#store/issue-events.ts'
import type { StoredAttachment } from '#store/month-attachment.ts'
import type { ApiEnv } from './api-env.ts'
import { isoDate } from './date.ts'
import { findEventOfProject } from './event.ts'
import { eventPosition, parseEventPosition } from './event-position.ts'
import { isTrue } from './issue-event.ts'
import { ApiError } from './on-error.ts'
import { cutSurplus, linkPages, makePage, parseCursor } from './page.ts'
import { last, list } from './query.ts'
import { requireScope } from './scope.ts'
import { valid } from './valid.ts'

/** Events whose attachments one page of an issue's list covers. */
const EVENTS_PER_PAGE = 100
/** Lists hash what is no larger: an object of megabytes is hashed when it is asked for by itself. */
const HASHED_BYTES_MAX = 256 * 1024

const IssueAttachmentSearch = z.object({
  types: list.optional(),
  screenshot: last.optional(),
  cursor: last.optional(),
})

/** Below a project: the files of one of its events. */
export const eventAttachmentRoutes = new Hono<ApiEnv>()
  .get('/events/:event/attachments', requireScope('event:read'), async (c) => {
    const { stores, project, now } = c.var
    const row = await findAttachedEvent(c, c.req.param('event'))
    const attachments = await listAttachments(stores, project.id, [row], now)
    return c.json(await showAttachments(c, attachments))
  })
  .get('/events/:event/attachments/:attachment', requireScope('event:read'), async (c) => {
    const { stores, project } = c.var
    const { event, attachment: id } = c.req.param()
    const attachment = await findAttachmentOf(c, event, id)
    if (c.req.query('download') === undefined) {
      const sha1 = await hashAttachment(stores, project.id, attachment)
      if (sha1 === null) throw new ApiError('not_found')
      return c.json(showAttachment(attachment, sha1))
    }
    const content = await openAttachment(stores, project.id, attachment)
    if (content === null) throw new ApiError('not_found')
    return serveFile(attachment, content)
  })
  .delete('/events/:event/attachments/:attachment', requireScope('event:admin'), async (c) => {
    const { event, attachment: id } = c.req.param()
    const attachment = await findAttachmentOf(c, event, id)
    await deleteAttachment(c.var.stores, c.var.project.id, attachment)
    return c.body(null, 204)
  })

/** Below an issue: the files of its events, those of the newest events first. */
export const issueAttachmentRoutes = new Hono<ApiEnv>().get(
  '/attachments',
  requireScope('event:read'),
  valid('query', IssueAttachmentSearch),
  async (c) => {
    const { stores, issue, now } = c.var
    const { types = [], screenshot, cursor: text } = c.req.valid('query')
    const cursor = parseCursor(text)
    const read = await searchIssueEvents(stores, issue, {
      since: 0,
      until: now + 1,
      condition: null,
      limit: EVENTS_PER_PAGE + 1,
      position: cursor && parseEventPosition(cursor),
      isAscending: cursor?.isBackward ?? false,
    })
    const page = makePage(cutSurplus(read, EVENTS_PER_PAGE), cursor, eventPosition)
    const { rows } = linkPages(c, page)
    const attachments = await listAttachments(stores, issue.projectId, rows, now)
    const wanted = attachments.filter(
      ({ type, name }) =>
        (types.length === 0 || types.includes(type)) && (!isTrue(screenshot) || isScreenshot(name)),
    )
    return c.json(await showAttachments(c, wanted))
  },
)

/**
 * A stranger's file, given out so that no browser takes it for a page of ours: saved, not shown; never
 * sniffed; and in a sandbox without origin or scripts if somebody opens it all the same.
 */
function serveFile(
  attachment: StoredAttachment,
  content: ReadableStream<Uint8Array> | Uint8Array,
): Response {
  return new Response(content as BodyInit, {
    headers: {
      'content-type': servedType(mediaType(attachment)),
      'content-length': String(attachment.bytes),
      'content-disposition': savedAs(attachment.name),
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
}

/** The event, if its issue is still there: what was deleted takes its files along. */
async function findAttachedEvent(c: Context<ApiEnv>, name: string) {
  const row = await findEventOfProject(c, name)
  if (!(await findIssue(c.var.stores, row.issueId))) throw new ApiError('not_found')
  return row
}

async function findAttachmentOf(
  c: Context<ApiEnv>,
  name: string,
  id: string,
): Promise<StoredAttachment> {
  const { stores, project } = c.var
  const { eventId } = await findAttachedEvent(c, name)
  const attachment = await findAttachment(stores, project.id, eventId, id)
  if (!attachment) throw new ApiError('not_found')
  return attachment
}

function showAttachments(
  c: Context<ApiEnv>,
  attachments: StoredAttachment[],
): Promise<Attachment[]> {
  const { stores, project } = c.var
  return Promise.all(
    attachments.map(async (attachment) => {
      const isHashed = attachment.bytes <= HASHED_BYTES_MAX
      const sha1 = isHashed ? await hashAttachment(stores, project.id, attachment) : null
      return showAttachment(attachment, sha1 ?? '')
    }),
  )
}

function showAttachment(attachment: StoredAttachment, sha1: string): Attachment {
  const mimetype = mediaType(attachment)
  return {
    id: attachmentId(attachment),
    event_id: attachment.eventId,
    type: attachment.type,
    name: attachment.name,
    mimetype,
    dateCreated: isoDate(attachment.at),
    size: attachment.bytes,
    headers: { 'Content-Type': mimetype },
    sha1,
  }
}
