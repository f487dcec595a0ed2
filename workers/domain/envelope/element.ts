/** What one span, log or metric of a container must have (spec/ingest.md §11.1–11.3). */
import type { DataCategory, Quantity } from '../data-category.ts'
import { parseEventId } from '../identifier.ts'
import { isFiniteNumber, isObject, nestsDeeperThan } from '../json.ts'
import { type InvalidReason, type LedgerEntry, sumLedgerEntries } from '../outcome.ts'
import { err, ok, type Result } from '../result.ts'
import { attributeBytes, checkAttributes, contentBytes, utf8Bytes } from './attribute.ts'
import { type Container, ELEMENT_INVALID } from './container.ts'
import { ELEMENT_BYTES_MAX } from './envelope-limits.ts'
import type { ContainerKind } from './item-kind.ts'

/** Objects in one another; attributes need three, the rest is for fields to come. */
const LEVELS_MAX = 64

export interface CheckedElements {
  elements: Record<string, unknown>[]
  /** What the elements kept count, by category; bytes as received, before anything was added. */
  quantities: Quantity[]
  /** What was lost: an element that is wrong takes no other with it. */
  losses: LedgerEntry[]
}

/** Checks a container's elements one by one. Quantities kept and lost add up to what came. */
export function checkElements({ kind, elements }: Container): CheckedElements {
  const kept: Record<string, unknown>[] = []
  const quantities = new Map<DataCategory, number>()
  const losses: LedgerEntry[] = []
  for (const raw of elements) {
    const element = checkElement(kind, raw)
    if (element.ok) kept.push(element.value)
    for (const { category, quantity } of elementQuantities(kind, raw)) {
      if (element.ok) quantities.set(category, (quantities.get(category) ?? 0) + quantity)
      else losses.push({ category, quantity, outcome: 'invalid', reason: element.error })
    }
  }
  return {
    elements: kept,
    quantities: [...quantities].map(([category, quantity]) => ({ category, quantity })),
    losses: sumLedgerEntries(losses),
  }
}

/** One element as it may be kept: ids in lower case, attributes checked, unknown fields as sent. */
export function checkElement(
  kind: ContainerKind,
  raw: unknown,
): Result<Record<string, unknown>, InvalidReason> {
  if (!isObject(raw) || nestsDeeperThan(raw, LEVELS_MAX)) return err(ELEMENT_INVALID[kind])
  if (contentBytes(raw) > ELEMENT_BYTES_MAX[kind]) return err(`too_large:${kind}` as const)
  const traceId = parseEventId(raw['trace_id'])
  if (traceId === null || !hasRequired(kind, raw)) return err(ELEMENT_INVALID[kind])
  const { attributes, nulled } = checkAttributes(raw['attributes'])
  const { __header, ...fields } = raw // relays' own, from nobody else
  return ok({
    ...fields,
    trace_id: traceId,
    ...(raw['span_id'] === undefined ? {} : { span_id: parseSpanId(raw['span_id']) }),
    ...(raw['attributes'] === undefined ? {} : { attributes }),
    ...(nulled.length === 0 ? {} : { _meta: { attributes: notes(nulled) } }),
  })
}

/** A `span` item that is no container: one span in the older form, with `timestamp` as its end. */
export function checkLegacySpan(raw: unknown): Result<Record<string, unknown>, InvalidReason> {
  if (!isObject(raw)) return err('invalid_json')
  if (nestsDeeperThan(raw, LEVELS_MAX)) return err('invalid_span')
  const traceId = parseEventId(raw['trace_id'])
  const spanId = parseSpanId(raw['span_id'])
  const { start_timestamp: start, timestamp: end } = raw
  const isSpan = traceId !== null && spanId !== null && isTimestamp(start) && isTimestamp(end)
  return isSpan ? ok({ ...raw, trace_id: traceId, span_id: spanId }) : err('invalid_span')
}

/** A span id, 16 hex characters in lower case; null when it is none. */
export function parseSpanId(value: unknown): string | null {
  return typeof value === 'string' && /^[0-9a-f]{16}$/i.test(value) ? value.toLowerCase() : null
}

/** What one element counts, wrong ones too. */
function elementQuantities(kind: ContainerKind, raw: unknown): Quantity[] {
  switch (kind) {
    case 'span':
      return [
        { category: 'span', quantity: 1 },
        { category: 'span_indexed', quantity: 1 },
      ]
    case 'log':
      return [
        { category: 'log_item', quantity: 1 },
        { category: 'log_byte', quantity: logBytes(raw) },
      ]
    case 'trace_metric':
      return [
        { category: 'trace_metric', quantity: 1 },
        { category: 'trace_metric_byte', quantity: metricBytes(raw) },
      ]
  }
}

/** Billed bytes: the body and the attributes, at least 1. */
export function logBytes(raw: unknown): number {
  if (!isObject(raw)) return 1
  const body = typeof raw['body'] === 'string' ? utf8Bytes(raw['body']) : 0
  return Math.max(1, body + attributeBytes(raw['attributes']))
}

/** Billed bytes: the name, 8 for the value, and the attributes. */
export function metricBytes(raw: unknown): number {
  if (!isObject(raw)) return 1
  const name = typeof raw['name'] === 'string' ? utf8Bytes(raw['name']) : 0
  return name + 8 + attributeBytes(raw['attributes'])
}

const METRIC_TYPES: unknown[] = ['counter', 'gauge', 'distribution']

function hasRequired(kind: ContainerKind, raw: Record<string, unknown>): boolean {
  switch (kind) {
    case 'log':
      return (
        isTimestamp(raw['timestamp']) &&
        typeof raw['level'] === 'string' &&
        typeof raw['body'] === 'string'
      )
    case 'trace_metric':
      return (
        isTimestamp(raw['timestamp']) &&
        isName(raw['name']) &&
        METRIC_TYPES.includes(raw['type']) &&
        isFiniteNumber(raw['value'])
      )
    case 'span':
      return (
        parseSpanId(raw['span_id']) !== null &&
        typeof raw['name'] === 'string' &&
        typeof raw['status'] === 'string' &&
        isFiniteNumber(raw['start_timestamp']) &&
        isFiniteNumber(raw['end_timestamp']) &&
        raw['start_timestamp'] <= raw['end_timestamp']
      )
  }
}

/** Unix seconds, or RFC 3339. */
function isTimestamp(value: unknown): boolean {
  if (typeof value === 'string') return !Number.isNaN(Date.parse(value))
  return isFiniteNumber(value) && value > 0
}

const isName = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** Says in `_meta` why an attribute is null, as events say it of their fields. */
function notes(nulled: string[]): Record<string, unknown> {
  return Object.fromEntries(nulled.map((name) => [name, { '': { err: ['invalid_data'] } }]))
}
