/**
 * Check-ins: one report of a job we expect. They come as items of an envelope (spec/ingest.md §11.7)
 * or by a URL that a shell script can call (§1, note h).
 */
import { parseEventId } from '../identifier.ts'
import { isFiniteNumber, isObject, parseJson } from '../json.ts'
import type { InvalidReason } from '../outcome.ts'
import { err, ok, type Result } from '../result.ts'
import { isEnvironmentName } from '../session/names.ts'
import {
  type MonitorConfig,
  type MonitorConfigError,
  parseMonitorConfig,
} from './monitor-config.ts'

/** The id that names no check-in but the latest in progress, or else a new one. */
export const NIL_CHECK_IN_ID = '0'.repeat(32)

const SLUG_CHARACTERS_MAX = 50
const DEFAULT_ENVIRONMENT = 'production'

/** `unknown`: a word we do not know, or `missed`, which only the server may say. */
export type CheckInStatus = 'ok' | 'error' | 'in_progress' | 'unknown'

export interface CheckIn {
  checkInId: string
  slug: string
  status: CheckInStatus
  environment: string
  durationMs: number | null
  release: string | null
  traceId: string | null
  /** How the monitor is to run, where the check-in says so and says it well. */
  config: MonitorConfig | null
  /** Why a `monitor_config` that came is not used; the check-in counts nonetheless. */
  configError: MonitorConfigError['reason'] | null
}

/** Reads a `check_in` item. */
export function parseCheckIn(payload: Uint8Array): Result<CheckIn, InvalidReason> {
  const raw = parseJson(payload)
  return isObject(raw) ? readCheckIn(raw, null) : err('invalid_json')
}

/** What a cron URL says: `POST /api/{project}/cron/{slug}/?status=ok`, or the same as JSON. */
export interface CronRequest {
  /** From the path, decoded. It always wins. */
  slug: string
  query: URLSearchParams
  contentType: string | null
  body: Uint8Array
}

/** Reads a check-in from a cron URL. Its client, where it names none, is `CRON_CLIENT`. */
export function parseCronRequest(request: CronRequest): Result<CheckIn, InvalidReason> {
  const { slug, query, body } = request
  if (request.contentType?.trim().toLowerCase().startsWith('application/json')) {
    const raw = parseJson(body)
    return isObject(raw) ? readCheckIn(raw, slug) : err('invalid_json')
  }
  const duration = query.get('duration')
  return readCheckIn(
    {
      status: query.get('status'),
      check_in_id: query.get('check_in_id'),
      environment: query.get('environment'),
      duration: duration === null || duration.trim() === '' ? null : Number(duration),
    },
    slug,
  )
}

/** What the client of a cron URL is called. */
export const CRON_CLIENT = 'relay-http'

/** The check-in this one continues: itself by id, or for the nil id the latest in progress. */
export function continuedCheckIn<Open extends { checkInId: string; startedAt: number }>(
  checkInId: string,
  inProgress: readonly Open[],
): Open | null {
  if (checkInId !== NIL_CHECK_IN_ID) {
    return inProgress.find((open) => open.checkInId === checkInId) ?? null
  }
  return inProgress.reduce<Open | null>(
    (latest, open) => (latest === null || open.startedAt > latest.startedAt ? open : latest),
    null,
  )
}

function readCheckIn(
  raw: Record<string, unknown>,
  pathSlug: string | null,
): Result<CheckIn, InvalidReason> {
  const slug = cutSlug(pathSlug ?? raw['monitor_slug'])
  const checkInId = parseEventId(raw['check_in_id'] ?? NIL_CHECK_IN_ID)
  const status = raw['status']
  const duration = raw['duration'] ?? null
  if (slug === null || checkInId === null || typeof status !== 'string') {
    return err('invalid_check_in')
  }
  if (duration !== null && !(isFiniteNumber(duration) && duration >= 0)) {
    return err('invalid_check_in')
  }
  const { environment, release, monitor_config: config = null } = raw
  const isNamed = typeof environment === 'string' && isEnvironmentName(environment)
  const parsed = config === null ? null : parseMonitorConfig(config)
  return ok({
    checkInId,
    slug,
    status: readStatus(status),
    environment: isNamed ? environment : DEFAULT_ENVIRONMENT,
    durationMs: duration === null ? null : Math.round(duration * 1000),
    release: typeof release === 'string' && release !== '' ? release : null,
    traceId: readTraceId(raw['contexts']),
    config: parsed?.ok ? parsed.value : null,
    configError: parsed && !parsed.ok ? parsed.error.reason : null,
  })
}

function readStatus(status: string): CheckInStatus {
  return status === 'ok' || status === 'error' || status === 'in_progress' ? status : 'unknown'
}

/** The first 50 characters, whole ones; null when nothing is left. */
function cutSlug(raw: unknown): string | null {
  if (typeof raw !== 'string') return null
  // no character takes more than two code units
  const slug = [...raw.slice(0, 2 * SLUG_CHARACTERS_MAX)].slice(0, SLUG_CHARACTERS_MAX).join('')
  return slug.trim() === '' ? null : slug
}

function readTraceId(contexts: unknown): string | null {
  const trace = isObject(contexts) ? contexts['trace'] : null
  return isObject(trace) ? parseEventId(trace['trace_id']) : null
}
