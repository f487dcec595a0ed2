import { z } from 'zod'

import { checkPiiConfig } from '#domain/scrub/check-pii-config.ts'
import { EXTRA_RULE_NAMES, type ExtraRule } from '#domain/scrub/extra-rule.ts'
import type { PiiConfig } from '#domain/scrub/pii-config.ts'
import type { Scrubbing } from '#domain/scrub/scrubbing.ts'
import { given } from './given.ts'
import { describePiiConfigError } from './pii-config-error.ts'

const FIELDS_MAX = 500
const FIELD_CHARACTERS_MAX = 500
/** Errors told at once; more would help nobody. */
const ERRORS_MAX = 20

/** Names of fields; blank ones are no names. */
const fields = z
  .array(z.string().trim().max(FIELD_CHARACTERS_MAX))
  .max(FIELDS_MAX)
  .transform((names) => [...new Set(names.filter((name) => name !== ''))])

/** Advanced rules: JSON as text, as Sentry carries it, or the object itself. Empty: none. */
const advancedRules = z
  .union([z.string(), z.record(z.string(), z.unknown())])
  .transform((given, context): PiiConfig | null => {
    const text = typeof given === 'string' ? given : JSON.stringify(given, null, 2)
    if (text.trim() === '') return null
    const config = checkPiiConfig(text)
    if (config.ok) return config.value
    for (const error of config.error.slice(0, ERRORS_MAX)) {
      context.addIssue({ code: 'custom', message: describePiiConfigError(error, text) })
    }
    return z.NEVER
  })

/** How events are scrubbed, by Sentry's names: part of the bodies for a project and an organization. */
export const ScrubbingChange = z.object({
  dataScrubber: z.boolean().optional(),
  dataScrubberDefaults: z.boolean().optional(),
  sensitiveFields: fields.optional(),
  safeFields: fields.optional(),
  scrubIPAddresses: z.boolean().optional(),
  relayPiiConfig: advancedRules.nullish(),
  /** Picket's own rules by name (domain/scrub/extra-rule.ts), on or off. */
  scrubbingRules: z.partialRecord(z.enum(EXTRA_RULE_NAMES), z.boolean()).optional(),
})
export type ScrubbingChange = z.infer<typeof ScrubbingChange>

/** What of the stored options a change replaces; null when it asks for nothing. */
export function changeScrubbing(
  before: Scrubbing,
  change: ScrubbingChange,
  owner: keyof Scrubbing['advanced'],
): Partial<Scrubbing> | null {
  const { relayPiiConfig: advanced, scrubbingRules: rules } = change
  return given<Scrubbing>({
    enabled: change.dataScrubber,
    defaultRules: change.dataScrubberDefaults,
    sensitiveFields: change.sensitiveFields,
    safeFields: change.safeFields,
    scrubIpAddresses: change.scrubIPAddresses,
    rulesOff: rules && changeRules(before.rulesOff, rules),
    advanced: advanced === undefined ? undefined : { ...before.advanced, [owner]: advanced },
  })
}

function changeRules(off: ExtraRule[], change: Partial<Record<ExtraRule, boolean>>): ExtraRule[] {
  return EXTRA_RULE_NAMES.filter((rule) => !(change[rule] ?? !off.includes(rule)))
}

/** Scrubbing as answers carry it: the names of `ScrubbingChange`. */
export function showScrubbing(scrubbing: Scrubbing, owner: keyof Scrubbing['advanced']) {
  const advanced = scrubbing.advanced[owner]
  return {
    dataScrubber: scrubbing.enabled,
    dataScrubberDefaults: scrubbing.defaultRules,
    sensitiveFields: scrubbing.sensitiveFields,
    safeFields: scrubbing.safeFields,
    scrubIPAddresses: scrubbing.scrubIpAddresses,
    relayPiiConfig: advanced && JSON.stringify(advanced, null, 2),
    scrubbingRules: Object.fromEntries(
      EXTRA_RULE_NAMES.map((rule) => [rule, !scrubbing.rulesOff.includes(rule)]),
    ),
  }
}
