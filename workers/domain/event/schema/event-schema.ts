/** Everything an event can be sent with (spec/event-processing.md §1.2, §1.3). */
import { isObject } from '../../json.ts'
import type { Breadcrumb, DebugImage, EventUser, LogEntry, PicketEvent } from '../event.ts'
import { parseIpAddress } from '../ip-address.ts'
import { type Dictionary, setOwn } from '../own-key.ts'
import { list, object, pairs, record, values } from './container.ts'
import { contexts } from './context-schema.ts'
import { jsonSize, jsonText, ORIGINAL_SIZE_MAX } from './json-size.ts'
import { breakdowns, measurements } from './measurement-schema.ts'
import type { Notes } from './notes.ts'
import { request } from './request-schema.ts'
import {
  address,
  checked,
  freeObject,
  lenientString,
  level,
  oneOf,
  type Reader,
  string,
  unsigned,
  uuid,
} from './scalar.ts'
import { span } from './span-schema.ts'
import { exception, stacktrace, thread } from './stacktrace-schema.ts'
import { timestamp } from './timestamp.ts'

const readLogEntry = object<LogEntry>({
  message: string,
  formatted: string,
  params: (value, notes) =>
    typeof value === 'object' ? value : notes.invalid('expected message parameters', value),
})

/** The message, with its template. Old SDKs send text; what is neither is shown as JSON. */
const logentry: Reader<LogEntry> = (value, notes) => {
  if (isObject(value)) return readLogEntry(value, notes)
  if (value === false) return null
  return { formatted: typeof value === 'string' ? value : jsonText(value) }
}

/** `{{auto}}` asks the server to fill in the address the event came from. */
const ipAddress = checked(
  string,
  (text) => text === '{{auto}}' || parseIpAddress(text) !== null,
  'expected an ip address',
)

const readUser = object<EventUser>({
  id: lenientString,
  email: string,
  ip_address: ipAddress,
  username: lenientString,
  name: string,
  geo: object({ country_code: string, city: string, subdivision: string, region: string }),
  segment: string,
  sentry_user: string,
  data: freeObject,
})
const USER_FIELDS = new Set(
  'id email ip_address username name geo segment sentry_user data'.split(' '),
)

/** Whatever else was said about a user is kept as its data. */
const user: Reader<EventUser> = (value, notes) => {
  const result = readUser(value, notes)
  if (!result || !isObject(value)) return result
  const others = Object.keys(value).filter((key) => !USER_FIELDS.has(key))
  if (others.length === 0) return result
  const data: Dictionary = { ...result.data }
  for (const key of others) setOwn(data, key, value[key])
  return { ...result, data: data as EventUser['data'] }
}

const breadcrumb = object<Breadcrumb>(
  {
    timestamp,
    type: { read: string, aliases: ['ty'] },
    category: string,
    level,
    message: string,
    data: freeObject,
    event_id: uuid,
    origin: string,
  },
  { unknown: noteUnknown },
)

const sdk = object<NonNullable<PicketEvent['sdk']>>({
  name: string,
  version: string,
  integrations: list(string),
  features: list(string),
  packages: list(object({ name: string, version: string })),
  client_ip: ipAddress,
  settings: object({ infer_ip: string }),
})

const nativeImage = object<DebugImage>({
  type: string,
  code_id: string,
  code_file: { read: string, aliases: ['name'] },
  debug_id: { read: string, aliases: ['id'] },
  debug_file: string,
  debug_checksum: string,
  arch: string,
  image_addr: address,
  image_size: unsigned,
  image_vmaddr: address,
})

const appleImage = object<DebugImage>({
  name: string,
  uuid: string,
  arch: string,
  image_addr: address,
  image_size: unsigned,
  image_vmaddr: address,
  cpu_type: unsigned,
  cpu_subtype: unsigned,
})

/** By type. `apple` is what the oldest Cocoa SDKs called `macho`. */
const IMAGES: Record<string, Reader<DebugImage>> = {
  apple: (value, notes) => {
    const { name, uuid: id, ...image } = appleImage(value, notes) ?? {}
    return { ...image, type: 'macho', code_file: name as string, debug_id: id as string }
  },
  symbolic: nativeImage,
  macho: nativeImage,
  elf: nativeImage,
  pe: nativeImage,
  pe_dotnet: nativeImage,
  wasm: nativeImage,
  proguard: object({ type: string, uuid: string }),
  sourcemap: object({ type: string, code_file: string, debug_id: string, debug_file: string }),
  jvm: object({ type: string, debug_id: string }),
}

const debugImage: Reader<DebugImage> = (value, notes) => {
  const type = isObject(value) ? value['type'] : null
  if (typeof type !== 'string' || !Object.hasOwn(IMAGES, type)) {
    return notes.invalid('unsupported debug image type', value)
  }
  return IMAGES[type]!(value, notes)
}

const fingerprint: Reader<string[]> = (value, notes) => {
  if (!Array.isArray(value)) return notes.invalid('expected an array', value)
  const unusable = value.filter((part) => !isPrimitive(part))
  if (unusable.length > 0) {
    // The parts are told, unless they would make the note bigger than notes may be.
    notes.error(
      'invalid_data',
      jsonSize(unusable, ORIGINAL_SIZE_MAX) < ORIGINAL_SIZE_MAX ? { value: unusable } : {},
    )
  }
  return value.filter(isPrimitive).map((part) => lenientString(part, notes) ?? '')
}

function isPrimitive(value: unknown): boolean {
  if (typeof value === 'number') return Number.isSafeInteger(Math.trunc(value))
  return typeof value === 'string' || typeof value === 'boolean'
}

/** Known to old SDKs and of no use to us; nobody needs to hear that they were dropped. */
const SILENT = new Set(['metadata', 'hashes', 'applecrashreport', 'device', 'repos', 'query'])
/** Ours to write: what a client says under these names is dropped without a word. */
const SERVER_FIELDS = new Set([
  'key_id',
  'project',
  'version',
  'grouping_config',
  'received',
  '_meta',
])

function noteUnknown(key: string, notes: Notes): void {
  if (!SILENT.has(key) && !SERVER_FIELDS.has(key)) notes.error('invalid_attribute')
}

const SOURCES = [
  'custom',
  'url',
  'route',
  'view',
  'component',
  'sanitized',
  'task',
  'unknown',
] as const

const report = freeObject

export const readEvent = object<Partial<PicketEvent>>(
  {
    event_id: uuid,
    type: string,
    level,
    platform: string,
    logger: string,
    culprit: string,
    transaction: string,
    server_name: string,
    site: string,
    checksum: string,
    transaction_info: object({
      source: oneOf(SOURCES, 'invalid transaction source'),
      original: string,
      changes: list(object({ source: string, propagations: unsigned, timestamp })),
      propagations: unsigned,
    }),
    timestamp,
    start_timestamp: timestamp,
    time_spent: unsigned,
    release: lenientString,
    dist: string,
    environment: string,
    fingerprint,
    modules: record(string),
    extra: freeObject,
    logentry: { read: logentry, aliases: ['sentry.interfaces.Message', 'message'] },
    exception: { read: values(exception), aliases: ['sentry.interfaces.Exception'] },
    stacktrace: { read: stacktrace, aliases: ['sentry.interfaces.Stacktrace'] },
    threads: values(thread),
    debug_meta: object({
      sdk_info: object({
        sdk_name: string,
        version_major: unsigned,
        version_minor: unsigned,
        version_patchlevel: unsigned,
      }),
      images: list(debugImage),
    }),
    spans: list(span),
    measurements,
    breakdowns,
    errors: list(freeObject),
    breadcrumbs: { read: values(breadcrumb), aliases: ['sentry.interfaces.Breadcrumbs'] },
    request: { read: request, aliases: ['sentry.interfaces.Http'] },
    user: { read: user, aliases: ['sentry.interfaces.User'] },
    contexts: { read: contexts, aliases: ['sentry.interfaces.Contexts'] },
    template: {
      read: object({
        filename: string,
        abs_path: string,
        lineno: unsigned,
        colno: unsigned,
        pre_context: list(string),
        context_line: string,
        post_context: list(string),
      }),
      aliases: ['sentry.interfaces.Template'],
    },
    tags: pairs(lenientString, lenientString),
    sdk,
    csp: { read: report, aliases: ['sentry.interfaces.Csp'] },
    hpkp: { read: report, aliases: ['sentry.interfaces.Hpkp'] },
    expectct: { read: report, aliases: ['sentry.interfaces.ExpectCT'] },
    expectstaple: { read: report, aliases: ['sentry.interfaces.ExpectStaple'] },
    nel: report,
  },
  { unknown: noteUnknown },
)
