import type { PicketEvent } from './event.ts'

/** Marks the kind of id a user was known by; the first that is there counts (§3.4). */
const KINDS = [
  ['id', 'id'],
  ['username', 'username'],
  ['email', 'email'],
  ['ip', 'ip_address'],
] as const

/** Longest key we keep: the limit of a tag's value (spec/event-processing.md §2.1). */
const USER_KEY_CHARS_MAX = 200

/** Who had the error, in one word: `id:1`, `username:ann`, `email:…`, `ip:…`; null when unknown. */
export function userKey(event: PicketEvent): string | null {
  for (const [kind, field] of KINDS) {
    const value = event.user?.[field]
    if (typeof value === 'string' && value !== '') {
      return `${kind}:${value}`.slice(0, USER_KEY_CHARS_MAX)
    }
  }
  return null
}
