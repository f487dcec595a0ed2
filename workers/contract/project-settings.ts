import { z } from 'zod/mini'

import { EXTRA_RULES } from '#domain/scrub/extra-rule.ts'
import { Project } from './project.ts'

/** Picket's own scrubbing rules by name, and what each takes. */
export { EXTRA_RULES }

/** How events are scrubbed; a project and an organization both say it. */
const scrubbing = {
  dataScrubber: z.boolean(),
  dataScrubberDefaults: z.boolean(),
  sensitiveFields: z.array(z.string()),
  safeFields: z.array(z.string()),
  scrubIPAddresses: z.boolean(),
  /** Advanced rules, JSON as text. */
  relayPiiConfig: z.nullable(z.string()),
  /** Picket's own rules by name: on or off. Of an organization: asked for or not. */
  scrubbingRules: z.record(z.string(), z.boolean()),
}
export const ScrubbingSettings = z.looseObject(scrubbing)
export type ScrubbingSettings = z.infer<typeof ScrubbingSettings>

/** Inbound filters, by Sentry's names. Lists are text, one entry a line. */
export const FilterSettings = z.looseObject({
  'filters:browser-extensions': z.boolean(),
  'filters:localhost': z.boolean(),
  'filters:web-crawlers': z.boolean(),
  'filters:filtered-transaction': z.boolean(),
  /** `true`: those that the default names. */
  'filters:legacy-browsers': z.union([z.boolean(), z.array(z.string())]),
  'filters:chunk-load-error': z.boolean(),
  'filters:react-hydration-errors': z.boolean(),
  'filters:blacklisted_ips': z.string(),
  'filters:releases': z.string(),
  'filters:error_messages': z.string(),
  'filters:transactions': z.string(),
  'sentry:csp_ignored_sources_defaults': z.boolean(),
  'sentry:csp_ignored_sources': z.string(),
})
export type FilterSettings = z.infer<typeof FilterSettings>

/** `GET /api/0/projects/{org}/{project}/`, as the settings pages read it. */
export const ProjectSettings = z.extend(Project, { ...scrubbing, options: FilterSettings })
export type ProjectSettings = z.infer<typeof ProjectSettings>

/** `GET /api/0/organizations/{org}/?detailed=0`, the same. */
export const OrganizationSettings = z.looseObject({ name: z.string(), ...scrubbing })
export type OrganizationSettings = z.infer<typeof OrganizationSettings>
