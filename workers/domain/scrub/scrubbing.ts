import { z } from 'zod'

import { EXTRA_RULE_NAMES, type ExtraRule } from './extra-rule.ts'
import { PiiConfig } from './pii-config.ts'

/** How a project wants its events scrubbed (spec/event-processing.md §5.1). */
export interface Scrubbing {
  /** `scrubData`: the default rules, the extra rules and the sensitive fields. */
  enabled: boolean
  /** `scrubDefaults`: the default rules and the extra rules. */
  defaultRules: boolean
  /** A key or text that contains one of these is filtered. */
  sensitiveFields: string[]
  /** Keys or selectors of what default rules, extra rules and sensitive fields leave alone. */
  safeFields: string[]
  scrubIpAddresses: boolean
  /** Extra rules that are switched off. */
  rulesOff: ExtraRule[]
  /** Rules somebody wrote. They come before all others, and apply even when not `enabled`. */
  advanced: { organization: PiiConfig | null; project: PiiConfig | null }
}

export const DEFAULT_SCRUBBING: Scrubbing = {
  enabled: true,
  defaultRules: true,
  sensitiveFields: [],
  safeFields: [],
  scrubIpAddresses: false,
  rulesOff: [],
  advanced: { organization: null, project: null },
}

/** An organization that asks nothing of its projects. */
export const NOTHING_REQUIRED: Scrubbing = {
  ...DEFAULT_SCRUBBING,
  enabled: false,
  defaultRules: false,
  rulesOff: [...EXTRA_RULE_NAMES],
}

const FIELDS_MAX = 1000
const FIELD_CHARACTERS_MAX = 1024

const Fields = z.array(z.string().max(FIELD_CHARACTERS_MAX)).max(FIELDS_MAX)

/** As it rests in options: what somebody chose. A rule of a later version of ours is passed over. */
const Choices = z
  .object({
    enabled: z.boolean(),
    defaultRules: z.boolean(),
    sensitiveFields: Fields,
    safeFields: Fields,
    scrubIpAddresses: z.boolean(),
    rulesOff: z
      .array(z.string())
      .transform((names) => EXTRA_RULE_NAMES.filter((rule) => names.includes(rule))),
    advanced: z.object({
      organization: PiiConfig.nullable().default(null),
      project: PiiConfig.nullable().default(null),
    }),
  })
  .partial()
  .default({})

/** Scrubbing as stored in the options of a project. What is absent has its default. */
export const ScrubbingOptions = Choices.transform(
  (choices): Scrubbing => ({ ...DEFAULT_SCRUBBING, ...choices }),
)

/** Scrubbing as stored in the options of an organization. What is absent is not asked for. */
export const RequiredScrubbing = Choices.transform(
  (choices): Scrubbing => ({ ...NOTHING_REQUIRED, ...choices }),
)

/** What holds for a project of an organization: what either asks for, lists of both. */
export function joinScrubbing(organization: Scrubbing, project: Scrubbing): Scrubbing {
  return {
    enabled: organization.enabled || project.enabled,
    defaultRules: organization.defaultRules || project.defaultRules,
    sensitiveFields: [...organization.sensitiveFields, ...project.sensitiveFields],
    safeFields: [...organization.safeFields, ...project.safeFields],
    scrubIpAddresses: organization.scrubIpAddresses || project.scrubIpAddresses,
    rulesOff: project.rulesOff.filter((rule) => organization.rulesOff.includes(rule)),
    advanced: {
      organization: organization.advanced.organization,
      project: project.advanced.project,
    },
  }
}
