import type { Notes } from '../schema/notes.ts'
import { type Draft, isBlank } from './draft.ts'
import { formatMessage } from './format-message.ts'

/**
 * Makes sure that `formatted` is what people read, and `message` the template it came from, absent
 * where that would be the same (spec/event-processing.md §3.6).
 */
export function completeLogentry(event: Draft, notes: Notes): void {
  const { logentry } = event
  if (!logentry) return
  const { message, params } = logentry
  if (isBlank(logentry.formatted) && message && params) {
    logentry.formatted = formatMessage(message, params)
  }
  if (message && (isBlank(logentry.formatted) || logentry.formatted === message)) {
    logentry.formatted = message
    delete logentry.message
    notes.at(['logentry'], () => notes.rename((key) => (key === 'message' ? ['formatted'] : [key])))
  }
  if (!isBlank(logentry.formatted)) return
  const hasMore = Object.values(logentry).some((value) => !isBlank(value))
  event.logentry = hasMore
    ? notes.at(['logentry'], () => notes.invalid('no message present'))
    : null
}
