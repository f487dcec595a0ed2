import { z } from 'zod'

import { OrganizationQuotaSettings } from '../quota/quota-settings.ts'
import { RequiredScrubbing } from '../scrub/scrubbing.ts'

/** The `options` column of an organization: what holds for all its projects. All of it is optional. */
export const OrganizationOptions = z.object({
  scrubbing: RequiredScrubbing,
  quotas: OrganizationQuotaSettings.prefault({}),
  /** Issues of its projects that share a hash are shown as one group, too. */
  globalGrouping: z.boolean().default(false),
})
export type OrganizationOptions = z.infer<typeof OrganizationOptions>
