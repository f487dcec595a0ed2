import type { PicketEvent } from '#domain/event/event.ts'
import type { UserReport } from '#domain/feedback/parse-user-report.ts'
import { readFeedback } from '#domain/feedback/read-feedback.ts'
import type { FeedbackRow } from '#store/month-feedback.ts'
import { readPackedItem } from '#store/packed-item.ts'

/** What somebody wrote in a feedback widget; null when the event holds no message. */
export function processFeedback(bytes: Uint8Array): FeedbackRow | null {
  const { meta, payload } = readPackedItem(bytes)
  const event = JSON.parse(payload) as PicketEvent
  const feedback = readFeedback(event)
  if (!feedback) return null
  const { name, message, url, associatedEventId, contactEmail, replayId } = feedback
  return {
    feedbackId: event.event_id,
    at: meta.receivedAt,
    eventId: associatedEventId,
    source: 'feedback',
    name,
    email: contactEmail,
    message,
    url,
    environment: event.environment ?? null,
    release: event.release ?? null,
    replayId,
  }
}

/** What somebody wrote in a crash dialog. */
export function processUserReport(bytes: Uint8Array): FeedbackRow {
  const { meta, payload } = readPackedItem(bytes)
  const { eventId, name, email, comments } = JSON.parse(payload) as UserReport
  return {
    feedbackId: eventId,
    at: meta.receivedAt,
    eventId,
    source: 'user_report',
    name,
    email,
    message: comments,
    url: null,
    environment: null,
    release: null,
    replayId: null,
  }
}
