/** The cases of spec/event-processing.md §6 about filters, by their ids, and what they leave open. */
import { describe, expect, it } from 'vitest'

import { parseUserAgent } from '#platform/user-agent.ts'
import { type NormalizeContext, normalizeEvent } from '../event/normalize-event.ts'
import { InboundFilters } from './inbound-filters.ts'
import { matchInboundFilter } from './match-inbound-filter.ts'

type Input = Partial<InboundFilters> & { legacyBrowsers?: InboundFilters['legacyBrowsers'] }

/** The reason, for an event as an SDK sends it. */
function reasonFor(
  filters: Input,
  raw: Record<string, unknown>,
  context: Partial<NormalizeContext> = {},
): string | null {
  const now = 1_600_000_000_000
  const event = normalizeEvent(raw, { eventId: '0'.repeat(32), now, ...context })
  const { clientIp = null } = context
  return matchInboundFilter(event, InboundFilters.parse(filters), { clientIp, parseUserAgent })
}

const userAgent = (header: string) => ({ request: { headers: { 'User-Agent': header } } })
const thrown = (type: string | null, value: string) => ({ exception: [{ type, value }] })
const framed = (...paths: (string | null)[]) => ({
  exception: [
    { type: 'A', value: 'x', stacktrace: { frames: paths.map((abs_path) => ({ abs_path })) } },
  ],
})
const transaction = (name: string) => ({
  type: 'transaction',
  transaction: name,
  transaction_info: { source: 'route' },
})

describe('matchInboundFilter', () => {
  it('keeps everything a project did not ask to drop', () => {
    expect(
      reasonFor(
        {},
        { ...userAgent('Googlebot/2.1'), ...thrown('ChunkLoadError', 'Loading chunk 1') },
      ),
    ).toBeNull()
  })

  it('EP-075: releases', () => {
    expect(reasonFor({ releases: ['1.2.*'] }, { release: '1.2.3' })).toBe('release-version')
    expect(reasonFor({ releases: ['1.18.[0-4].*'] }, { release: '1.18.5.1' })).toBeNull()
    expect(reasonFor({ releases: ['1.18.[0-4].*'] }, { release: '1.18.4.1' })).toBe(
      'release-version',
    )
    expect(reasonFor({ releases: ['*'] }, {})).toBeNull()
  })

  it('EP-076: error messages', () => {
    const filters = { errorMessages: ['filteredexception*'] }
    expect(reasonFor(filters, thrown('FilteredException', 'x'))).toBe('error-message')
    expect(reasonFor(filters, thrown('OtherException', 'FilteredException'))).toBeNull()
    expect(reasonFor({ errorMessages: ['*secret*'] }, { message: 'a SECRET\nb' })).toBe(
      'error-message',
    )
    expect(reasonFor({ errorMessages: ['{a,b} fails'] }, thrown(null, 'b fails'))).toBe(
      'error-message',
    )
    expect(reasonFor({ errorMessages: ['[', ''] }, { message: '[' })).toBeNull()
  })

  it('EP-078: addresses', () => {
    const filters = { ipAddresses: ['122.33.230.0/30', 'lol/bar', '2001:db8::/32'] }
    expect(reasonFor(filters, {}, { clientIp: '122.33.230.2' })).toBe('ip-address')
    expect(reasonFor(filters, {}, { clientIp: '122.33.230.4' })).toBeNull()
    expect(reasonFor(filters, {}, { clientIp: '2001:db8:1::1' })).toBe('ip-address')
    expect(reasonFor(filters, {}, { clientIp: '2001:db9::1' })).toBeNull()
    expect(reasonFor(filters, {})).toBeNull()
  })

  it('EP-079: the developer’s own machine', () => {
    const local = (raw: Record<string, unknown>) => reasonFor({ localhost: true }, raw)
    expect(local({ request: { url: 'http://foo.localhost:80/' } })).toBe('localhost')
    expect(local({ request: { url: 'http://localhost.com/' } })).toBeNull()
    expect(local({ request: { url: 'file:///a' } })).toBe('localhost')
    expect(local({ user: { ip_address: '::1' } })).toBe('localhost')
    expect(local({ request: { headers: { 'X-Forwarded-For': '127.0.0.1' } } })).toBe('localhost')
    expect(local({ request: { headers: { Host: 'localhost:8000' } } })).toBe('localhost')
    expect(local({ request: { url: 'http://a.com/', headers: { Host: 'localhost' } } })).toBeNull()
  })

  it('EP-081: frames of extensions', () => {
    const extension = (raw: Record<string, unknown>) => reasonFor({ browserExtensions: true }, raw)
    expect(extension(framed('chrome-extension://x/y', '<anonymous>', '<anonymous>'))).toBe(
      'browser-extensions',
    )
    expect(extension(framed('https://a.com/x.js', '<anonymous>'))).toBeNull()
    expect(extension(framed('chrome-extension://x/y', 'https://a.com/x.js'))).toBeNull()
    expect(extension(framed('chrome-extension://x/y', null))).toBeNull()
  })

  it('EP-082: messages of extensions', () => {
    const extension = (value: string) => reasonFor({ browserExtensions: true }, thrown('A', value))
    expect(extension('error _gCrWeb')).toBe('browser-extensions')
    expect(extension('canvas-contentDocument')).toBe('browser-extensions')
    expect(extension('error gCrWeb')).toBeNull()
    const second = {
      exception: [
        { type: 'A', value: 'x' },
        { type: 'B', value: '_gCrWeb' },
      ],
    }
    expect(reasonFor({ browserExtensions: true }, second)).toBeNull()
  })

  it.each([
    ['Twitterbot/1.0', 'web-crawlers'],
    ['Slackbot 1.0(+https://api.slack.com/robots)', null],
    ['APIs-Google (+https://developers.google.com/webmasters/APIs-Google.html)', null],
    ['Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', 'web-crawlers'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ChatGPT-User/1.0; bot', null],
    ['Mozilla/5.0 (X11; Linux x86_64) Cubot Note', null],
  ])('EP-083: crawlers (%s)', (header, reason) => {
    expect(reasonFor({ webCrawlers: true }, userAgent(header))).toBe(reason)
  })

  const IE_9 = 'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; Trident/5.0)'
  const IE_10 =
    'Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 7.0; InfoPath.3; Trident/6.0; en-IN)'
  const IE_MOBILE_9 =
    'Mozilla/5.0 (compatible; MSIE 9.0; Windows Phone OS 7.5; Trident/5.0; IEMobile/9.0; NOKIA; Lumia 710)'
  const CHROME_110 =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/110.0.0.0 Safari/537.36'

  it.each([
    ['ie9', IE_9, 'legacy-browsers'],
    ['ie9', IE_MOBILE_9, 'legacy-browsers'],
    ['ie9', IE_10, null],
    ['ie_pre_9', IE_9, null],
    ['ie', IE_10, 'legacy-browsers'],
    ['chrome', CHROME_110, 'legacy-browsers'],
    ['chrome', CHROME_110.replace('110', '111'), null],
    ['default', IE_9, 'legacy-browsers'],
    ['default', IE_10, null],
  ] as const)('EP-084: old browsers (%s, %s)', (option, header, reason) => {
    expect(reasonFor({ legacyBrowsers: [option] }, userAgent(header))).toBe(reason)
  })

  it('knows an old browser by its context where no header was sent', () => {
    const raw = { contexts: { browser: { name: 'IE', version: '9.0' } } }
    expect(reasonFor({ legacyBrowsers: ['ie9'] }, raw)).toBe('legacy-browsers')
    expect(
      reasonFor({ legacyBrowsers: ['ie9'] }, { contexts: { browser: { name: 'IE' } } }),
    ).toBeNull()
  })

  it('EP-085: health checks', () => {
    expect(reasonFor({}, transaction('GET /health/'))).toBe('filtered-transaction')
    expect(reasonFor({}, transaction('/api/healthy-recipes'))).toBeNull()
    expect(reasonFor({ healthChecks: false }, transaction('GET /health/'))).toBeNull()
    expect(reasonFor({}, { transaction: 'GET /health/' })).toBeNull()
    expect(reasonFor({}, transaction('GET /[_health]'))).toBe('filtered-transaction')
    expect(reasonFor({ transactions: ['/admin/*'] }, transaction('/admin/x'))).toBe(
      'filtered-transaction',
    )
  })

  it('EP-087: chunks that could not be loaded', () => {
    const chunk = (type: string, value: string) =>
      reasonFor({ chunkLoadErrors: true }, thrown(type, value))
    expect(chunk('ChunkLoadError', 'Loading chunk 3662 failed.')).toBe('chunk-load-error')
    expect(chunk('Error', 'Uncaught (in promise): ChunkLoadError: x')).toBe('chunk-load-error')
    expect(chunk('Error', 'Loading chunk 3662 failed.')).toBeNull()
  })

  it('knows hydration errors by their code', () => {
    const react = (value: string) => reasonFor({ hydrationErrors: true }, thrown('Error', value))
    const page = 'https://reactjs.org/docs/error-decoder.html'
    expect(react(`Minified React error #418; visit ${page}?invariant=418 for`)).toBe(
      'react-hydration-errors',
    )
    expect(react('see https://react.dev/errors/425')).toBe('react-hydration-errors')
    expect(react('see https://react.dev/errors/426')).toBeNull()
    expect(react(`${page}Xinvariant=418`)).toBeNull()
  })

  it('drops policy violations of extensions', () => {
    const report = (blocked_uri: string, source_file?: string) => ({
      csp: { blocked_uri, source_file },
    })
    expect(reasonFor({}, report('chrome-extension://abc'))).toBe('invalid-csp')
    expect(reasonFor({}, report('https://x.superfish.com/a.js'))).toBe('invalid-csp')
    expect(reasonFor({}, report('https://a.com/', 'moz-extension://abc'))).toBe('invalid-csp')
    expect(reasonFor({}, report('about'))).toBe('invalid-csp')
    expect(reasonFor({}, report('https://superfish.com.evil.org/'))).toBeNull()
    expect(reasonFor({ cspDefaultOrigins: false }, report('chrome-extension://abc'))).toBeNull()
    const own = { cspDefaultOrigins: false, cspOrigins: ['https://ads.com:8443', '*.bad.com'] }
    expect(reasonFor(own, report('https://ads.com:8443/x'))).toBe('invalid-csp')
    expect(reasonFor(own, report('https://ads.com/x'))).toBeNull()
    expect(reasonFor(own, report('http://bad.com:99/x'))).toBe('invalid-csp')
    expect(reasonFor({ cspOrigins: ['*'] }, { csp: {} })).toBe('invalid-csp')
  })

  it('asks a project’s own filters first, and records their names', () => {
    const custom = [
      {
        id: 'beta',
        isEnabled: true,
        condition: { op: 'glob' as const, name: 'event.release', value: '*-beta*' },
      },
      { id: 'off', isEnabled: false, condition: { op: 'and' as const, inner: [] } },
    ]
    expect(reasonFor({ custom, releases: ['*'] }, { release: 'a@1-beta1' })).toBe('beta')
    expect(reasonFor({ custom }, { release: 'a@1' })).toBeNull()
  })

  it('compiles a configuration once', () => {
    let reads = 0
    const filters = new Proxy(InboundFilters.parse({}), {
      get: (target, key) => {
        reads += 1
        return Reflect.get(target, key)
      },
    })
    const event = normalizeEvent({}, { eventId: '0'.repeat(32), now: 0 })
    matchInboundFilter(event, filters)
    const first = reads
    matchInboundFilter(event, filters)
    expect(first).toBeGreaterThan(0)
    expect(reads).toBe(first)
  })
})
