/**
 * What a month object keeps besides rows, in one value that each applied pack rewrites once:
 * counts that D1 has not been told yet, and the thinning of the present hour.
 */

import type { ThinningState } from '#domain/issue/thin-events.ts'
import { hashUser } from '#domain/issue/user-sketch.ts'
import type { ApplicableEvent, IssueDelta } from './pack-application.ts'

export interface MonthProgress {
  /** Ledger quantities settled here: the right side of the ledger. */
  accounted: number
  /** Counts waiting for the next flush, by issue id. */
  pending: Record<string, IssueDelta>
  /** The flush under way or the last one done. Its number makes repeating it harmless. */
  flush: { number: number; deltas: Record<string, IssueDelta> }
  thinning: Record<string, ThinningState>
}

export const NO_PROGRESS: MonthProgress = {
  accounted: 0,
  pending: {},
  flush: { number: 0, deltas: {} },
  thinning: {},
}

/** Users listed per issue between two flushes; more are counted by the next ones. */
const USERS_MAX = 1000
/** Issues whose hour is remembered. The value must stay far below the 2 MB of a row. */
const THINNING_MAX = 2000
const HOUR_MS = 3_600_000

export function addEvent(delta: IssueDelta | undefined, event: ApplicableEvent): IssueDelta {
  const users = delta?.users ?? []
  if (event.user && users.length < USERS_MAX) {
    const hash = hashUser(event.user)
    if (!users.includes(hash)) users.push(hash)
  }
  return {
    count: (delta?.count ?? 0) + 1,
    firstSeenAt: Math.min(delta?.firstSeenAt ?? event.at, event.at),
    lastSeenAt: Math.max(delta?.lastSeenAt ?? event.at, event.at),
    users,
    lastRelease: event.release ?? delta?.lastRelease ?? null,
  }
}

/** Moves the pending counts into the next flush. */
export function startFlush(progress: MonthProgress): MonthProgress {
  const flush = { number: progress.flush.number + 1, deltas: progress.pending }
  return { ...progress, pending: {}, flush }
}

/**
 * Forgets hours that are over and settled. Of too many, those with the fewest events go: they
 * would be kept in full anyway. An hour with a carry is never forgotten.
 */
export function pruneThinning(
  thinning: Record<string, ThinningState>,
  now: number,
): Record<string, ThinningState> {
  const hour = Math.floor(now / HOUR_MS)
  const live = Object.entries(thinning).filter(([, state]) => state.carry > 0 || state.hour >= hour)
  if (live.length <= THINNING_MAX) return Object.fromEntries(live)
  live.sort(([, a], [, b]) => b.carry - a.carry || b.count - a.count)
  return Object.fromEntries(live.slice(0, THINNING_MAX))
}
