type Named = {
  /** The reason under which the ledger counts what it drops. */
  reason: string
  name: string
  /** What it drops, for people. */
  says: string
}

export type SwitchedFilter = Named & { option: SwitchOption }
export type ListedFilter = Named & { option: ListOption; placeholder: string }

type SwitchOption =
  | 'filters:browser-extensions'
  | 'filters:legacy-browsers'
  | 'filters:web-crawlers'
  | 'filters:localhost'
  | 'filters:filtered-transaction'
  | 'filters:chunk-load-error'
  | 'filters:react-hydration-errors'
  | 'sentry:csp_ignored_sources_defaults'
type ListOption =
  | 'filters:error_messages'
  | 'filters:releases'
  | 'filters:blacklisted_ips'
  | 'filters:transactions'
  | 'sentry:csp_ignored_sources'

/** Filters that are on or off, noisiest first. */
export const SWITCHED_FILTERS: SwitchedFilter[] = [
  {
    option: 'filters:browser-extensions',
    reason: 'browser-extensions',
    name: 'Browser extensions',
    says: 'Errors of extensions in a visitor’s browser, and of what they inject into your pages.',
  },
  {
    option: 'filters:legacy-browsers',
    reason: 'legacy-browsers',
    name: 'Old browsers',
    says: 'Errors in browsers you no longer support. You choose which.',
  },
  {
    option: 'filters:web-crawlers',
    reason: 'web-crawlers',
    name: 'Web crawlers',
    says: 'Errors that Googlebot and other crawlers run into, and nobody else.',
  },
  {
    option: 'filters:localhost',
    reason: 'localhost',
    name: 'Localhost',
    says: 'Events of developers’ own machines: localhost, 127.0.0.1 and file: pages.',
  },
  {
    option: 'filters:filtered-transaction',
    reason: 'filtered-transaction',
    name: 'Health checks',
    says: 'Transactions that only ask whether a service is up: /health, /ready, /ping and the like.',
  },
  {
    option: 'filters:chunk-load-error',
    reason: 'chunk-load-error',
    name: 'Chunks that failed to load',
    says: 'Errors of pages that were open while a deploy replaced the files they load.',
  },
  {
    option: 'filters:react-hydration-errors',
    reason: 'react-hydration-errors',
    name: 'Hydration errors',
    says: 'React’s errors where the server rendered something else than the browser would.',
  },
  {
    option: 'sentry:csp_ignored_sources_defaults',
    reason: 'invalid-csp',
    name: 'Policy reports about extensions',
    says: 'Content-Security-Policy reports that extensions and in-app browsers cause on every site.',
  },
]

/** Filters that are lists, one entry a line. */
export const LISTED_FILTERS: ListedFilter[] = [
  {
    option: 'filters:error_messages',
    reason: 'error-message',
    name: 'Error messages',
    says: 'Events whose message, or “Type: message” of an exception, fits a pattern. * stands for anything.',
    placeholder: 'TimeoutError*\n*quota exceeded*',
  },
  {
    option: 'filters:releases',
    reason: 'release-version',
    name: 'Releases',
    says: 'Events of releases that fit a pattern. * stands for anything.',
    placeholder: 'shop@1.*',
  },
  {
    option: 'filters:blacklisted_ips',
    reason: 'ip-address',
    name: 'IP addresses',
    says: 'Whatever is sent from one of these addresses or networks.',
    placeholder: '203.0.113.7\n198.51.100.0/24',
  },
  {
    option: 'filters:transactions',
    reason: 'filtered-transaction',
    name: 'Transactions',
    says: 'Transactions whose name fits a pattern. * stands for anything.',
    placeholder: 'GET /internal/*',
  },
  {
    option: 'sentry:csp_ignored_sources',
    reason: 'invalid-csp',
    name: 'Origins of policy reports',
    says: 'Content-Security-Policy reports about these origins. * stands for any part of one.',
    placeholder: 'ads.example\n*.tracker.example',
  },
]

/** Filters whose losses are counted under one reason. */
export function sharesReason(reason: string): boolean {
  return (
    [...SWITCHED_FILTERS, ...LISTED_FILTERS].filter((each) => each.reason === reason).length > 1
  )
}

/** What each choice of old browsers drops (spec/event-processing.md §4.2). */
export const OLD_BROWSERS: [id: string, name: string][] = [
  ['default', 'Very old ones: IE 9, Safari 5, Opera 14, Android 3, Opera Mini 7 and older'],
  ['ie', 'Internet Explorer, all'],
  ['edge', 'Edge 110 and older'],
  ['chrome', 'Chrome 110 and older'],
  ['firefox', 'Firefox 110 and older'],
  ['safari', 'Safari 15 and older'],
  ['opera', 'Opera 99 and older'],
  ['opera_mini', 'Opera Mini 34 and older'],
  ['android', 'Android browser 3 and older'],
]

/** The choices behind a setting: `true` stands for the default. */
export function chosenBrowsers(setting: boolean | string[]): string[] {
  if (typeof setting === 'boolean') return setting ? ['default'] : []
  return setting
}

/** The choices after one was made or taken back. Where the default is chosen only it counts. */
export function chooseBrowser(chosen: string[], id: string, isOn: boolean): string[] {
  if (!isOn) return chosen.filter((each) => each !== id)
  return id === 'default' ? ['default'] : [...chosen.filter((each) => each !== 'default'), id]
}
