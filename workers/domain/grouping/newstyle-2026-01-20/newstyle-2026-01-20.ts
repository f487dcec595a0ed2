import { DEFAULT_RULES } from '../enhancement/default-rules/default-rules.ts'
import type { GroupingVersion } from '../grouping-version.ts'
import { normalizeMessage } from '../message/normalize-message.ts'
import { NO_REFINEMENT } from '../newstyle/options.ts'

/** Sentry's config of this name, hash for hash (spec/grouping.md §1). */
export const NEWSTYLE_2026_01_20: GroupingVersion = {
  options: {
    stacktraceFirst: false,
    dropsLoneFrameAt: 'elsewhere',
    cleansMultiprocessingLine: true,
    unknownVariable: 'named',
    ...NO_REFINEMENT,
    message: normalizeMessage,
  },
  rules: DEFAULT_RULES,
}
