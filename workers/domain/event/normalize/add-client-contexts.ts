/**
 * The browser, device and system behind a web request, as contexts, from client hints where the
 * browser sends them, else from its User-Agent (spec/event-processing.md §3.3). What the SDK says
 * itself is never overruled.
 */
import type { PicketEvent } from '../event.ts'
import { findHeader } from '../headers.ts'
import type { Draft } from './draft.ts'

/** What a User-Agent header tells; a part that cannot be told is null. */
export interface ParsedUserAgent {
  browser: NamedVersion | null
  os: NamedVersion | null
  device: { family: string; model: string | null; brand: string | null } | null
}

interface NamedVersion {
  name: string
  /** `major[.minor[.patch]]`, or null where the header does not say. */
  version: string | null
}

/** Reads a User-Agent header. Must not throw. */
export type ParseUserAgent = (userAgent: string) => ParsedUserAgent

type Context = Record<string, unknown>

export function addClientContexts(event: Draft, parse: ParseUserAgent | undefined): void {
  const headers = event.request?.headers
  if (!headers || headers.length === 0) return
  // On a server the request's client has another system than the process that sent the event.
  const osKey = event.platform === 'javascript' ? 'os' : 'client_os'
  const missing = ['browser', 'device', osKey].filter((key) => !event.contexts?.[key])
  if (missing.length === 0) return
  const userAgent = findHeader(headers, 'user-agent')
  const parsed = userAgent && parse ? parse(userAgent) : null
  const made: Record<string, Context | null> = {
    browser: browserFromHints(headers) ?? browserFrom(parsed),
    device: deviceFromHints(headers) ?? deviceFrom(parsed),
    [osKey]: osFromHints(headers) ?? osFrom(parsed),
  }
  for (const key of missing) {
    const context = made[key]
    if (context) event.contexts = { ...event.contexts, [key]: context }
  }
}

type Headers = NonNullable<NonNullable<PicketEvent['request']>['headers']>

/** Brands that are no browser: made-up ones against bad parsers, and engines. */
const NO_BROWSER = /Brand|Chromium|Gecko|WebKit/

/** `"Not_A Brand";v="99", "Google Chrome";v="109"` → the first real one. */
function browserFromHints(headers: Headers): Context | null {
  const hint = findHeader(headers, 'sec-ch-ua')?.slice(0, 1024)
  for (const item of hint?.split(',') ?? []) {
    if (NO_BROWSER.test(item)) continue
    const [, name, version] = /^\s*"([^"]+)"\s*;\s*v="([^"]*)"/.exec(item) ?? []
    if (name) return { type: 'browser', name, version }
  }
  return null
}

function deviceFromHints(headers: Headers): Context | null {
  const model = unquote(findHeader(headers, 'sec-ch-ua-model'))
  return model ? { type: 'device', model } : null
}

function osFromHints(headers: Headers): Context | null {
  const name = unquote(findHeader(headers, 'sec-ch-ua-platform'))
  const version = unquote(findHeader(headers, 'sec-ch-ua-platform-version'))
  return name ? { type: 'os', name, ...(version ? { version } : {}) } : null
}

function unquote(hint: string | null): string {
  return hint?.trim().replaceAll('"', '') ?? ''
}

function browserFrom(parsed: ParsedUserAgent | null): Context | null {
  return parsed?.browser ? namedContext('browser', parsed.browser) : null
}

/** Versions that browsers stopped telling the truth about: the system is that one or later. */
const FROZEN = new Set(['Windows 10', 'Mac OS X 10.15.7'])

function osFrom(parsed: ParsedUserAgent | null): Context | null {
  if (!parsed?.os) return null
  const { name, version } = parsed.os
  const isFrozen = FROZEN.has(`${name} ${version}`)
  return namedContext('os', { name, version: isFrozen ? `>=${version}` : version })
}

function deviceFrom(parsed: ParsedUserAgent | null): Context | null {
  if (!parsed?.device) return null
  const { family, model, brand } = parsed.device
  return { type: 'device', family, ...(model ? { model } : {}), ...(brand ? { brand } : {}) }
}

function namedContext(type: string, { name, version }: NamedVersion): Context {
  return { type, name, ...(version ? { version } : {}) }
}
