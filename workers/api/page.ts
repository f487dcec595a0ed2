import type { Context } from 'hono'

import { ApiError } from './on-error.ts'

/**
 * Pages by key, not by number: a cursor names the row it starts behind, so no row comes twice and
 * none is skipped while others are added. The grammar is Sentry's (spec/web-api.md §1.3):
 *
 *     <score of the row>:<tie-breaking number of the row>:<1 when walking back>
 */
export interface Cursor {
  score: number
  /** Decimal digits: an issue's id, or an event's id read as one number. */
  tie: string
  isBackward: boolean
}

const CURSOR = /^(-?\d{1,16}(?:\.\d{1,6})?):(-?\d{1,39}):([01])$/

/** Reads `?cursor=`; an empty one means the first page, a strange one is refused. */
export function parseCursor(text: string | undefined): Cursor | null {
  if (text === undefined || text === '') return null
  const match = CURSOR.exec(text)
  if (!match) throw new ApiError('invalid', 'Invalid cursor parameter.')
  return { score: Number(match[1]), tie: match[2] ?? '0', isBackward: match[3] === '1' }
}

/** A row's place in its list. */
export interface Position {
  score: number
  tie: number | string
}

/** A page in the list's order, and where its neighbours start. */
export interface Page<Row> {
  rows: Row[]
  previous: Position | null
  hasPrevious: boolean
  next: Position | null
  hasNext: boolean
}

/** Rows read in the direction of a cursor, nearest to it first. */
export interface Read<Row> {
  rows: Row[]
  hasMore: boolean
  /** How far was looked, when that is further than the last row. */
  end?: Position | null
}

/** Up to `limit + 1` rows; the surplus one only tells that there are more. */
export function cutSurplus<Row>(rows: Row[], limit: number): Read<Row> {
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}

/** Turns what was read into a page, whichever way it was read. */
export function makePage<Row>(
  { rows, hasMore, end }: Read<Row>,
  cursor: Cursor | null,
  positionOf: (row: Row) => Position,
): Page<Row> {
  const start = rows[0] ? positionOf(rows[0]) : (cursor ?? null)
  const final = rows.at(-1)
  const far = end ?? (final === undefined ? (cursor ?? null) : positionOf(final))
  if (cursor?.isBackward) {
    const inOrder = rows.toReversed()
    return { rows: inOrder, previous: far, hasPrevious: hasMore, next: start, hasNext: true }
  }
  return { rows, previous: start, hasPrevious: cursor !== null, next: far, hasNext: hasMore }
}

/** A page of a list that is in memory whole: the cursor's second number is the row it starts at. */
export function cutPage<Row>(rows: Row[], limit: number, cursor: Cursor | null): Page<Row> {
  const start = Math.min(Math.max(Number(cursor?.tie ?? 0), 0), rows.length)
  const end = start + limit
  return {
    rows: rows.slice(start, end),
    previous: { score: 0, tie: Math.max(start - limit, 0) },
    hasPrevious: start > 0,
    next: { score: 0, tie: end },
    hasNext: end < rows.length,
  }
}

/** Says where the neighbouring pages are: both links always, previous first. Answers the page. */
export function linkPages<Row>(c: Context, page: Page<Row>): Page<Row> {
  const previous = formatCursor(page.previous, true)
  const next = formatCursor(page.next, false)
  c.header(
    'link',
    [link(c, 'previous', previous, page.hasPrevious), link(c, 'next', next, page.hasNext)].join(
      ', ',
    ),
  )
  return page
}

function formatCursor(position: Position | null, isBackward: boolean): string {
  return `${position?.score ?? 0}:${position?.tie ?? 0}:${isBackward ? 1 : 0}`
}

/** A comma in the URL would split the header in clients that split it by commas (§0, trap 16). */
function link(c: Context, rel: string, cursor: string, hasResults: boolean): string {
  const url = new URL(c.req.url)
  url.searchParams.delete('cursor')
  const query = url.searchParams.toString()
  const address = `${url.origin}${url.pathname.replaceAll(',', '%2C')}?${query}&cursor=${cursor}`
  return `<${address}>; rel="${rel}"; results="${hasResults}"; cursor="${cursor}"`
}
