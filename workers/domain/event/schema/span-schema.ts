import { isObject } from '../../json.ts'
import type { Dictionary } from '../own-key.ts'
import { object, record } from './container.ts'
import { measurements } from './measurement-schema.ts'
import { boolean, float, jsonString, type Reader, spanId, string, traceId, uuid } from './scalar.ts'
import { spanStatus } from './span-status.ts'
import { timestamp } from './timestamp.ts'

/** A span inside a transaction (spec/event-processing.md §1.3). Times are Unix seconds. */
export interface Span extends Dictionary {
  timestamp?: number | null
  start_timestamp?: number | null
  span_id?: string | null
  trace_id?: string | null
  parent_span_id?: string | null
  /** Own time without that of direct children, ms. */
  exclusive_time?: number | null
  op?: string | null
  description?: string | null
  status?: string | null
  origin?: string | null
  data?: Dictionary | null
  tags?: Record<string, string | null> | null
  sentry_tags?: Record<string, string> | null
}

/** What attributes of a span were called before they had their names, the one to prefer first. */
const DATA_ALIASES: [name: string, aliases: string[]][] = [
  ['sentry.environment', ['environment']],
  ['sentry.release', ['release']],
  ['http.request_method', ['http.method', 'method']],
  ['http.response.status_code', ['status_code']],
  ['sentry.segment.name', ['transaction']],
  ['sentry.replay.id', ['replay_id']],
]

/** Attributes are open; the older names of some are consumed. */
const data: Reader<Dictionary> = (value, notes) => {
  if (!isObject(value)) return notes.invalid('expected an object', value)
  const result: Dictionary = { ...value }
  for (const [name, aliases] of DATA_ALIASES) {
    for (const alias of aliases) {
      if (!Object.hasOwn(value, alias)) continue
      if (!Object.hasOwn(result, name)) result[name] = value[alias]
      delete result[alias]
    }
  }
  return result
}

export const span = object<Span>(
  {
    timestamp,
    start_timestamp: timestamp,
    span_id: spanId,
    trace_id: traceId,
    parent_span_id: spanId,
    segment_id: spanId,
    exclusive_time: float,
    description: string,
    op: string,
    is_segment: boolean,
    status: spanStatus,
    tags: record(jsonString),
    origin: string,
    profile_id: uuid,
    data,
    sentry_tags: record(string),
    received: timestamp,
    measurements,
    platform: string,
    was_transaction: boolean,
  },
  { required: ['timestamp', 'start_timestamp', 'span_id', 'trace_id'], unknown: 'keep' },
)
