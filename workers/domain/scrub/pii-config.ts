import { z } from 'zod'

/*
 * Advanced rules as Sentry's API carries them (`relayPiiConfig`, spec/event-processing.md §5.5).
 * Here is their shape; ./check-pii-config.ts says whether they mean something.
 */

const RULES_MAX = 200
const APPLICATIONS_MAX = 200
const NAME_CHARACTERS_MAX = 128
const PATTERN_CHARACTERS_MAX = 4096

const Redaction = z.object({
  method: z.enum(['default', 'remove', 'replace', 'mask', 'hash']),
  text: z.string().max(NAME_CHARACTERS_MAX).nullish(),
  key: z.string().max(NAME_CHARACTERS_MAX).nullish(),
})

const Name = z.string().min(1).max(NAME_CHARACTERS_MAX)

/** One custom rule. `type` is `pattern`, `redact_pair`, `multiple`, `alias` or the name of a built-in. */
export const PiiRule = z.object({
  type: Name,
  pattern: z.string().min(1).max(PATTERN_CHARACTERS_MAX).nullish(),
  /** Groups of the pattern to redact; all of it by default. */
  replaceGroups: z.array(z.int().min(0).max(99)).max(100).nullish(),
  keyPattern: z.string().min(1).max(PATTERN_CHARACTERS_MAX).nullish(),
  rules: z.array(Name).max(RULES_MAX).nullish(),
  rule: Name.nullish(),
  /** Whether remarks name the outer rule. */
  hideInner: z.boolean().nullish(),
  redaction: Redaction.nullish(),
})
export type PiiRule = z.infer<typeof PiiRule>

const few = (max: number) => (record: object) => Object.keys(record).length <= max

export const PiiConfig = z.object({
  rules: z.record(Name, PiiRule).refine(few(RULES_MAX), `at most ${RULES_MAX} rules`).default({}),
  vars: z.object({ hashKey: z.string().nullish() }).default({}),
  /** Selector → names of rules. */
  applications: z
    .record(z.string(), z.array(Name).max(RULES_MAX))
    .refine(few(APPLICATIONS_MAX), `at most ${APPLICATIONS_MAX} selectors`)
    .default({}),
})
export type PiiConfig = z.infer<typeof PiiConfig>
