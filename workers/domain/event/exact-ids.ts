/**
 * Some services number their users beyond 2^53, where a JavaScript number means its neighbours too:
 * two people would become one. Telling costs a look at the few places ids stand in; only an event
 * that has such an id is parsed a second time, with its long integers kept as their digits.
 */
import { isObject } from '../json.ts'

/** True when an id of this event was rounded as it was parsed. */
export function hasRoundedIds(raw: Record<string, unknown>): boolean {
  const user = raw['user'] ?? raw['sentry.interfaces.User']
  if (isObject(user) && (isRounded(user['id']) || isRounded(user['username']))) return true
  const { tags, fingerprint, release } = raw
  if (isRounded(release) || (Array.isArray(fingerprint) && fingerprint.some(isRounded))) return true
  if (Array.isArray(tags)) return tags.some((tag) => Array.isArray(tag) && isRounded(tag[1]))
  return isObject(tags) && Object.values(tags).some(isRounded)
}

function isRounded(value: unknown): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value)
}

/** `JSON.parse` of valid JSON, but integers beyond 2^53 stay as they were written, as text. */
export function parseExactly(text: string): unknown {
  // The third argument is younger than the type library knows (proposal-json-parse-with-source).
  const revive = (_key: string, value: unknown, context?: { source?: string }): unknown => {
    const source = context?.source
    return isRounded(value) && source !== undefined && /^-?\d+$/.test(source) ? source : value
  }
  return JSON.parse(text, revive)
}
