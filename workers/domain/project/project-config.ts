import { z } from 'zod'

import { InboundFilters } from '#domain/filter/inbound-filters.ts'
import { type Scrubbing, ScrubbingOptions } from '#domain/scrub/scrubbing.ts'
import { DEFAULT_GROUPING_CONFIG, GROUPING_CONFIG_IDS } from '../grouping/grouping-config.ts'
import type { Quota } from '../quota/quota.ts'
import { ProjectQuotaSettings } from '../quota/quota-settings.ts'

/** A key as the gate and the edge need it. */
export interface KeyConfig {
  publicKey: string
  isActive: boolean
}

/** What governs a project's ingest. Made from D1 by the gate, handed to the edge with a version. */
export interface ProjectConfig {
  projectId: number
  organizationId: number
  /** Grows with every change; 0 before anything was loaded. */
  version: number
  /** First part of the project's R2 keys; lifecycle rules delete by it. */
  retention: string
  keys: KeyConfig[]
  /** All that limit its ingest, but for those that follow from what came (quota-settings.ts). */
  quotas: Quota[]
  spikeProtection: ProjectQuotaSettings['spikeProtection']
  filters: InboundFilters
  scrubbing: Scrubbing
}

/** How a project groups (domain/grouping). */
const GroupingOptions = z.object({
  id: z.enum(GROUPING_CONFIG_IDS).default(DEFAULT_GROUPING_CONFIG.id),
  enhancements: z.string().default(''),
  fingerprinting: z.string().default(''),
  /** What it grouped by before; `until` is Unix ms. */
  secondary: z
    .object({ id: z.enum(GROUPING_CONFIG_IDS), until: z.int() })
    .nullable()
    .default(null),
})

/** The `options` column of a project. Everything optional; what is absent has its default. */
export const ProjectOptions = z.object({
  rateLimit: z
    .object({ count: z.int().min(0), windowSeconds: z.int().min(1) })
    .nullable()
    .default(null),
  quotas: ProjectQuotaSettings.prefault({}),
  filters: InboundFilters.prefault({}),
  scrubbing: ScrubbingOptions,
  grouping: GroupingOptions.prefault({}),
})
export type ProjectOptions = z.infer<typeof ProjectOptions>
