import { z } from 'zod'

import { parseEnhancements } from '#domain/grouping/enhancement/parse-rules.ts'
import { parseFingerprinting } from '#domain/grouping/fingerprint/parse-rules.ts'
import { GROUPING_CONFIG_IDS, type GroupingConfig } from '#domain/grouping/grouping-config.ts'

/** Rules of one project; Sentry's own limit for these fields is the same order. */
const RULES_CHARACTERS_MAX = 65_536
/** How long the hashes of the former version go on finding their issues. 90 days, as Sentry. */
const TRANSITION_MS = 90 * 86_400_000

/** Text of rules that a parser of ours takes; its error names line and column. */
const rules = (parse: typeof parseEnhancements | typeof parseFingerprinting) =>
  z
    .string()
    .max(RULES_CHARACTERS_MAX)
    .superRefine((text, context) => {
      const parsed = parse(text)
      if (parsed.ok) return
      const { line, column, message } = parsed.error
      context.addIssue({ code: 'custom', message: `Line ${line}, column ${column}: ${message}` })
    })

/** How a project groups, by Sentry's names: the part of `PUT /projects/{org}/{project}/`. */
export const GroupingChange = z.object({
  groupingConfig: z.enum(GROUPING_CONFIG_IDS).optional(),
  groupingEnhancements: rules(parseEnhancements).optional(),
  fingerprintingRules: rules(parseFingerprinting).optional(),
})
export type GroupingChange = z.infer<typeof GroupingChange>

/**
 * The grouping options after a change; null when nothing was asked for. A new version keeps the old
 * one beside it for a while: its hashes go on finding their issues, so no upgrade makes a burst of new
 * ones. `now` is Unix ms.
 */
export function changeGrouping(
  before: GroupingConfig,
  change: GroupingChange,
  now: number,
): GroupingConfig | null {
  const { groupingConfig, groupingEnhancements, fingerprintingRules } = change
  const isAsked = [groupingConfig, groupingEnhancements, fingerprintingRules].some(
    (value) => value !== undefined,
  )
  if (!isAsked) return null
  const id = groupingConfig ?? before.id
  const secondary =
    id === before.id ? (before.secondary ?? null) : { id: before.id, until: now + TRANSITION_MS }
  return {
    id,
    enhancements: groupingEnhancements ?? before.enhancements,
    fingerprinting: fingerprintingRules ?? before.fingerprinting,
    secondary,
  }
}
