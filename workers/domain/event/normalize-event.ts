import type { Level, PicketEvent } from './event.ts'

export interface NormalizeContext {
  /** Id of the envelope; overrules the payload's. */
  eventId: string
  /** Time of receipt, Unix ms. */
  now: number
  /** When the SDK sent it, by its own clock. Unix ms. */
  sentAt?: number
  sdkClient?: string
  clientIp?: string
  userAgent?: string
}

const LEVELS = new Set(['debug', 'info', 'warning', 'error', 'fatal'])

/** From what an SDK sent to what may be stored. Never throws. */
export function normalizeEvent(
  raw: Record<string, unknown>,
  context: NormalizeContext,
): PicketEvent {
  const received = context.now / 1000
  const exception = values(raw['exception'] ?? raw['sentry.interfaces.Exception'])
  const logentry = messageOf(raw['logentry'] ?? raw['sentry.interfaces.Message'] ?? raw['message'])
  return {
    ...raw,
    event_id: context.eventId,
    received,
    timestamp: seconds(raw['timestamp']) ?? received,
    type: exception ? 'error' : 'default',
    level: LEVELS.has(String(raw['level'])) ? (raw['level'] as Level) : 'error',
    platform: typeof raw['platform'] === 'string' ? raw['platform'] : 'other',
    exception,
    logentry,
    tags: pairs(raw['tags']),
  } as PicketEvent
}

function values(value: unknown): { values: unknown[] } | null {
  if (Array.isArray(value)) return { values: value }
  if (typeof value !== 'object' || value === null) return null
  const list = (value as { values?: unknown }).values
  if (Array.isArray(list)) return list.length > 0 ? { values: list } : null
  return Object.keys(value).length > 0 ? { values: [value] } : null
}

function messageOf(value: unknown): { formatted: string } | Record<string, unknown> | null {
  if (typeof value === 'string') return { formatted: value }
  return typeof value === 'object' && value ? (value as Record<string, unknown>) : null
}

function seconds(value: unknown): number | null {
  if (typeof value === 'number') return value
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? null : time / 1000
}

function pairs(value: unknown): [string, string][] | null {
  if (typeof value !== 'object' || value === null) return null
  const entries: unknown[] = Array.isArray(value) ? value : Object.entries(value)
  return entries
    .filter((entry) => Array.isArray(entry) && entry.length === 2)
    .map((entry) => {
      const [key, text] = entry as [unknown, unknown]
      return [String(key), String(text)]
    })
}
