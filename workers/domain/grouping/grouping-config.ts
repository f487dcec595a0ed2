import type { Refinements } from './picket-2026-12/picket-2026-12.ts'

/** The versions a project may group by. Names with `newstyle` are Sentry's, hash for hash;
 * `picket` is ours, which groups better where its users complain. */
export const GROUPING_CONFIG_IDS = [
  'newstyle:2023-01-11',
  'newstyle:2026-01-20',
  'picket:2026-12',
] as const
export type GroupingConfigId = (typeof GROUPING_CONFIG_IDS)[number]

/** How a project groups. Compiled once per object: keep it, do not build it anew for each event. */
export interface GroupingConfig {
  id: GroupingConfigId
  /** Stack-trace rules, one per line; they come after the default ones. */
  enhancements: string
  /** Fingerprint rules, one per line; they come before the built-in ones. */
  fingerprinting: string
  /** Parts of `picket:2026-12` the project does without; the others do not look at this. */
  refinements?: Partial<Refinements>
  /** What the project grouped by before, whose hashes still find their issues. */
  secondary?: { id: GroupingConfigId; until: number } | null
}

/**
 * New projects group by our own version: on recorded events, on the demo and on what people complain
 * about it splits less and joins nothing wrongly (picket-2026-12/comparison tests).
 */
export const DEFAULT_GROUPING_CONFIG: GroupingConfig = {
  id: 'picket:2026-12',
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
