import { z } from 'zod'

import { Condition } from './condition-schema.ts'

/** Old browsers whose errors a project does not want (spec/event-processing.md §4.2). */
export const LEGACY_BROWSERS = [
  'ie',
  'edge',
  'safari',
  'firefox',
  'chrome',
  'opera',
  'android',
  'opera_mini',
  'ie_pre_9',
  'ie9',
  'ie10',
  'ie11',
  'edge_pre_79',
  'safari_pre_6',
  'opera_pre_15',
  'opera_mini_pre_8',
  'android_pre_4',
  'default',
] as const
export type LegacyBrowser = (typeof LEGACY_BROWSERS)[number]

/** Entries of one list, and characters of one entry. Ours: each costs time on every event. */
export const ENTRIES_MAX = 200
export const ENTRY_CHARS_MAX = 500

const entries = z.array(z.string().max(ENTRY_CHARS_MAX)).max(ENTRIES_MAX)

/** A filter a user put together; its id is the reason that is recorded. */
const CustomFilter = z.object({
  id: z.string().min(1).max(64),
  isEnabled: z.boolean(),
  condition: Condition,
})

/**
 * Which events a project does not want (spec/event-processing.md §4). Nothing is dropped that nobody
 * asked to drop, but for health checks: those are transactions that tell nothing.
 */
export const InboundFilters = z.object({
  browserExtensions: z.boolean().default(false),
  localhost: z.boolean().default(false),
  webCrawlers: z.boolean().default(false),
  /** Old browsers to ignore; an option of a later version of ours is ignored. */
  legacyBrowsers: z
    .array(z.string())
    .max(ENTRIES_MAX)
    .default([])
    .transform((options) => LEGACY_BROWSERS.filter((known) => options.includes(known))),
  chunkLoadErrors: z.boolean().default(false),
  hydrationErrors: z.boolean().default(false),
  healthChecks: z.boolean().default(true),
  /** Globs on the names of transactions. */
  transactions: entries.default([]),
  /** Globs on releases. */
  releases: entries.default([]),
  /** Globs on messages and on exceptions as `type: value`, `type` or `value`. */
  errorMessages: entries.default([]),
  /** Addresses and networks (`122.33.230.0/30`) of connections. What is neither is ignored. */
  ipAddresses: entries.default([]),
  /** Origins whose policy violations do not count: `[scheme://]domain[:port]`, `*` in any part. */
  cspOrigins: entries.default([]),
  /** Extensions and injected scripts that every site gets reports about (§4.5). */
  cspDefaultOrigins: z.boolean().default(true),
  custom: z.array(CustomFilter).max(ENTRIES_MAX).default([]),
})
export type InboundFilters = z.infer<typeof InboundFilters>

export const DEFAULT_INBOUND_FILTERS: InboundFilters = InboundFilters.parse({})
