import type { Issue } from '#contract/issue.ts'

const DAY_MS = 86_400_000
/** Events in the last two hours below which growth is noise. */
const RISING_EVENTS_MIN = 10
/** How many times the usual rate counts as rising. */
const RISING_FACTOR = 3

/** Something new is urgent once it happened this often, or to this many: where all rows shout, none is heard. */
const FELT_EVENTS_MIN = 10
const FELT_USERS_MIN = 2

export type Attention = {
  /** First seen within a day. */
  isNew: boolean
  /** Much more frequent in the last two hours than in the rest of the day. */
  isRising: boolean
  /** The row should look wrong: something broke just now, and nobody caught it. */
  isUrgent: boolean
}

/** Decides from what the list already knows. `now` is Unix ms. */
export function attentionOf(issue: Issue, now: number): Attention {
  const firstSeenAt = issue.firstSeen === null ? 0 : Date.parse(issue.firstSeen)
  const isNew = now - firstSeenAt < DAY_MS
  const isRising = !isNew && growsFast(issue.stats?.['24h'] ?? [])
  const grave = issue.isUnhandled === true || issue.level === 'fatal'
  const isFelt = Number(issue.count) >= FELT_EVENTS_MIN || issue.userCount >= FELT_USERS_MIN
  const isUrgent = issue.status === 'unresolved' && grave && (isRising || (isNew && isFelt))
  return { isNew, isRising, isUrgent }
}

function growsFast(series: [number, number][]): boolean {
  const counts = series.map(([, events]) => events)
  const recent = counts.slice(-2)
  const before = counts.slice(0, -2)
  const sum = (list: number[]) => list.reduce((total, each) => total + each, 0)
  if (before.length === 0 || sum(recent) < RISING_EVENTS_MIN) return false
  return sum(recent) / recent.length > RISING_FACTOR * (sum(before) / before.length)
}
