import { isObject } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import { normalizeCrontab } from './crontab.ts'

export const INTERVAL_UNITS = ['year', 'month', 'week', 'day', 'hour', 'minute'] as const
export type IntervalUnit = (typeof INTERVAL_UNITS)[number]

export type Schedule =
  /** Five fields, single spaces. */
  { type: 'crontab'; value: string } | { type: 'interval'; value: number; unit: IntervalUnit }

/** How a monitor is to run, as a check-in may set it (spec/ingest.md §11.7). Null: not said. */
export interface MonitorConfig {
  schedule: Schedule
  /** Minutes late before a check-in is missed. */
  checkInMargin: number | null
  /** Minutes a run may take. */
  maxRuntime: number | null
  /** A name of the tz database, or null for UTC. */
  timezone: string | null
  /** Failures in a row that make an issue, and successes that resolve it. */
  failureIssueThreshold: number | null
  recoveryThreshold: number | null
  /** `user:51`, `team:6` or `team:ops`. */
  owner: string | null
}

/** The first thing that is wrong, by the field a person wrote. */
export type MonitorConfigError = {
  reason:
    | 'not_an_object'
    | 'schedule'
    | 'checkin_margin'
    | 'max_runtime'
    | 'timezone'
    | 'failure_issue_threshold'
    | 'recovery_threshold'
    | 'owner'
}

/** Sentry's bounds: 28 days of margin and of runtime (newest: 7, SDKs still send more), 720 runs. */
const MINUTES_MAX = 40_320
const THRESHOLD_MAX = 720

/** Validates what an SDK sends as `monitor_config`. Unknown fields are passed over. */
export function parseMonitorConfig(raw: unknown): Result<MonitorConfig, MonitorConfigError> {
  if (!isObject(raw)) return err({ reason: 'not_an_object' })
  const schedule = parseSchedule(raw['schedule'])
  if (!schedule) return err({ reason: 'schedule' })
  // a margin of 0 is what old configurations say; it means the least there is
  const margin = raw['checkin_margin'] === 0 ? 1 : raw['checkin_margin']
  const checkInMargin = optionalCount(margin, MINUTES_MAX)
  if (checkInMargin === undefined) return err({ reason: 'checkin_margin' })
  const maxRuntime = optionalCount(raw['max_runtime'], MINUTES_MAX)
  if (maxRuntime === undefined) return err({ reason: 'max_runtime' })
  const timezone = parseTimezone(raw['timezone'])
  if (timezone === undefined) return err({ reason: 'timezone' })
  const failureIssueThreshold = optionalCount(raw['failure_issue_threshold'], THRESHOLD_MAX)
  if (failureIssueThreshold === undefined) return err({ reason: 'failure_issue_threshold' })
  const recoveryThreshold = optionalCount(raw['recovery_threshold'], THRESHOLD_MAX)
  if (recoveryThreshold === undefined) return err({ reason: 'recovery_threshold' })
  const owner = raw['owner'] ?? null
  if (owner !== null && !isOwner(owner)) return err({ reason: 'owner' })
  return ok({
    schedule,
    checkInMargin,
    maxRuntime,
    timezone,
    failureIssueThreshold,
    recoveryThreshold,
    owner,
  })
}

function parseSchedule(raw: unknown): Schedule | null {
  if (!isObject(raw)) return null
  const { type, value, unit } = raw
  if (type === 'crontab') {
    const crontab = typeof value === 'string' ? normalizeCrontab(value) : null
    return crontab === null ? null : { type, value: crontab }
  }
  const known = INTERVAL_UNITS.find((name) => name === unit)
  if (type !== 'interval' || !known || !isCount(value, MINUTES_MAX)) return null
  return { type, value, unit: known }
}

/** `undefined` says: there, and no name of a time zone. */
function parseTimezone(raw: unknown): string | null | undefined {
  if (raw === undefined || raw === null || raw === '') return null
  if (typeof raw !== 'string' || !/^[A-Za-z][\w+/-]{0,63}$/.test(raw)) return undefined
  try {
    Intl.DateTimeFormat('en', { timeZone: raw })
    return raw
  } catch {
    return undefined // the platform knows no such zone
  }
}

/** `undefined` says: there, and no count. */
function optionalCount(raw: unknown, max: number): number | null | undefined {
  if (raw === undefined || raw === null) return null
  return isCount(raw, max) ? raw : undefined
}

const isCount = (value: unknown, max: number): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 1 && Number(value) <= max

const isOwner = (value: unknown): value is string =>
  typeof value === 'string' && /^(?:user|team):[\w.@+-]{1,100}$/.test(value)
