/**
 * When to commit: the rhythm of arrivals.
 *
 * A commit is one row however many requests share it, and a row costs three times a request. So a
 * gate under load lets requests gather, but never so that anybody waits for nothing:
 *
 *   - a quiet project commits each request at once (LOAD_GAP_MS);
 *   - as many requests as recently came together are not kept waiting for one more: callers that
 *     wait for their answer before they send again will not come;
 *   - one commit in PROBE_EVERY waits for more all the same, or a group could never grow;
 *   - a silence of SILENCE_GAPS usual gaps (and SILENCE_MS_MIN) says that the others are late;
 *   - and after LINGER_MS it commits in any case.
 *
 * At 50 requests/s this gathers about 9 a row and delays an answer by at most 200 ms. Callers in
 * lock-step commit together, eight as well as two hundred, and wait SILENCE_MS_MIN for one more in
 * one of 32 commits.
 */

/** Arrivals further apart than this (on average) are not load. 50 ms = 20 requests/s. */
const LOAD_GAP_MS = 50
const SILENCE_GAPS = 4
/** Under load gaps are so short that the jitter of a busy machine looks like silence. */
const SILENCE_MS_MIN = 25
export const LINGER_MS = 200
/** Requests and bytes that commit at once: a row must stay far below 2 MB. */
const GROUP_REQUESTS_MAX = 250
const GROUP_BYTES_MAX = 512 * 1024
/** Weight of the newest gap in the running average, and what a gap counts for at most. */
const SMOOTHING = 0.1
const GAP_MS_MAX = 500
const PROBE_EVERY = 32
/** Two probes at least are among them, so that one cut short by chance does no harm. */
const GROUPS_REMEMBERED = 2 * PROBE_EVERY

export interface Rhythm {
  /** Running average of the time between arrivals. */
  gapMs: number
  lastArrivalAt: number
  /** How often it has committed. */
  commits: number
  /** Sizes of the last commits. */
  groups: number[]
}

export const QUIET: Rhythm = { gapMs: GAP_MS_MAX, lastArrivalAt: 0, commits: 0, groups: [] }

/** The rhythm after a request that arrived at `now` (Unix ms). */
export function noteArrival(rhythm: Rhythm, now: number): Rhythm {
  const gap = Math.min(Math.max(now - rhythm.lastArrivalAt, 0), GAP_MS_MAX)
  return {
    ...rhythm,
    gapMs: rhythm.gapMs + (gap - rhythm.gapMs) * SMOOTHING,
    lastArrivalAt: now,
  }
}

/** The rhythm after a commit that `requests` shared; without load there is nothing to learn from. */
export function noteCommit(rhythm: Rhythm, requests: number): Rhythm {
  if (rhythm.gapMs > LOAD_GAP_MS) return { ...rhythm, commits: 0, groups: [] }
  const groups = [...rhythm.groups, requests].slice(-GROUPS_REMEMBERED)
  return { ...rhythm, commits: rhythm.commits + 1, groups }
}

/** Milliseconds to wait for company; 0 means commit now. */
export function commitDelayMs(
  rhythm: Rhythm,
  waiting: { requests: number; bytes: number; firstAt: number },
  now: number,
): number {
  if (rhythm.gapMs > LOAD_GAP_MS) return 0
  if (waiting.requests >= GROUP_REQUESTS_MAX || waiting.bytes >= GROUP_BYTES_MAX) return 0
  const isProbe = rhythm.commits % PROBE_EVERY === 0
  if (!isProbe && waiting.requests >= Math.max(2, ...rhythm.groups)) return 0
  const lingerLeft = LINGER_MS - (now - waiting.firstAt)
  const silence = Math.max(SILENCE_MS_MIN, SILENCE_GAPS * rhythm.gapMs)
  return Math.max(0, Math.min(silence, lingerLeft))
}
