import type { UserReport } from '#contract/feedback.ts'
import type { FeedbackRow } from '#store/month-feedback.ts'
import { isoDate } from './date.ts'

/** `user` is null: who wrote is known by what they wrote, not by an account of ours. */
export function showUserReport(row: FeedbackRow) {
  const eventId = row.eventId ?? row.feedbackId
  return {
    id: row.feedbackId,
    eventID: eventId,
    name: row.name,
    email: row.email,
    comments: row.message,
    dateCreated: isoDate(row.at),
    user: null,
    event: { id: eventId, eventID: eventId },
    source: row.source,
    url: row.url,
  } satisfies UserReport & Record<string, unknown>
}
