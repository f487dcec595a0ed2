import type { PackMessage } from '#domain/pack/pack-message.ts'
import type { ProjectStore } from '#store/project-store.ts'
import type { OrganizationQuota } from './organization-quota.ts'

/** What the gate needs of the world. The whole environment is `env.ts`, seen by doors only. */
export interface GateEnv {
  DB: D1Database
  RAW: R2Bucket
  PACKS: Queue<PackMessage>
  PROJECT_STORE: DurableObjectNamespace<ProjectStore>
  ORGANIZATION_QUOTA: DurableObjectNamespace<OrganizationQuota>
  JURISDICTION: string
  /** Above this a journal takes no more: R2 or the queue has been down for long. Digits. */
  JOURNAL_BYTES_MAX: string
}
