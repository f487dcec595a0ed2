import { DEFAULT_RULES } from '../enhancement/default-rules/default-rules.ts'
import type { GroupingVersion } from '../grouping-version.ts'
import { normalizeMessage } from '../message/normalize-message.ts'
import { NO_REFINEMENT } from '../newstyle/options.ts'

/** What most projects that move here hold: Sentry's config before 2026 (spec/grouping.md §1). */
export const NEWSTYLE_2023_01_11: GroupingVersion = {
  options: {
    stacktraceFirst: true,
    dropsLoneFrameAt: 'url',
    cleansMultiprocessingLine: false,
    unknownVariable: 'kept',
    ...NO_REFINEMENT,
    message: normalizeMessage,
  },
  rules: DEFAULT_RULES,
}
