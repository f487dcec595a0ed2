/**
 * What a month object keeps besides rows, rewritten once by each applied pack: counts that D1 has
 * not been told yet, and the storms of the present hour.
 */

import { EMPTY_SKETCH, hashName } from '#domain/distinct-sketch.ts'
import { fromHex, toHex } from '#domain/identifier.ts'
import type { ThinningState } from '#domain/issue/thin-events.ts'
import { addUsers } from '#domain/issue/user-sketch.ts'
import type { Quantities } from '#domain/quantities.ts'
import type { MovedRow } from './month-regroup.ts'
import type { ApplicableEvent, IssueDelta } from './pack-application.ts'

export interface MonthProgress {
  /** Ledger quantities settled here: the right side of the ledger. */
  accounted: Quantities
  /** Counts waiting for the next flush, by grouping hash. */
  pending: Record<string, IssueDelta>
  /** The flush under way or the last one done. Its number makes repeating it harmless. */
  flush: { number: number; deltas: Record<string, IssueDelta> }
  storms: Record<string, ThinningState>
}

const NO_PROGRESS: MonthProgress = {
  accounted: {},
  pending: {},
  flush: { number: 0, deltas: {} },
  storms: {},
}

/** Users listed one by one; more are folded into the delta's sketch. */
const USERS_MAX = 64
/** One value of an object holds 2 MB, and a character may take 2 bytes. */
const PART_CHARACTERS = 500_000

/** A hash's delta after one more event. */
export function addEvent(
  delta: IssueDelta | undefined,
  event: Pick<ApplicableEvent, 'at' | 'user' | 'release'>,
): IssueDelta {
  return {
    ...addUser(delta?.users ?? [], delta?.userSketch ?? null, event.user),
    count: (delta?.count ?? 0) + 1,
    firstSeenAt: Math.min(delta?.firstSeenAt ?? event.at, event.at),
    lastSeenAt: Math.max(delta?.lastSeenAt ?? event.at, event.at),
    lastRelease: event.release ?? delta?.lastRelease ?? null,
  }
}

/**
 * Counts of a row that moved from hash to hash. What it leaves says nothing of times and users: those
 * are read from the rows again when the regrouping is done (regroup-figures.ts).
 */
export function moveCounts(
  pending: Record<string, IssueDelta>,
  { fromHash, toHash, weight, at, user, release }: MovedRow,
): Record<string, IssueDelta> {
  if (weight === 0) return pending
  const left = pending[fromHash] ?? NO_COUNTS
  const arrived = addEvent(pending[toHash], { at, user, release })
  return {
    ...pending,
    [fromHash]: { ...left, count: left.count - weight },
    [toHash]: { ...arrived, count: arrived.count - 1 + weight },
  }
}

/** Times that change no other: the first is never the least, the last never the greatest. */
const NO_COUNTS: IssueDelta = {
  count: 0,
  firstSeenAt: Number.MAX_SAFE_INTEGER,
  lastSeenAt: 0,
  users: [],
  userSketch: null,
  lastRelease: null,
}

/** Moves the pending counts into the next flush. */
export function startFlush(progress: MonthProgress): MonthProgress {
  const flush = { number: progress.flush.number + 1, deltas: progress.pending }
  return { ...progress, pending: {}, flush }
}

/** Reads the progress back; a new object has none. */
export function loadProgress(kv: SyncKvStorage): MonthProgress {
  const first = kv.get<string>('progress:0')
  if (first === undefined) return NO_PROGRESS
  const end = first.indexOf('\n')
  let json = first.slice(end + 1)
  for (let part = 1; part < Number(first.slice(0, end)); part += 1) {
    json += kv.get<string>(`progress:${part}`)
  }
  const progress = JSON.parse(json) as MonthProgress
  const { pending, flush } = progress
  return {
    ...progress,
    pending: byHash(pending),
    flush: { ...flush, deltas: byHash(flush.deltas) },
  }
}

/** Before there were streams, counts were kept by issue id (stream.ts). */
function byHash(deltas: Record<string, IssueDelta>): Record<string, IssueDelta> {
  return Object.fromEntries(
    Object.entries(deltas).map(([key, delta]) => [/^\d{1,16}$/.test(key) ? `#${key}` : key, delta]),
  )
}

/**
 * Writes the progress: one row, unless thousands of issues wait for a database that is down. The
 * first part begins with the number of parts.
 */
export function saveProgress(kv: SyncKvStorage, progress: MonthProgress): void {
  const json = JSON.stringify(progress)
  const parts = Math.max(1, Math.ceil(json.length / PART_CHARACTERS))
  for (let part = 0; part < parts; part += 1) {
    const text = json.slice(part * PART_CHARACTERS, (part + 1) * PART_CHARACTERS)
    kv.put(`progress:${part}`, part === 0 ? `${parts}\n${text}` : text)
  }
}

function addUser(
  users: number[],
  userSketch: string | null,
  user: string | null,
): Pick<IssueDelta, 'users' | 'userSketch'> {
  const hash = user === null ? null : hashName(user)
  if (hash === null || users.includes(hash)) return { users, userSketch }
  if (users.length < USERS_MAX) return { users: [...users, hash], userSketch }
  const sketch = addUsers(userSketch ? fromHex(userSketch) : EMPTY_SKETCH, users)
  return { users: [hash], userSketch: toHex(sketch) }
}
