import type { Quantity } from '#domain/data-category.ts'
import type { ItemFacts } from '#domain/envelope/item-quantities.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import type { PackedItem } from '#domain/pack/pack-format.ts'
import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { ActiveLimit } from '#domain/quota/active-limit.ts'

/** What the edge asks of the gate, once per request. Plain data: it crosses an RPC. */
export interface Admission {
  projectId: number
  publicKey: string
  /** Of the settings the items were prepared by. */
  configVersion: number
  items: AdmissionItem[]
  /** What the edge lost already, with its reason; it is journaled with the items. */
  losses: LedgerEntry[]
}

export interface AdmissionItem extends PackedItem {
  /** What quotas count of it. */
  facts: ItemFacts
  /** What the ledger counts of it; what its pack will settle, to the unit. */
  quantities: Quantity[]
  /** R2 key of its payload, where that is too large for a pack. */
  blob?: string
}

/** What became of each item, in order. */
export type Verdict =
  | 'admitted'
  /** A dump that makes its event and is then forgotten. */
  | 'admitted_unkept'
  | 'duplicate'
  | 'rate_limited'
  /** Not taken by a limit that clients are not told of: they are answered as if it were. */
  | 'left_out'

export type AdmissionAnswer =
  | {
      /** The admitted items are durable when this answer arrives. */
      status: 'answered'
      verdicts: Verdict[]
      /** Limits in force now; the isolate remembers them until they lapse. */
      limits: ActiveLimit[]
      configVersion: number
    }
  /** The settings have changed since: nothing was taken, prepare the items again by these. */
  | { status: 'config_changed'; config: ProjectConfig }
  | { status: 'key_unknown' | 'key_disabled' | 'project_unknown' }
  /** The journal is full: nothing was taken, come back after that many seconds. */
  | { status: 'overloaded'; retryAfterSeconds: number }
