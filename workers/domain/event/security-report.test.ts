import { describe, expect, it } from 'vitest'

import { describeEvent } from './describe-event.ts'
import { normalizeEvent } from './normalize-event.ts'
import { eventFromSecurityReport } from './security-report.ts'

const CONTEXT = { eventId: '0'.repeat(32), now: 1_600_000_000_000 }

function csp(report: Record<string, unknown>) {
  return eventFromSecurityReport({ 'csp-report': report })
}

function message(report: Record<string, unknown>): unknown {
  return csp(report)?.['logentry']
}

describe('eventFromSecurityReport', () => {
  it('EP-073: names what was blocked and from where', () => {
    const report = { 'effective-directive': 'img-src', 'blocked-uri': 'http://google.com/foo' }
    expect(message(report)).toEqual({ formatted: "Blocked 'image' from 'google.com'" })
  })

  it.each([
    ['script-src', "script-src 'unsafe-inline'", "Blocked unsafe inline 'script'"],
    ['script-src', "script-src 'unsafe-eval'", "Blocked unsafe eval() 'script'"],
    ['script-src', "script-src 'self'", "Blocked unsafe (eval() or inline) 'script'"],
    ['script-src-elem', '', 'Blocked inline script attribute'],
    ['script-src-attr', '', "Blocked unsafe 'script' element"],
    ['style-src', '', "Blocked inline 'style'"],
    ['style-src-elem', '', "Blocked 'style' or 'link' element"],
    ['style-src-attr', '', 'Blocked style attribute'],
    ['img-src', '', "Blocked inline 'image'"],
    ['frame-src', '', "Blocked inline 'frame-src'"],
  ])('tells the page’s own %s (%j)', (directive, violated, formatted) => {
    const report = { 'effective-directive': directive, 'violated-directive': violated }
    expect(message({ ...report, 'blocked-uri': 'self' })).toEqual({ formatted })
    expect(message({ ...report, 'blocked-uri': 'inline' })).toEqual({ formatted })
  })

  it.each([
    ['form-action', 'http://a.com/x', "Blocked 'form' action to 'a.com'"],
    [
      'script-src-attr',
      'https://a.com:8443/x',
      "Blocked inline script attribute from 'a.com:8443'",
    ],
    ['style-src-attr', 'https://a.com/x', "Blocked style attribute from 'a.com'"],
    ['font-src', 'data', "Blocked 'font' from 'data:'"],
    ['media-src', 'http', "Blocked 'media' from 'http://'"],
    ['worker-src', 'blob:https://a.com/1', "Blocked 'worker-src' from 'blob:'"],
    ['object-src', 'chrome-extension://abc/x.js', "Blocked 'object' from 'chrome-extension://abc'"],
  ])('tells %s from elsewhere (%s)', (directive, uri, formatted) => {
    expect(message({ 'effective-directive': directive, 'blocked-uri': uri })).toEqual({ formatted })
  })

  it('takes the directive from the violated one where browsers are old', () => {
    const event = csp({
      'document-uri': 'http://example.com/page',
      'violated-directive': 'style-src http://cdn.example.com http://example.com',
      'blocked-uri': 'http://example.net/style.css',
      referrer: 'http://ref.com/',
    })
    expect(event).toMatchObject({
      type: 'csp',
      culprit: "style-src cdn.example.com 'self'",
      tags: [
        ['effective-directive', 'style-src'],
        ['blocked-uri', 'http://example.net/style.css'],
      ],
      request: { url: 'http://example.com/page', headers: [['Referer', 'http://ref.com/']] },
    })
  })

  it('keeps tokens of a payment provider out of the tag', () => {
    const event = csp({
      'effective-directive': 'connect-src',
      'blocked-uri': 'https://api.stripe.com/v1/tokens?card=1#x',
    })
    expect(event?.['tags']).toContainEqual(['blocked-uri', 'https://api.stripe.com/v1/tokens'])
  })

  it('reads the newer reporting API', () => {
    const event = eventFromSecurityReport({
      type: 'csp-violation',
      body: {
        documentURL: 'https://a.com/',
        blockedURL: 'https://b.com/x',
        effectiveDirective: 'img-src',
      },
    })
    expect(event?.['csp']).toEqual({
      document_uri: 'https://a.com/',
      blocked_uri: 'https://b.com/x',
      effective_directive: 'img-src',
    })
  })

  it('tells the other reports by host', () => {
    const hpkp = { 'known-pins': [], hostname: 'a.com', port: 443, 'include-subdomains': true }
    expect(eventFromSecurityReport(hpkp)).toMatchObject({
      type: 'hpkp',
      logentry: { formatted: "Public key pinning validation failed for 'a.com'" },
      tags: [
        ['hostname', 'a.com'],
        ['port', '443'],
        ['include-subdomains', 'true'],
      ],
      request: { url: 'a.com' },
    })
    const staple = { hostname: 'a.com', 'response-status': 'MISSING', 'cert-status': 'REVOKED' }
    expect(eventFromSecurityReport({ 'expect-staple-report': staple })).toMatchObject({
      type: 'expectstaple',
      logentry: { formatted: "Expect-Staple failed for 'a.com'" },
      tags: [
        ['hostname', 'a.com'],
        ['response_status', 'MISSING'],
        ['cert_status', 'REVOKED'],
      ],
    })
    expect(eventFromSecurityReport({ 'expect-ct-report': { hostname: 'a.com' } })).toMatchObject({
      type: 'expectct',
      logentry: { formatted: "Expect-CT failed for 'a.com'" },
    })
  })

  it('tells network errors', () => {
    const report = {
      type: 'network-error',
      url: 'https://a.com/x',
      body: { type: 'dns.name_not_resolved', phase: 'dns', referrer: 'https://b.com/' },
    }
    const event = eventFromSecurityReport(report)
    expect(event).toMatchObject({
      type: 'nel',
      logentry: { formatted: 'NEL / dns.name_not_resolved' },
    })
    expect(normalizeEvent(event!, CONTEXT)).toMatchObject({ type: 'nel', logger: 'csp' })
  })

  it('carries release and environment of the item', () => {
    const report = { 'csp-report': { 'effective-directive': 'img-src' } }
    expect(eventFromSecurityReport(report, { release: 'a@1', environment: 'prod' })).toMatchObject({
      release: 'a@1',
      environment: 'prod',
    })
  })

  it.each([
    null,
    'x',
    1,
    [],
    {},
    { 'csp-report': [] },
    { 'csp-report': { 'effective-directive': 'x-src' } },
  ])('refuses %j', (report) => {
    expect(eventFromSecurityReport(report)).toBeNull()
  })

  it('becomes an event of the browser that posted it', () => {
    const raw = csp({ 'effective-directive': 'img-src', 'blocked-uri': 'http://a.com/' })!
    const event = normalizeEvent(raw, {
      ...CONTEXT,
      clientIp: '213.47.147.207',
      userAgent: 'Firefox',
      clientHints: [['Sec-Ch-Ua-Platform', '"Linux"']],
    })
    expect(event).toMatchObject({
      type: 'csp',
      level: 'error',
      logger: 'csp',
      user: { ip_address: '213.47.147.207' },
      request: {
        headers: [
          ['User-Agent', 'Firefox'],
          ['Sec-Ch-Ua-Platform', '"Linux"'],
        ],
      },
    })
    expect(describeEvent(event)).toMatchObject({
      title: "Blocked 'image' from 'a.com'",
      culprit: 'img-src',
      location: 'http://a.com/',
      metadata: { message: "Blocked 'image' from 'a.com'", uri: 'http://a.com/' },
    })
  })
})
