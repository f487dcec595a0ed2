/** Events of one stream that get the same hash under a proposal. Plain JSON: it rests between steps. */
export interface TallyLine {
  /** The stream they are in (store/stream.ts). */
  stream: number
  /** Their primary hash as proposed. */
  hash: string
  /** How many rows, and how many events those stand for. */
  rows: number
  count: number
  /** Unix ms of receipt. */
  firstAt: number
  lastAt: number
  /** Of the newest, as it would be shown. */
  title: string
  eventId: string
}

/** Which events of which streams go where: what a preview has looked at so far. */
export type RegroupTally = TallyLine[]

/** Lines a tally may have: it rests in one row of 2 MB. */
export const TALLY_LINES_MAX = 5000
/** Titles are for people; the rest of a long one adds nothing. */
const TITLE_CHARACTERS_MAX = 120

export interface TalliedRow {
  stream: number
  hash: string
  weight: number
  at: number
  title: string
  eventId: string
}

/** The tally with more rows in it. */
export function addToTally(tally: RegroupTally, rows: TalliedRow[]): RegroupTally {
  const lines = new Map(tally.map((line) => [keyOf(line), line]))
  for (const row of rows) {
    const key = keyOf(row)
    const before = lines.get(key)
    const isNewest = !before || row.at > before.lastAt
    lines.set(key, {
      stream: row.stream,
      hash: row.hash,
      rows: (before?.rows ?? 0) + 1,
      count: (before?.count ?? 0) + row.weight,
      firstAt: Math.min(before?.firstAt ?? row.at, row.at),
      lastAt: Math.max(before?.lastAt ?? row.at, row.at),
      title: isNewest ? row.title.slice(0, TITLE_CHARACTERS_MAX) : before.title,
      eventId: isNewest ? row.eventId : before.eventId,
    })
  }
  return [...lines.values()]
}

function keyOf({ stream, hash }: { stream: number; hash: string }): string {
  return `${stream} ${hash}`
}
