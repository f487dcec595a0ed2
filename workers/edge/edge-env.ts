import type { ProjectConfig } from '#domain/project/project-config.ts'
import type { Admission, AdmissionAnswer } from '#gate/admission.ts'
import type { ProjectGate } from '#gate/project-gate.ts'

/** What the ingest endpoints need of the environment. */
export interface EdgeEnv {
  PROJECT_GATE: DurableObjectNamespace<ProjectGate>
  RAW: R2Bucket
  JURISDICTION: string
  PICKET_SECRET: string
}

/** The gate as the edge calls it: two questions, no more. */
export interface Gate {
  admit(admission: Admission): Promise<AdmissionAnswer>
  readConfig(projectId: number): Promise<ProjectConfig | null>
}

/** The world as an endpoint sees it. */
export interface World {
  /** Signs DSN keys. */
  secret: string
  /** Where payloads go that are too large for a pack. */
  raw: R2Bucket
  gateOf: (projectId: number) => Gate
  /** Does something after the answer, `ms` later; 30 s is the longest the platform waits. */
  later: (ms: number, work: () => Promise<void>) => void
}
