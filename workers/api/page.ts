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

/** A page as a repository gives it, in the list's order. */
export interface Page<Row> {
  rows: Row[]
  hasPrevious: boolean
  hasNext: boolean
}

/**
 * Turns up to `limit + 1` rows, read in the direction of the cursor, into a page. The surplus row
 * only tells that there are more.
 */
export function makePage<Row>(read: Row[], limit: number, cursor: Cursor | null): Page<Row> {
  const hasMore = read.length > limit
  const rows = read.slice(0, limit)
  if (cursor?.isBackward) {
    return { rows: rows.reverse(), hasPrevious: hasMore, hasNext: true }
  }
  return { rows, hasPrevious: cursor !== null, hasNext: hasMore }
}

/** Says where the neighbouring pages are. Both links always, previous first. */
export function linkPages<Row>(
  c: Context,
  page: Page<Row>,
  positionOf: (row: Row) => { score: number; tie: number | string },
): void {
  const first = page.rows[0]
  const final = page.rows.at(-1)
  const previous = first ? formatCursor(positionOf(first), true) : '0:0:1'
  const next = final ? formatCursor(positionOf(final), false) : '0:0:0'
  c.header(
    'link',
    [
      link(c, 'previous', previous, page.hasPrevious && first !== undefined),
      link(c, 'next', next, page.hasNext && final !== undefined),
    ].join(', '),
  )
}

function formatCursor(
  { score, tie }: { score: number; tie: number | string },
  isBackward: boolean,
): string {
  return `${score}:${tie}:${isBackward ? 1 : 0}`
}

/** A comma in the URL would split the header in clients that split it by commas (§0, trap 16). */
function link(c: Context, rel: string, cursor: string, hasResults: boolean): string {
  const url = new URL(c.req.url)
  url.searchParams.delete('cursor')
  const query = url.searchParams.toString()
  const address = `${url.origin}${url.pathname.replaceAll(',', '%2C')}?${query}&cursor=${cursor}`
  return `<${address}>; rel="${rel}"; results="${hasResults}"; cursor="${cursor}"`
}
