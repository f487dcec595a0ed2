import { parseEventId } from '../identifier.ts'
import { isObject, parseJson, trimmedText } from '../json.ts'
import type { InvalidReason } from '../outcome.ts'
import { err, ok, type Result } from '../result.ts'

/** Characters, as Sentry counts them: code points (spec/ingest.md §11.8). */
const COMMENTS_MAX = 4096
const NAME_MAX = 128
const EMAIL_MAX = 75

/** What a person wrote about an event, in the older form: the dialog after a crash. */
export interface UserReport {
  eventId: string
  comments: string
  name: string | null
  email: string | null
}

/** Reads a `user_report` item. */
export function parseUserReport(payload: Uint8Array): Result<UserReport, InvalidReason> {
  const raw = parseJson(payload)
  return isObject(raw) ? readUserReport(raw) : err('invalid_json')
}

/** Reads the fields of a report, from an item or from a form. */
export function readUserReport(raw: Record<string, unknown>): Result<UserReport, InvalidReason> {
  const eventId = parseEventId(raw['event_id'])
  const comments = trimmedText(raw['comments'])
  const name = trimmedText(raw['name'])
  const email = trimmedText(raw['email'])
  if (eventId === null || comments === null) return err('invalid_user_report')
  const isTooLong =
    isLonger(comments, COMMENTS_MAX) || isLonger(name, NAME_MAX) || isLonger(email, EMAIL_MAX)
  return isTooLong ? err('too_large:user_report') : ok({ eventId, comments, name, email })
}

function isLonger(text: string | null, max: number): boolean {
  if (text === null || text.length <= max) return false
  return text.length > 2 * max || [...text].length > max
}
