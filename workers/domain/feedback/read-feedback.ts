import { parseEventId } from '../identifier.ts'
import { isObject, trimmedText } from '../json.ts'

/** What a person wrote in a feedback form: `contexts.feedback` of a `feedback` item (§5.3). */
export interface Feedback {
  message: string
  contactEmail: string | null
  name: string | null
  url: string | null
  /** By which widget or API it came. */
  source: string | null
  /** The error it is about, if one is known. */
  associatedEventId: string | null
  replayId: string | null
}

/**
 * The feedback in an event; null for an event that is none. Feedback is its own kind of item and
 * never enters the error stream, whatever else the event carries.
 */
export function readFeedback(event: Record<string, unknown>): Feedback | null {
  const contexts = event['contexts']
  const feedback = isObject(contexts) ? contexts['feedback'] : null
  if (!isObject(feedback)) return null
  const message = trimmedText(feedback['message'])
  if (message === null) return null
  return {
    message,
    contactEmail: trimmedText(feedback['contact_email']),
    name: trimmedText(feedback['name']),
    url: trimmedText(feedback['url']),
    source: trimmedText(feedback['source']),
    associatedEventId: parseEventId(feedback['associated_event_id']),
    replayId: parseEventId(feedback['replay_id']),
  }
}
