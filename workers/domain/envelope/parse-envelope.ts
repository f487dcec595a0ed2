/**
 * The envelope: what an SDK posts.
 *
 *     header-json [ LF  item-header-json LF payload [LF] ]*
 *
 * `length` in an item header counts payload bytes; without it the payload ends at the next LF or at
 * the end. Everything is counted in bytes, never in characters: attachments and recordings are
 * binary. CR is not a line end. Payloads are views on the input, not copies.
 */
import { parseEventId } from '../identifier.ts'
import { err, ok, type Result } from '../result.ts'
import { repeatedKey } from './repeated-key.ts'

/** Items we read from one envelope before we call it abuse; Relay's largest bucket holds 100. */
export const ENVELOPE_ITEMS_MAX = 1000

export interface EnvelopeHeader {
  eventId: string | null
  dsn: string | null
  /** Unix ms by the SDK's clock, or null. */
  sentAt: number | null
  sdk: { name?: string; version?: string } | null
  trace: Record<string, unknown> | null
}

export interface EnvelopeItem {
  /** As sent; unknown kinds are the reader's business. */
  type: string
  header: Record<string, unknown>
  /** Empty where the bytes were put elsewhere as they came. */
  payload: Uint8Array
  stored?: { key: string; bytes: number }
}

/** Length of the payload, wherever it is. */
export function payloadBytes({ payload, stored }: EnvelopeItem): number {
  return stored?.bytes ?? payload.length
}

export interface Envelope {
  header: EnvelopeHeader
  items: EnvelopeItem[]
}

export type EnvelopeError =
  | { reason: 'header_invalid'; cause: string }
  | { reason: 'item_header_invalid'; item: number; cause: string }
  | { reason: 'payload_truncated'; item: number; wantedBytes: number; gotBytes: number }
  | { reason: 'newline_missing'; item: number }
  | { reason: 'end_unexpected'; item: number }
  | { reason: 'too_many_items'; max: number }

const LF = 0x0a
const HEADER_KEYS = ['event_id', 'dsn', 'sdk', 'sent_at', 'trace']

/** Splits an envelope into its header and items. */
export function parseEnvelope(bytes: Uint8Array): Result<Envelope, EnvelopeError> {
  const firstLine = lineEnd(bytes, 0)
  const header = parseEnvelopeHeader(bytes.subarray(0, firstLine))
  if (!header.ok) return header
  const items: EnvelopeItem[] = []
  let position = firstLine + 1
  while (position < bytes.length) {
    if (items.length === ENVELOPE_ITEMS_MAX) {
      return err({ reason: 'too_many_items', max: ENVELOPE_ITEMS_MAX })
    }
    const item = parseItem(bytes, position, items.length)
    if (!item.ok) return item
    items.push(item.value.item)
    position = item.value.next
  }
  return ok({ header: header.value, items })
}

/** Reads only the first line: enough to authenticate by `dsn` before the rest is looked at. */
export function parseEnvelopeHeader(line: Uint8Array): Result<EnvelopeHeader, EnvelopeError> {
  const refuse = (cause: string): { ok: false; error: EnvelopeError } =>
    err({ reason: 'header_invalid', cause })
  const json = parseObject(line)
  if (!json) return refuse('expected a JSON object')
  const repeated = repeatedKey(new TextDecoder().decode(line), HEADER_KEYS)
  if (repeated !== null) return refuse(`duplicate field \`${repeated}\``)
  const eventId = optional(json['event_id'], parseEventId)
  if (eventId === undefined) return refuse('bad event_id')
  const sentAt = optional(json['sent_at'], parseSentAt)
  if (sentAt === undefined) return refuse('bad sent_at')
  const dsn = json['dsn'] ?? null
  if (dsn !== null && typeof dsn !== 'string') return refuse('bad dsn')
  return ok({
    eventId,
    sentAt,
    dsn,
    sdk: isObject(json['sdk']) ? json['sdk'] : null,
    trace: isObject(json['trace']) ? json['trace'] : null,
  })
}

function parseItem(
  bytes: Uint8Array,
  start: number,
  index: number,
): Result<{ item: EnvelopeItem; next: number }, EnvelopeError> {
  const headerEnd = lineEnd(bytes, start)
  const itemHeader = parseItemHeader(bytes.subarray(start, headerEnd), index)
  if (!itemHeader.ok) return itemHeader
  const { type, header, length } = itemHeader.value
  const from = Math.min(headerEnd + 1, bytes.length)
  if (length === null) {
    const to = lineEnd(bytes, from)
    return ok({ item: { type, header, payload: bytes.subarray(from, to) }, next: to + 1 })
  }
  const to = from + length
  if (to > bytes.length) {
    const gotBytes = bytes.length - from
    return err({ reason: 'payload_truncated', item: index, wantedBytes: length, gotBytes })
  }
  if (to < bytes.length && bytes[to] !== LF) return err({ reason: 'newline_missing', item: index })
  return ok({ item: { type, header, payload: bytes.subarray(from, to) }, next: to + 1 })
}

/** Reads the line before a payload. `length` is null where the payload ends with its line. */
export function parseItemHeader(
  line: Uint8Array,
  index: number,
): Result<{ type: string; header: Record<string, unknown>; length: number | null }, EnvelopeError> {
  if (line.every(isWhitespace)) return err({ reason: 'end_unexpected', item: index })
  const header = parseObject(line)
  const refuse = (cause: string): { ok: false; error: EnvelopeError } =>
    err({ reason: 'item_header_invalid', item: index, cause })
  if (!header) return refuse('expected a JSON object')
  const type = header['type']
  if (typeof type !== 'string') return refuse('missing field `type`')
  const length = header['length'] ?? null
  if (length !== null && !isU32(length)) return refuse('bad field `length`')
  return ok({ type, header, length })
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(LF, from)
  return at === -1 ? bytes.length : at
}

function parseObject(line: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(line),
    )
    return isObject(value) ? value : null
  } catch {
    return null // the caller names the refusal
  }
}

/** `undefined` says: present but unreadable. */
function optional<Value>(
  raw: unknown,
  parse: (raw: unknown) => Value | null,
): Value | null | undefined {
  return raw === undefined || raw === null ? null : (parse(raw) ?? undefined)
}

/** The furthest from 1970 that ECMAScript's dates reach, ms: what lies beyond is no time. */
const DATE_MS_MAX = 8.64e15

/** RFC 3339 with a zone; a few SDKs send Unix seconds. */
function parseSentAt(raw: unknown): number | null {
  if (typeof raw === 'number') return Math.abs(raw * 1000) <= DATE_MS_MAX ? raw * 1000 : null
  if (typeof raw !== 'string' || !/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(raw)) return null
  const at = Date.parse(/(?:z|[+-]\d{2}:?\d{2})$/i.test(raw) ? raw : `${raw}Z`)
  return Number.isNaN(at) ? null : at
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isU32 = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffffffff

const isWhitespace = (byte: number): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d
