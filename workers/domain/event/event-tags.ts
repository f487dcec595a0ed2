import { deviceClass } from './device-class.ts'
import type { PicketEvent } from './event.ts'
import { userKey } from './event-user.ts'
import { cutCharacters } from './text.ts'

/**
 * Most tags an event can have, and longest key and value. The lengths are the wire's
 * (spec/event-processing.md §2.1); the number is ours: rows and queries stay bounded.
 */
const TAGS_MAX = 200
const TAG_KEY_CHARS_MAX = 200
const TAG_VALUE_CHARS_MAX = 200

/** Tags the server alone decides about: what clients say under these names is dropped. */
const SERVER_KEYS = new Set([
  'release',
  'dist',
  'user',
  'sentry:release',
  'sentry:dist',
  'sentry:user',
])

/**
 * All tags of an event, each key once: those it was sent with, and those its other parts say
 * (spec/event-processing.md §3.4). Release, dist and user stand under these plain names.
 */
export function eventTags(event: PicketEvent): [string, string][] {
  const tags = new Map<string, string>()
  const derived = derivedTags(event)
  // Derived first: should the limit bite, it bites what clients made up.
  for (const [key, value] of derived) set(tags, key, value)
  for (const tag of event.tags ?? []) {
    if (tag?.[0] && !SERVER_KEYS.has(tag[0]) && !tags.has(tag[0])) set(tags, tag[0], tag[1])
  }
  if (!tags.has('url')) set(tags, 'url', event.request?.url)
  return [...tags]
}

function set(tags: Map<string, string>, key: string, value: unknown): void {
  if (tags.size >= TAGS_MAX || typeof value !== 'string' || value === '' || !key) return
  tags.set(cutCharacters(key, TAG_KEY_CHARS_MAX), cutCharacters(value, TAG_VALUE_CHARS_MAX))
}

/** In the order of the table in §3.4; a later pair of the same key wins. */
function derivedTags(event: PicketEvent): [string, unknown][] {
  const tags: [string, unknown][] = [
    ['level', event.level],
    ['logger', event.logger],
    ['environment', event.environment],
    ['transaction', event.transaction],
    ['release', event.release],
    ['dist', event.dist],
    ['user', userKey(event)],
    ['device.class', deviceClass(event.contexts?.['device'] ?? {})],
  ]
  const mechanism = event.exception?.values?.[0]?.mechanism
  if (mechanism) {
    tags.push(['mechanism', mechanism.type])
    if (typeof mechanism.handled === 'boolean') tags.push(['handled', yesNo(mechanism.handled)])
  }
  for (const [key, context] of Object.entries(event.contexts ?? {})) {
    if (context) tags.push(...contextTags(key, context))
  }
  return tags
}

/** `key` is where the context stands (`client_os`), not its type. */
function contextTags(key: string, context: Record<string, unknown>): [string, unknown][] {
  switch (context['type']) {
    case 'browser':
    case 'runtime':
      return [
        [key, nameAndVersion(context)],
        [`${key}.name`, context['name']],
      ]
    case 'os':
      return [
        [key, nameAndVersion(context)],
        [`${key}.name`, context['name']],
        [`${key}.rooted`, typeof context['rooted'] === 'boolean' ? yesNo(context['rooted']) : null],
      ]
    case 'device':
      return [
        [key, context['model']],
        [`${key}.family`, context['family']],
      ]
    case 'gpu':
      return [
        [`${key}.name`, context['name']],
        [`${key}.vendor`, context['vendor_name']],
      ]
    case 'app':
      return [[`${key}.device`, context['device_app_hash']]]
    case 'monitor':
      return [[`${key}.id`, context['id']]]
    default:
      return []
  }
}

function nameAndVersion({ name, version }: Record<string, unknown>): string | null {
  return name && version ? `${String(name)} ${String(version)}` : null
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}
