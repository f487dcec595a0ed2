import type { RegroupMessage } from '#domain/grouping/regroup/regroup-message.ts'
import type { PackMessage } from '#domain/pack/pack-message.ts'
import type { OrganizationQuota } from '#gate/organization-quota.ts'
import type { ProjectGate } from '#gate/project-gate.ts'
import type { ProjectStore } from '#store/project-store.ts'

/** Every binding, once (wrangler.toml). Seen by main and the doors; rooms below take what they need. */
export interface Env {
  DB: D1Database
  RAW: R2Bucket
  PACKS: Queue<PackMessage | RegroupMessage>
  PROJECT_GATE: DurableObjectNamespace<ProjectGate>
  PROJECT_STORE: DurableObjectNamespace<ProjectStore>
  ORGANIZATION_QUOTA: DurableObjectNamespace<OrganizationQuota>
  ASSETS: Fetcher
  /** Attempts to sign in. Counted by location, roughly: for brakes, not for bills. */
  LOGIN_LIMIT: RateLimit
  /** The cell's number, digits. */
  CELL: string
  /** `eu`, `us`, or empty for none. */
  JURISDICTION: string
  /** How much one project's gate holds while R2 or the queue is down, bytes; digits. */
  JOURNAL_BYTES_MAX: string
  /** Secret of the deployment: signs DSN keys. At least 16 characters. */
  PICKET_SECRET: string
}
