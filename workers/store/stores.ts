import { type DrizzleD1Database, drizzle } from 'drizzle-orm/d1'

import { inRegion } from '#platform/region.ts'
import type { ProjectStore } from './project-store.ts'
import { storeName } from './store-name.ts'

/** Every store, opened once per request or batch by a door. */
export interface Stores {
  db: DrizzleD1Database
  /** The same database, for the statements drizzle has no words for. */
  sql: D1Database
  raw: R2Bucket
  /** The month object of a project; `month` as `2026-11`. */
  projectStore: (projectId: number, month: string) => DurableObjectStub<ProjectStore>
}

export interface StoresEnv {
  DB: D1Database
  RAW: R2Bucket
  PROJECT_STORE: DurableObjectNamespace<ProjectStore>
  JURISDICTION: string
}

export function openStores(env: StoresEnv): Stores {
  const months = inRegion(env.PROJECT_STORE, env.JURISDICTION)
  return {
    db: drizzle(env.DB),
    sql: env.DB,
    raw: env.RAW,
    projectStore: (projectId, month) => months.getByName(storeName(projectId, month)),
  }
}
