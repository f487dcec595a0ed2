/**
 * What the engine says about a crash: `CrashContext.runtime-xml`. Of the document only elements that hold
 * nothing but text are read, each by its name, in one pass; entities other than XML's own five and
 * character references mean nothing, so nothing expands.
 */
import { isObject, parseJson } from '../json.ts'

/** The document is a few dozen KB; what lies beyond is not read. */
const CONTEXT_BYTES_MAX = 1024 * 1024
const ELEMENTS_MAX = 500
const TEXT_CHARACTERS_MAX = 8192

const LEAF = /<([A-Za-z_][\w.-]{0,99})>([^<]*)<\/\1>/g

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Elements that hold text, the first of each name counting. */
export function readUnrealContext(bytes: Uint8Array): Map<string, string> {
  const xml = new TextDecoder().decode(bytes.subarray(0, CONTEXT_BYTES_MAX))
  const elements = new Map<string, string>()
  for (const [, name = '', text = ''] of xml.matchAll(LEAF)) {
    if (elements.size === ELEMENTS_MAX) break
    const value = decodeEntities(text).trim().slice(0, TEXT_CHARACTERS_MAX)
    if (value !== '' && !elements.has(name)) elements.set(name, value)
  }
  return elements
}

/** Elements that are the event's own, or as large as a page each, and so no context. */
const NOT_CONTEXT = new Set(['__sentry', 'CallStack', 'PCallStack', 'PCallStackHash', 'Modules'])

/**
 * The event of a crash as the engine tells it. `userId` is what the reporter put into the address; a game
 * may have written an event of its own into its data, as JSON named `__sentry`, which wins.
 */
export function unrealEvent(
  elements: ReadonlyMap<string, string>,
  userId: string | null,
): Record<string, unknown> {
  const own = parseJson(elements.get('__sentry') ?? '')
  const known = [...elements].filter(([name]) => !NOT_CONTEXT.has(name))
  const message = elements.get('ErrorMessage')
  const login = elements.get('LoginId') ?? elements.get('UserName')
  const id = userId?.split('|').find((part) => part !== '') ?? login
  const user = {
    ...(id ? { id } : {}),
    ...(elements.has('UserName') ? { username: elements.get('UserName') } : {}),
  }
  const event = {
    ...(message ? { logentry: { formatted: message } } : {}),
    ...(Object.keys(user).length > 0 ? { user } : {}),
    ...(known.length > 0
      ? { contexts: { unreal: { type: 'unreal', ...Object.fromEntries(known) } } }
      : {}),
  }
  return isObject(own) ? { ...event, ...own } : event
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g,
    (whole, decimal, hex, name) => {
      if (name !== undefined)
        return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}
