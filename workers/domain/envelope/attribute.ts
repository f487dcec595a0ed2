/**
 * Attributes of spans, logs and metrics: `{"type":"integer","value":3,"unit"?:…}` by name
 * (spec/ingest.md §11.0). One that is wrong is nulled and noted; what carries it survives.
 */
import { isFiniteNumber, isObject } from '../json.ts'

/** Attribute names that were replaced, and by what (OpenTelemetry's and Sentry's conventions). */
const SUCCESSORS: Record<string, string> = {
  'code.filepath': 'code.file.path',
  'code.function': 'code.function.name',
  'code.lineno': 'code.line.number',
  'db.name': 'db.namespace',
  'db.operation': 'db.operation.name',
  'db.statement': 'db.query.text',
  'db.system': 'db.system.name',
  'http.method': 'http.request.method',
  'http.request_content_length': 'http.request.body.size',
  'http.response_content_length': 'http.response.body.size',
  'http.status_code': 'http.response.status_code',
  'http.url': 'url.full',
  'http.user_agent': 'user_agent.original',
  'net.host.name': 'server.address',
  'net.host.port': 'server.port',
  'net.peer.ip': 'network.peer.address',
}

export interface CheckedAttributes {
  /** By name; null where the attribute was wrong. */
  attributes: Record<string, unknown>
  /** Names of those, in order. */
  nulled: string[]
}

/** Keeps attributes whose value is of the type they name, and gives old names their new ones too. */
export function checkAttributes(raw: unknown): CheckedAttributes {
  const entries = isObject(raw) ? Object.entries(raw) : []
  const nulled = entries.filter(([, value]) => !isAttribute(value)).map(([name]) => name)
  const isNulled = new Set(nulled)
  const checked = entries.map(([name, value]) => [name, isNulled.has(name) ? null : value] as const)
  const names = new Set(entries.map(([name]) => name))
  const renewed = checked.flatMap(([name, value]) => {
    const successor = Object.hasOwn(SUCCESSORS, name) ? SUCCESSORS[name] : undefined
    return successor && value !== null && !names.has(successor) ? [[successor, value] as const] : []
  })
  return { attributes: Object.fromEntries([...checked, ...renewed]), nulled }
}

function isAttribute(attribute: unknown): boolean {
  if (!isObject(attribute)) return false
  const { type, value } = attribute
  return type === 'array'
    ? isUniformArray(value)
    : typeof type === 'string' && isOfType(value, type)
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type
    case 'integer':
      return Number.isInteger(value)
    case 'double':
      return isFiniteNumber(value)
    default:
      return false
  }
}

/** An array holds strings, or booleans, or numbers: never a mixture, never anything nested. */
function isUniformArray(value: unknown): boolean {
  if (!Array.isArray(value)) return false
  const type = typeof value[0]
  const isScalar = type === 'string' || type === 'boolean' || type === 'number'
  return value.length === 0 || (isScalar && value.every((element) => typeof element === type))
}

/**
 * Bytes of content, as bytes of logs and metrics are billed: keys and strings in UTF-8, a number 8,
 * a boolean 1, null nothing. Walks without recursion: strangers nest as deep as they like.
 */
export function contentBytes(value: unknown): number {
  let bytes = 0
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next === 'string') bytes += utf8Bytes(next)
    else if (typeof next === 'number') bytes += 8
    else if (typeof next === 'boolean') bytes += 1
    else if (Array.isArray(next)) for (const element of next) open.push(element)
    else if (isObject(next)) {
      for (const [key, element] of Object.entries(next)) {
        bytes += utf8Bytes(key)
        open.push(element)
      }
    }
  }
  return bytes
}

/** Billed bytes of attributes: names and values; `type` and `unit` are packaging. */
export function attributeBytes(raw: unknown): number {
  if (!isObject(raw)) return 0
  return Object.entries(raw).reduce(
    (sum, [name, attribute]) =>
      sum + utf8Bytes(name) + contentBytes(isObject(attribute) ? attribute['value'] : null),
    0,
  )
}

/** Length in UTF-8, without encoding it. A lone surrogate is 3 bytes, as encoders replace it. */
export function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit < 0x80) continue
    if (unit < 0x800) bytes += 1
    else if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at + 1))) {
      bytes += 2
      at += 1
    } else bytes += 2
  }
  return bytes
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff
