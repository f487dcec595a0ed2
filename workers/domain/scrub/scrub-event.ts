import type { PicketEvent } from '../event/event.ts'

/** How a project wants its events scrubbed (spec/event-processing.md §5.1). */
export interface Scrubbing {
  /** The default rules and the sensitive fields. */
  enabled: boolean
  /** Words that make a key sensitive, in addition to the default ones. */
  sensitiveFields: string[]
  /** Keys that are never scrubbed. */
  safeFields: string[]
  scrubIpAddresses: boolean
}

export const DEFAULT_SCRUBBING: Scrubbing = {
  enabled: true,
  sensitiveFields: [],
  safeFields: [],
  scrubIpAddresses: false,
}

const FILTERED = '[Filtered]'
const SENSITIVE_KEY =
  /passw(?:or)?d|secret|token|api[_-]?key|auth(?!or(?!i[sz]))|credential|mysql_pwd|private[_-]?key|^otp$|^two[_-]factor$/i
const SECRET_PAIR =
  /\b([\w-]{0,40}(?:passw(?:or)?d|secret|token|api[_-]?key))(["']?[=:]\s?["']?)[^\s"'&,;]{1,512}/gi
const BEARER = /\bbearer [^\s"']{1,4096}/gi
const URL_PASSWORD = /(:\/\/[^/\s:@]{0,128}:)[^/\s:@]{1,256}@/g
/** Parts of an event that carry no free text. */
const STRUCTURAL = [
  'event_id',
  'type',
  'level',
  'platform',
  'release',
  'dist',
  'environment',
  '_meta',
  'sdk',
  'modules',
  'debug_meta',
]

/** A copy of the event without its secrets. The event itself is not changed. */
export function scrubEvent(event: PicketEvent, scrubbing: Scrubbing): PicketEvent {
  const entries = Object.entries(event).map(([key, value]) => [
    key,
    STRUCTURAL.includes(key) ? value : scrubValue(key, value, scrubbing),
  ])
  return Object.fromEntries(entries)
}

function scrubValue(key: string, value: unknown, scrubbing: Scrubbing): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value
  if (scrubbing.scrubIpAddresses && /^(?:ip_address|remote_addr)$/i.test(key)) return null
  if (scrubbing.enabled && isSensitive(key, scrubbing)) {
    return typeof value === 'string' ? FILTERED : null
  }
  if (typeof value === 'string') return scrubbing.enabled ? scrubText(value) : value
  if (Array.isArray(value)) return scrubArray(value, scrubbing)
  if (typeof value !== 'object') return value
  const entries = Object.entries(value).map(([name, child]) => [
    name,
    scrubValue(name, child, scrubbing),
  ])
  return Object.fromEntries(entries)
}

/** A pair of a name and a value is scrubbed by its name. */
function scrubArray(values: unknown[], scrubbing: Scrubbing): unknown[] {
  const [name, value] = values
  if (values.length === 2 && typeof name === 'string') {
    return [name, scrubValue(name, value, scrubbing)]
  }
  return values.map((item) => scrubValue('', item, scrubbing))
}

function isSensitive(key: string, { sensitiveFields, safeFields }: Scrubbing): boolean {
  const name = key.toLowerCase()
  if (safeFields.some((field) => field.toLowerCase() === name)) return false
  return (
    SENSITIVE_KEY.test(name) || sensitiveFields.some((word) => name.includes(word.toLowerCase()))
  )
}

function scrubText(text: string): string {
  return text
    .replace(SECRET_PAIR, `$1$2${FILTERED}`)
    .replace(BEARER, FILTERED)
    .replace(URL_PASSWORD, `$1${FILTERED}@`)
}
