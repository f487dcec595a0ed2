import type { EnhancementRule } from '../rule.ts'
import { written } from './rule-table.ts'

/**
 * What the categories mean for being in-app and for grouping.
 */
export const CATEGORY_EFFECTS: EnhancementRule[] = [
  ...written(
    'category:throw ^-group -group ^-app -app',
    'category:system -app',
    'category:threadbase -group v-group',
    'category:handler ^-group -group',
    'category:telemetry -app -group',
    'category:indirection -group',
    'category:internals -app -group',
    'category:threadbase v-group -group',
  ),
]
