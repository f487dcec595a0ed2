import { z } from 'zod'

import {
  ENTRIES_MAX,
  ENTRY_CHARS_MAX,
  type InboundFilters,
  LEGACY_BROWSERS,
  type LegacyBrowser,
} from '#domain/filter/inbound-filters.ts'
import { isNetwork } from '#domain/filter/ip-network.ts'
import { given } from './given.ts'

/** A list as Sentry carries it, one entry a line; a JSON list does as well. */
const lines = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => {
    const entries = [value].flat().flatMap((text) => text.split('\n'))
    return [...new Set(entries.map((entry) => entry.trim()).filter((entry) => entry !== ''))]
  })
  .pipe(z.array(z.string().max(ENTRY_CHARS_MAX)).max(ENTRIES_MAX))

/** An address that matches nothing would only look like protection. */
const networks = lines.superRefine((entries, context) => {
  for (const entry of entries.filter((each) => !isNetwork(each))) {
    const message = `"${entry}" is no address or network. Write 203.0.113.7 or 203.0.113.0/24.`
    context.addIssue({ code: 'custom', message })
  }
})

/** Which old browsers to drop: all that the default names, none, or some. */
export const legacyBrowsers = z.union([
  z.boolean().transform((isOn): LegacyBrowser[] => (isOn ? ['default'] : [])),
  z.array(z.enum(LEGACY_BROWSERS)),
])

/** Filters among the options of `PUT /projects/{org}/{project}/`, by Sentry's names. */
export const FilterOptions = z.object({
  'filters:browser-extensions': z.boolean().optional(),
  'filters:localhost': z.boolean().optional(),
  'filters:web-crawlers': z.boolean().optional(),
  'filters:filtered-transaction': z.boolean().optional(),
  'filters:legacy-browsers': legacyBrowsers.optional(),
  'filters:chunk-load-error': z.boolean().optional(),
  'filters:react-hydration-errors': z.boolean().optional(),
  'filters:blacklisted_ips': networks.optional(),
  'filters:releases': lines.optional(),
  'filters:error_messages': lines.optional(),
  /** Ours: globs on the names of transactions. */
  'filters:transactions': lines.optional(),
  'sentry:csp_ignored_sources_defaults': z.boolean().optional(),
  'sentry:csp_ignored_sources': lines.optional(),
})
export type FilterOptions = z.infer<typeof FilterOptions>

/** What of the stored filters the options replace; null when they name none. */
export function changeFilters(options: FilterOptions): Partial<InboundFilters> | null {
  return given<InboundFilters>({
    browserExtensions: options['filters:browser-extensions'],
    localhost: options['filters:localhost'],
    webCrawlers: options['filters:web-crawlers'],
    healthChecks: options['filters:filtered-transaction'],
    legacyBrowsers: options['filters:legacy-browsers'],
    chunkLoadErrors: options['filters:chunk-load-error'],
    hydrationErrors: options['filters:react-hydration-errors'],
    ipAddresses: options['filters:blacklisted_ips'],
    releases: options['filters:releases'],
    errorMessages: options['filters:error_messages'],
    transactions: options['filters:transactions'],
    cspDefaultOrigins: options['sentry:csp_ignored_sources_defaults'],
    cspOrigins: options['sentry:csp_ignored_sources'],
  })
}

/** The filters as a project's options show them. */
export function showFilters(filters: InboundFilters) {
  return {
    'filters:browser-extensions': filters.browserExtensions,
    'filters:localhost': filters.localhost,
    'filters:web-crawlers': filters.webCrawlers,
    'filters:filtered-transaction': filters.healthChecks,
    'filters:legacy-browsers': showLegacyBrowsers(filters),
    'filters:chunk-load-error': filters.chunkLoadErrors,
    'filters:react-hydration-errors': filters.hydrationErrors,
    'filters:blacklisted_ips': filters.ipAddresses.join('\n'),
    'filters:releases': filters.releases.join('\n'),
    'filters:error_messages': filters.errorMessages.join('\n'),
    'filters:transactions': filters.transactions.join('\n'),
    'sentry:csp_ignored_sources_defaults': filters.cspDefaultOrigins,
    'sentry:csp_ignored_sources': filters.cspOrigins.join('\n'),
  }
}

/** `true` stands for the default browsers, as it does in Sentry. */
export function showLegacyBrowsers({ legacyBrowsers }: InboundFilters): boolean | string[] {
  if (legacyBrowsers.length === 0) return false
  return legacyBrowsers.includes('default') ? true : legacyBrowsers
}
