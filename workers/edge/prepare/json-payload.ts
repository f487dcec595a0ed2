import { hasRoundedIds, parseExactly } from '#domain/event/exact-ids.ts'

/**
 * The JSON object in a payload; null when there is none. Bytes that are not UTF-8 become replacement
 * characters: an event with one bad byte in a header is still an event.
 */
export function parseObject(payload: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(payload))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : null
  } catch {
    return null // the caller tells it as `invalid: invalid_json`
  }
}

/** The event in a payload, its ids to the last digit; null when there is none. */
export function parseEvent(payload: Uint8Array): Record<string, unknown> | null {
  const raw = parseObject(payload)
  if (!raw || !hasRoundedIds(raw)) return raw
  return parseExactly(new TextDecoder().decode(payload)) as Record<string, unknown>
}
