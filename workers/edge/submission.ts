import type { EnvelopeItem } from '#domain/envelope/parse-envelope.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { Sender } from './authenticate.ts'
import type { KeptBlobs } from './kept-blobs.ts'
import type { Received } from './prepare/prepared.ts'

/** One request's items and who sends them, whatever endpoint they came by. */
export interface Submission {
  sender: Sender
  items: EnvelopeItem[]
  received: Received
  /** The id to answer with; null answers `{}`. */
  answerId: string | null
  /** Objects written for the items while they arrived, if any. */
  blobs: KeptBlobs | null
  /** What the endpoint itself could not take. */
  losses?: LedgerEntry[]
}

/** An item as an SDK would have sent it; `payload` is text or any JSON. */
export function makeItem(
  type: string,
  payload: Uint8Array | object,
  header: Record<string, unknown> = {},
): EnvelopeItem {
  const bytes =
    payload instanceof Uint8Array ? payload : new TextEncoder().encode(JSON.stringify(payload))
  return { type, header: { type, ...header }, payload: bytes }
}
