import type { EnhancementRule } from '../rule.ts'
import { APP_PLACES } from './app-places.ts'
import { CATEGORY_EFFECTS } from './category-effects.ts'
import { CRASH_BORDERS } from './crash-borders.ts'
import { DART } from './dart.ts'
import { FRAME_CATEGORIES } from './frame-categories.ts'
import { FRAMEWORKS } from './frameworks.ts'
import { NEIGHBOURS } from './neighbours.ts'
import { THIRD_PARTY } from './third-party.ts'

/**
 * The rules every project starts from; its own come after them (spec/grouping-default-rules.md).
 * Order counts: a later rule wins.
 */
export const DEFAULT_RULES: EnhancementRule[] = [
  ...FRAME_CATEGORIES,
  ...NEIGHBOURS,
  ...FRAMEWORKS,
  ...APP_PLACES,
  ...CRASH_BORDERS,
  ...DART,
  ...CATEGORY_EFFECTS,
  ...THIRD_PARTY,
]
