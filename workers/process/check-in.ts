import type { CheckIn } from '#domain/monitor/parse-check-in.ts'
import type { CheckInRow } from '#store/month-check-in.ts'
import { readPackedItem } from '#store/packed-item.ts'

/** A check-in and when we heard of it. */
export function processCheckIn(bytes: Uint8Array): CheckInRow {
  const { meta, payload } = readPackedItem(bytes)
  const { configError: _, ...checkIn } = JSON.parse(payload) as CheckIn
  return { ...checkIn, at: meta.receivedAt }
}
