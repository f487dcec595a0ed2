/**
 * What sessions came to, by release, environment and the time they began, in a form that adds up in
 * any order: packs, hours and releases may be merged at will (spec/ingest.md §8, totals).
 *
 *     0     1
 *     | ver | total | crashed | abnormal | unhandled | errored in buckets | 6 × (length, sketch) |
 *             each number a base-128 varint, low 7 bits first
 *     sketches: errored sessions, users, errored, crashed, abnormal, unhandled users
 *
 * A session tells of its errors again and again, so the errored are counted by their different ids;
 * buckets name none, and have counted each session once already. Nothing here names a user: sketches
 * hold hashes.
 */
import { countDistinct, type DistinctSketch } from '../distinct-sketch.ts'
import { mergeNames, sketchNames } from './name-sketch.ts'
import { NIL_ID, type SessionBuckets, type SessionUpdate } from './parse-session.ts'

const NUMBERS = ['total', 'crashed', 'abnormal', 'unhandled', 'erroredInBuckets'] as const
const SKETCHES = [
  'erroredSessions',
  'users',
  'erroredUsers',
  'crashedUsers',
  'abnormalUsers',
  'unhandledUsers',
] as const

export type SessionCounts = Record<(typeof NUMBERS)[number], number> &
  Record<(typeof SKETCHES)[number], DistinctSketch>

/** The counts of one release in one environment, of sessions that began in one span of time. */
export interface SessionCounter {
  release: string
  environment: string | null
  /** Start of that span, Unix ms. */
  startedAt: number
  counts: SessionCounts
}

/** Names gathered before they become sketches. */
type Tally = Record<(typeof NUMBERS)[number], number> &
  Record<(typeof SKETCHES)[number], Set<string>>

/** Counts sessions by release, environment and start, cut to spans of `spanMs` (a minute, an hour). */
export function countSessions(
  sessions: Iterable<SessionUpdate | SessionBuckets>,
  spanMs: number,
): SessionCounter[] {
  const tallies = new Map<string, { of: Omit<SessionCounter, 'counts'>; tally: Tally }>()
  const tallyOf = ({ release, environment }: SessionUpdate | SessionBuckets, at: number): Tally => {
    const of = { release, environment, startedAt: Math.floor(at / spanMs) * spanMs }
    const key = JSON.stringify(of)
    const known = tallies.get(key) ?? { of, tally: emptyTally() }
    tallies.set(key, known)
    return known.tally
  }
  for (const session of sessions) {
    if (session.kind === 'update') addUpdate(tallyOf(session, session.startedAt), session)
    else {
      for (const bucket of session.buckets) addBucket(tallyOf(session, bucket.startedAt), bucket)
    }
  }
  return [...tallies.values()].map(({ of, tally }) => ({ ...of, counts: sketched(tally) }))
}

function addUpdate(tally: Tally, { sid, did, status, errors, isInit }: SessionUpdate): void {
  const isErrored = errors > 0 || (status !== 'ok' && status !== 'exited')
  if (isInit) tally.total += 1
  if (isErrored) tally.erroredSessions.add(sid)
  if (status === 'crashed') tally.crashed += 1
  if (status === 'abnormal') tally.abnormal += 1
  if (status === 'unhandled') tally.unhandled += 1
  if (did === null) return
  tally.users.add(did)
  if (isErrored) tally.erroredUsers.add(did)
  if (status === 'crashed') tally.crashedUsers.add(did)
  if (status === 'abnormal') tally.abnormalUsers.add(did)
  if (status === 'unhandled') tally.unhandledUsers.add(did)
}

function addBucket(tally: Tally, bucket: SessionBuckets['buckets'][number]): void {
  const { did, exited, errored, crashed, abnormal, unhandled } = bucket
  const notExited = errored + crashed + abnormal + unhandled
  tally.total += exited + notExited
  tally.erroredInBuckets += notExited
  tally.crashed += crashed
  tally.abnormal += abnormal
  tally.unhandled += unhandled
  if (did === NIL_ID || exited + notExited === 0) return
  tally.users.add(did)
  if (notExited > 0) tally.erroredUsers.add(did)
  if (crashed > 0) tally.crashedUsers.add(did)
  if (abnormal > 0) tally.abnormalUsers.add(did)
  if (unhandled > 0) tally.unhandledUsers.add(did)
}

/** Both together. Merging is commutative and associative; only numbers, not names, count twice. */
export function mergeSessionCounts(a: SessionCounts, b: SessionCounts): SessionCounts {
  const merged = { ...a }
  for (const name of NUMBERS) merged[name] += b[name]
  for (const name of SKETCHES) merged[name] = mergeNames(a[name], b[name])
  return merged
}

/** What a person asks for. Distinct counts are exact to 1024, then within 1.6 %. */
export interface SessionTotals {
  total: number
  /** With any error, those that crashed included. */
  errored: number
  crashed: number
  abnormal: number
  unhandled: number
  users: number
  erroredUsers: number
  crashedUsers: number
  abnormalUsers: number
  unhandledUsers: number
}

export function sessionTotals(counts: SessionCounts): SessionTotals {
  const { total, crashed, abnormal, unhandled } = counts
  return {
    total,
    crashed,
    abnormal,
    unhandled,
    errored: countDistinct(counts.erroredSessions) + counts.erroredInBuckets,
    users: countDistinct(counts.users),
    erroredUsers: countDistinct(counts.erroredUsers),
    crashedUsers: countDistinct(counts.crashedUsers),
    abnormalUsers: countDistinct(counts.abnormalUsers),
    unhandledUsers: countDistinct(counts.unhandledUsers),
  }
}

const VERSION = 1

export function encodeSessionCounts(counts: SessionCounts): Uint8Array {
  const bytes: number[] = [VERSION]
  for (const name of NUMBERS) pushVarint(bytes, counts[name])
  for (const name of SKETCHES) {
    pushVarint(bytes, counts[name].length)
    for (const byte of counts[name]) bytes.push(byte)
  }
  return Uint8Array.from(bytes)
}

/** The counts in these bytes; null when they are not what `encodeSessionCounts` writes. */
export function decodeSessionCounts(bytes: Uint8Array): SessionCounts | null {
  if (bytes[0] !== VERSION) return null
  const counts: SessionCounts = sketched(emptyTally())
  let at = 1
  const readVarint = (): number => {
    let value = 0
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++]!
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
    return Number.NaN
  }
  for (const name of NUMBERS) counts[name] = readVarint()
  for (const name of SKETCHES) {
    const length = readVarint()
    counts[name] = bytes.subarray(at, at + length)
    at += length
  }
  return at === bytes.length ? counts : null
}

/** Numbers reach 2^53: no bit operations, they stop at 2^32. */
function pushVarint(bytes: number[], value: number): void {
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}

function emptyTally(): Tally {
  return {
    total: 0,
    crashed: 0,
    abnormal: 0,
    unhandled: 0,
    erroredInBuckets: 0,
    erroredSessions: new Set(),
    users: new Set(),
    erroredUsers: new Set(),
    crashedUsers: new Set(),
    abnormalUsers: new Set(),
    unhandledUsers: new Set(),
  }
}

function sketched(tally: Tally): SessionCounts {
  return {
    ...tally,
    erroredSessions: sketchNames(tally.erroredSessions),
    users: sketchNames(tally.users),
    erroredUsers: sketchNames(tally.erroredUsers),
    crashedUsers: sketchNames(tally.crashedUsers),
    abnormalUsers: sketchNames(tally.abnormalUsers),
    unhandledUsers: sketchNames(tally.unhandledUsers),
  }
}
