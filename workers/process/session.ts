import type { SessionBuckets, SessionUpdate } from '#domain/session/parse-session.ts'
import { readPackedItem } from '#store/packed-item.ts'

/** Sessions as the edge read them; they are counted for the whole pack at once. */
export function processSession(bytes: Uint8Array): SessionUpdate | SessionBuckets {
  return JSON.parse(readPackedItem(bytes).payload) as SessionUpdate | SessionBuckets
}
