import { countDistinct, EMPTY_SKETCH } from '#domain/distinct-sketch.ts'
import { fromHex, toHex } from '#domain/identifier.ts'
import { addUsers, mergeUsers } from '#domain/issue/user-sketch.ts'
import type { IssueDelta } from './pack-application.ts'

/** What was counted under one or several hashes. Times are Unix ms, null before the first event. */
export interface Figures {
  count: number
  firstSeenAt: number | null
  lastSeenAt: number | null
  firstRelease: string | null
  lastRelease: string | null
  /** Sketch of the users, hex (domain/issue/user-sketch.ts); empty for none. */
  users: string
}

export const NO_FIGURES: Figures = {
  count: 0,
  firstSeenAt: null,
  lastSeenAt: null,
  firstRelease: null,
  lastRelease: null,
  users: '',
}

/** The figures of both together. In any order the same, but for users beyond the sketch's exact range. */
export function addFigures(a: Figures, b: Figures): Figures {
  const [older, younger] = (b.firstSeenAt ?? NEVER) < (a.firstSeenAt ?? NEVER) ? [b, a] : [a, b]
  const [newer, staler] = (b.lastSeenAt ?? -1) > (a.lastSeenAt ?? -1) ? [b, a] : [a, b]
  return {
    count: a.count + b.count,
    firstSeenAt: older.firstSeenAt ?? younger.firstSeenAt,
    lastSeenAt: newer.lastSeenAt ?? staler.lastSeenAt,
    firstRelease: older.firstSeenAt === null ? younger.firstRelease : older.firstRelease,
    lastRelease: newer.lastRelease ?? staler.lastRelease,
    users: mergeHex(a.users, b.users),
  }
}

export function sumFigures(all: Figures[]): Figures {
  return all.reduce(addFigures, NO_FIGURES)
}

/** Counts that a month has not told yet, as figures. */
export function deltaFigures(delta: IssueDelta): Figures {
  const { count, firstSeenAt, lastSeenAt, lastRelease, users, userSketch } = delta
  const sketch = addUsers(userSketch ? fromHex(userSketch) : EMPTY_SKETCH, users)
  return { count, firstSeenAt, lastSeenAt, firstRelease: null, lastRelease, users: toHex(sketch) }
}

export function userCount({ users }: Figures): number {
  return users === '' ? 0 : countDistinct(fromHex(users))
}

const NEVER = Number.POSITIVE_INFINITY

function mergeHex(a: string, b: string): string {
  if (a === '' || b === '') return a + b
  return toHex(mergeUsers(fromHex(a), fromHex(b)))
}
