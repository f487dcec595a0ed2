import type { EventRow } from '#store/event.ts'
import type { EventPosition } from '#store/month-rows.ts'
import type { Cursor, Position } from './page.ts'

/**
 * Events are ordered by time of receipt, then id. A cursor holds numbers only, so the id stands in
 * it as one number of up to 39 digits.
 */
export function eventPosition({ at, eventId }: EventRow): Position {
  return { score: at, tie: BigInt(`0x${eventId}`).toString() }
}

export function parseEventPosition({ score, tie }: Cursor): EventPosition {
  const id = BigInt(tie.replace('-', ''))
  return { at: score, eventId: id.toString(16).padStart(32, '0') }
}
