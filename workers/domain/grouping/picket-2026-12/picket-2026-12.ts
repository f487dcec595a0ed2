import { DEFAULT_RULES } from '../enhancement/default-rules/default-rules.ts'
import type { GroupingVersion } from '../grouping-version.ts'
import { normalizeMessage } from '../message/normalize-message.ts'
import { NO_REFINEMENT } from '../newstyle/options.ts'
import { NEWSTYLE_2026_01_20 } from '../newstyle-2026-01-20/newstyle-2026-01-20.ts'
import { cleanFilename, cleanModule } from './clean-filename.ts'
import { cleanMessage } from './clean-message.ts'
import { lastResort } from './last-resort.ts'
import { unifyBrowsers, unifyFunction } from './unify-browsers.ts'

/** What this version does better than the one it is built on; a project may do without any. */
export interface Refinements {
  /** Ids, hex, sizes, quoted values, ports and lists in messages. */
  messages: boolean
  /** Hashes that bundlers put into file names, and queries. */
  filenames: boolean
  /** One error from several browsers is one issue. */
  browsers: boolean
  /** What says nothing is told apart by what it still says, not thrown into one issue. */
  lastResort: boolean
}

export const ALL_REFINEMENTS: Refinements = {
  messages: true,
  filenames: true,
  browsers: true,
  lastResort: true,
}

/** Sentry's newest config with our answers to what its users complain about. */
export function picket202612({
  messages,
  filenames,
  browsers,
  lastResort: hasLastResort,
}: Refinements): GroupingVersion {
  return {
    options: {
      ...NEWSTYLE_2026_01_20.options,
      ...NO_REFINEMENT,
      message: messages ? cleanMessage : normalizeMessage,
      ...(filenames && {
        filename: cleanFilename,
        module: (name, family) => (family === 'javascript' ? cleanModule(name) : name),
      }),
      ...(browsers && { exception: unifyBrowsers, javascriptFunction: unifyFunction }),
      lastResort: hasLastResort ? lastResort : null,
    },
    rules: DEFAULT_RULES,
  }
}
