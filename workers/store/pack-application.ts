import type { Quantity } from '#domain/data-category.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { PackedKind } from '#domain/pack/pack-format.ts'
import type { SessionCounter } from '#domain/session/session-counts.ts'
import type { ApplicableAttachment } from './month-attachment.ts'
import type { CheckInRow } from './month-check-in.ts'
import type { FeedbackRow } from './month-feedback.ts'

/** What processing made of one pack: everything the month object writes, in one call. */
export interface PackApplication {
  projectId: number
  month: string
  packId: string
  /** R2 key of the pack. */
  key: string
  events: ApplicableEvent[]
  companions: Companions
  /** Outcomes of everything but the events. */
  settled: TimedEntries[]
}

/** What else a pack brought: each kind has its table in the month object. */
export interface Companions {
  attachments: ApplicableAttachment[]
  sessions: SessionCounter[]
  checkIns: CheckInRow[]
  feedback: FeedbackRow[]
  /** How many items of each kind that is kept now and shown later. */
  kinds: Partial<Record<PackedKind, number>>
}

export interface ApplicableEvent {
  eventId: string
  /** What it counts in the ledger. */
  quantities: Quantity[]
  /** Primary grouping hash: D1 knows which issue it leads to. */
  hash: string
  /** When we received it, Unix ms: rows are ordered by it. */
  at: number
  level: string
  title: string
  platform: string
  environment: string | null
  release: string | null
  /** `id:1`, `email:…`: see domain/event/event-user.ts. */
  user: string | null
  traceId: string | null
  tags: [string, string][]
  /** Where the item lies in the pack. */
  offset: number
  length: number
  /** Where its overlay lies in the overlay pack, if processing learned anything. */
  overlay: { offset: number; length: number } | null
}

/** Ledger entries of one moment. */
export interface TimedEntries {
  /** Unix ms. */
  at: number
  entries: LedgerEntry[]
}

/** Totals of one hash that D1 has not been told yet. */
export interface IssueDelta {
  count: number
  firstSeenAt: number
  lastSeenAt: number
  /** `hashName` of users, each once; earlier ones are in the sketch (hex) if they were many. */
  users: number[]
  userSketch: string | null
  lastRelease: string | null
}
