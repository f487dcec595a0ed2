import type { EnhancementRule } from './enhancement/rule.ts'
import type { NewstyleOptions } from './newstyle/options.ts'

/**
 * A way to group that projects may rely on. Once released it is frozen: the table of hashes in its
 * folder must never change, or every issue that depends on it would start anew.
 */
export interface GroupingVersion {
  options: NewstyleOptions
  /** Stack-trace rules that come before the project's. */
  rules: EnhancementRule[]
}
