import type { PicketEvent } from '../event/event.ts'
import { findHeader } from '../event/headers.ts'
import { isFromBrowserExtension } from './browser-extension.ts'
import { compileCondition } from './condition.ts'
import { cspTest, DEFAULT_CSP_ORIGINS } from './csp-origin.ts'
import { errorMessageTest } from './error-message.ts'
import { HEALTH_CHECKS } from './health-check.ts'
import { DEFAULT_INBOUND_FILTERS, InboundFilters } from './inbound-filters.ts'
import { ipTest } from './ip-network.ts'
import { CHUNK_LOAD_ERROR, HYDRATION_ERROR } from './known-error.ts'
import { type Browser, legacyBrowserTest } from './legacy-browser.ts'
import { isFromLocalhost } from './localhost.ts'
import { globTest } from './text-test.ts'
import { isWebCrawler } from './web-crawler.ts'

export { DEFAULT_INBOUND_FILTERS, InboundFilters }

/** What a filter may look at beside the event. */
export interface FilterContext {
  /** Address of the connection, by the platform. */
  clientIp?: string | null
  /** Reads User-Agent headers; without it the event's `browser` context has to do. */
  parseUserAgent?: (userAgent: string) => { browser: Browser | null }
}

/** The name under which the loss is recorded, and what is lost. */
type Filter = [reason: string, matches: (event: PicketEvent, context: FilterContext) => boolean]

/** Patterns are compiled once per configuration, which is an object as long as it does not change. */
const compiled = new WeakMap<InboundFilters, Filter[]>()

/**
 * The reason why the project does not want this event, or null: it may be stored. The event is
 * normalized; the first filter that matches is told (spec/event-processing.md §4).
 */
export function matchInboundFilter(
  event: PicketEvent,
  filters: InboundFilters,
  context: FilterContext = {},
): string | null {
  let tests = compiled.get(filters)
  if (!tests) {
    tests = compileFilters(filters)
    compiled.set(filters, tests)
  }
  return tests.find(([, matches]) => matches(event, context))?.[0] ?? null
}

/** Only filters that can match, in the order they are asked. */
function compileFilters(filters: InboundFilters): Filter[] {
  return [
    ...genericFilters(filters),
    ...cspFilters(filters),
    ...when(filters.ipAddresses.length > 0, 'ip-address', byIp(filters.ipAddresses)),
    ...when(filters.releases.length > 0, 'release-version', byRelease(filters.releases)),
    ...when(
      filters.errorMessages.length > 0,
      'error-message',
      errorMessageTest(filters.errorMessages),
    ),
    ...when(filters.localhost, 'localhost', isFromLocalhost),
    ...when(filters.browserExtensions, 'browser-extensions', isFromBrowserExtension),
    ...when(filters.legacyBrowsers.length > 0, 'legacy-browsers', byBrowser(filters)),
    ...when(filters.webCrawlers, 'web-crawlers', isFromWebCrawler),
    ...transactionFilters(filters),
  ]
}

function when(isOn: boolean, reason: string, matches: Filter[1]): Filter[] {
  return isOn ? [[reason, matches]] : []
}

/** One id counts once, in the order of the list. */
function genericFilters({ custom, chunkLoadErrors, hydrationErrors }: InboundFilters): Filter[] {
  const known = [
    ...custom,
    { id: 'chunk-load-error', isEnabled: chunkLoadErrors, condition: CHUNK_LOAD_ERROR },
    { id: 'react-hydration-errors', isEnabled: hydrationErrors, condition: HYDRATION_ERROR },
  ]
  const firsts = known.filter(
    ({ id }, index) => known.findIndex((other) => other.id === id) === index,
  )
  return firsts
    .filter(({ isEnabled }) => isEnabled)
    .map(({ id, condition }) => [id, compileCondition(condition)])
}

function cspFilters({ cspOrigins, cspDefaultOrigins }: InboundFilters): Filter[] {
  const origins = cspDefaultOrigins ? [...cspOrigins, ...DEFAULT_CSP_ORIGINS] : cspOrigins
  const matches = cspTest(origins)
  return when(origins.length > 0, 'invalid-csp', ({ type, csp }) => {
    return type === 'csp' && matches(csp ?? {})
  })
}

function byIp(entries: string[]): Filter[1] {
  const matches = ipTest(entries)
  return (_event, { clientIp }) => matches(clientIp)
}

function byRelease(patterns: string[]): Filter[1] {
  const matches = globTest(patterns)
  return ({ release }) => matches(release)
}

function byBrowser({ legacyBrowsers }: InboundFilters): Filter[1] {
  const matches = legacyBrowserTest(legacyBrowsers)
  return (event, context) => {
    const browser = browserOf(event, context)
    return browser !== null && matches(browser)
  }
}

function browserOf(event: PicketEvent, { parseUserAgent }: FilterContext): Browser | null {
  const userAgent = findHeader(event.request?.headers, 'user-agent')
  if (userAgent && parseUserAgent) return parseUserAgent(userAgent).browser
  const { name, version } = event.contexts?.['browser'] ?? {}
  return typeof name === 'string'
    ? { name, version: typeof version === 'string' ? version : null }
    : null
}

function isFromWebCrawler(event: PicketEvent): boolean {
  const userAgent = findHeader(event.request?.headers, 'user-agent')
  if (userAgent) return isWebCrawler(userAgent)
  const name = event.contexts?.['browser']?.['name']
  return typeof name === 'string' && isWebCrawler(name)
}

function transactionFilters({ transactions, healthChecks }: InboundFilters): Filter[] {
  const patterns = healthChecks ? [...transactions, ...HEALTH_CHECKS] : transactions
  const matches = globTest(patterns)
  return when(patterns.length > 0, 'filtered-transaction', ({ type, transaction }) => {
    return type === 'transaction' && matches(transaction)
  })
}
