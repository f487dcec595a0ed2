/** The versions a project may group by. Names with `newstyle` are Sentry's, hash for hash. */
export const GROUPING_CONFIG_IDS = ['newstyle:2023-01-11', 'newstyle:2026-01-20'] as const
export type GroupingConfigId = (typeof GROUPING_CONFIG_IDS)[number]

/** How a project groups. Compiled once per object: keep it, do not build it anew for each event. */
export interface GroupingConfig {
  id: GroupingConfigId
  /** Stack-trace rules, one per line; they come after the default ones. */
  enhancements: string
  /** Fingerprint rules, one per line; they come before the built-in ones. */
  fingerprinting: string
  /** What the project grouped by before, whose hashes still find their issues. */
  secondary?: { id: GroupingConfigId; until: number } | null
}

export const DEFAULT_GROUPING_CONFIG: GroupingConfig = {
  id: 'newstyle:2026-01-20',
  enhancements: '',
  fingerprinting: '',
}

/**
 * The config whose hashes may still lead to an issue when those of `config` lead to none; null when
 * there is none or its time is over. `now`: Unix ms.
 */
export function secondaryConfig(config: GroupingConfig, now: number): GroupingConfig | null {
  const { secondary, ...primary } = config
  return secondary && now < secondary.until ? { ...primary, id: secondary.id } : null
}
