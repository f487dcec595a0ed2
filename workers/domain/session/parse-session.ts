/**
 * Sessions: what a release did on one device from start to end, told in updates (`session`), or how
 * many did so, told in buckets (`sessions`). The rules are in spec/ingest.md §8; every failure is
 * answered 200 and told as an outcome. IP address and user agent are read by nobody and not kept.
 */
import { parseEventId } from '../identifier.ts'
import { isFiniteNumber, isObject, parseJson } from '../json.ts'
import type { InvalidReason } from '../outcome.ts'
import { err, ok, type Result } from '../result.ts'
import { isEnvironmentName, isReleaseName } from './names.ts'
import { parseRfc3339 } from './rfc3339.ts'

/** What stands for nobody: rows of buckets name no session, and often no user. */
export const NIL_ID = '0'.repeat(32)

/** Sessions older than this, or further ahead, are lost. */
const AGE_MAX_MS = 5 * 86_400_000
const AHEAD_MAX_MS = 60_000
const COUNT_MAX = 0xffffffff
const COUNTERS = ['exited', 'errored', 'abnormal', 'unhandled', 'crashed'] as const

/** What the request says. Times are Unix ms, drift as `clockDriftMs` says it. */
export interface SessionContext {
  receivedAt: number
  driftMs: number
  /** Names an update that does not name its session: 32 hex characters, at random. */
  newId: string
}

export interface SessionAttributes {
  release: string
  /** Null where none was named, or one that may not be. */
  environment: string | null
}

export interface SessionUpdate extends SessionAttributes {
  kind: 'update'
  sid: string
  /** As sent. Hash it before it is stored. */
  did: string | null
  seq: number
  /** The first of its session: the only one that counts in the total. */
  isInit: boolean
  startedAt: number
  updatedAt: number
  /** `ok exited crashed abnormal errored unhandled`, or a word we do not know yet. */
  status: string
  errors: number
  durationMs: number | null
  abnormalMechanism: 'anr_foreground' | 'anr_background' | null
}

export interface SessionBuckets extends SessionAttributes {
  kind: 'buckets'
  buckets: SessionBucket[]
  /** Buckets that were out of time or out of shape; what is left came in nonetheless. */
  droppedBuckets: number
}

/** How many sessions began in one minute and ended so; each is counted once. */
export interface SessionBucket {
  sid: typeof NIL_ID
  /** NIL_ID where the bucket is not one user's. */
  did: string
  startedAt: number
  exited: number
  /** Exited with errors; none of the three below. */
  errored: number
  abnormal: number
  unhandled: number
  crashed: number
}

/** Reads a `session` item. */
export function parseSession(
  payload: Uint8Array,
  context: SessionContext,
): Result<SessionUpdate, InvalidReason> {
  const raw = parseJson(payload)
  if (!isObject(raw)) return err('invalid_json')
  const attributes = readAttributes(raw['attrs'])
  const sid = parseEventId(raw['sid'] ?? context.newId)
  const started = parseRfc3339(raw['started'])
  const timestamp = raw['timestamp'] ?? null
  const updated = timestamp === null ? context.receivedAt : parseRfc3339(timestamp)
  const init = raw['init'] ?? false
  const status = raw['status'] ?? 'ok'
  const errors = raw['errors'] ?? 0
  const seq = isFiniteNumber(raw['seq']) ? raw['seq'] : context.receivedAt
  if (attributes === null || sid === null || started === null || updated === null) {
    return err('invalid_session')
  }
  if (typeof init !== 'boolean' || typeof status !== 'string' || !isCount(errors)) {
    return err('invalid_session')
  }
  const startedAt = started + context.driftMs
  const updatedAt = Math.max(startedAt, timestamp === null ? updated : updated + context.driftMs)
  if (!isInTime(startedAt, context) || !isInTime(updatedAt, context)) return err('timestamp')
  return ok({
    kind: 'update',
    ...attributes,
    sid,
    did: readUser(raw['did']),
    seq: init ? 0 : seq,
    isInit: init,
    startedAt,
    updatedAt,
    status,
    errors: status === 'crashed' ? Math.max(1, errors) : errors,
    durationMs: readDuration(raw['duration']),
    abnormalMechanism: readMechanism(raw['abnormal_mechanism']),
  })
}

/** Reads a `sessions` item. Buckets that are wrong are lost alone, unless none is left. */
export function parseSessions(
  payload: Uint8Array,
  context: SessionContext,
): Result<SessionBuckets, InvalidReason> {
  const raw = parseJson(payload)
  if (!isObject(raw)) return err('invalid_json')
  const attributes = readAttributes(raw['attrs'])
  const list = raw['aggregates']
  if (attributes === null || !Array.isArray(list)) return err('invalid_session')
  const buckets: SessionBucket[] = []
  let reason: InvalidReason = 'no_data'
  for (const entry of list) {
    const bucket = readBucket(entry, context)
    if (bucket.ok) buckets.push(bucket.value)
    else reason = bucket.error
  }
  if (buckets.length === 0) return err(reason)
  const droppedBuckets = list.length - buckets.length
  return ok({ kind: 'buckets', ...attributes, buckets, droppedBuckets })
}

function readBucket(
  raw: unknown,
  context: SessionContext,
): Result<SessionBucket, 'invalid_session' | 'timestamp'> {
  if (!isObject(raw)) return err('invalid_session')
  const started = parseRfc3339(raw['started'])
  const [exited, errored, abnormal, unhandled, crashed] = COUNTERS.map((name) => raw[name] ?? 0)
  if (started === null || !isCount(exited) || !isCount(errored) || !isCount(crashed)) {
    return err('invalid_session')
  }
  if (!isCount(abnormal) || !isCount(unhandled)) return err('invalid_session')
  const startedAt = started + context.driftMs
  if (!isInTime(startedAt, context)) return err('timestamp')
  const did = readUser(raw['did']) ?? NIL_ID
  return ok({ sid: NIL_ID, did, startedAt, exited, errored, abnormal, unhandled, crashed })
}

function readAttributes(raw: unknown): SessionAttributes | null {
  if (!isObject(raw)) return null
  const { release, environment } = raw
  if (typeof release !== 'string' || !isReleaseName(release)) return null
  const isNamed = typeof environment === 'string' && isEnvironmentName(environment)
  return { release, environment: isNamed ? environment : null }
}

function readUser(did: unknown): string | null {
  return typeof did === 'string' && did !== '' && parseEventId(did) !== NIL_ID ? did : null
}

function readDuration(seconds: unknown): number | null {
  return isFiniteNumber(seconds) && seconds >= 0 ? Math.round(seconds * 1000) : null
}

function readMechanism(name: unknown): SessionUpdate['abnormalMechanism'] {
  return name === 'anr_foreground' || name === 'anr_background' ? name : null
}

function isInTime(at: number, { receivedAt }: SessionContext): boolean {
  return at >= receivedAt - AGE_MAX_MS && at <= receivedAt + AHEAD_MAX_MS
}

const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= COUNT_MAX
