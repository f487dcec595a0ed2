import UAParser from 'ua-parser-js'

/** What a User-Agent header tells; a part that cannot be told is null. */
export interface UserAgent {
  browser: NamedVersion | null
  os: NamedVersion | null
  device: { family: string; model: string | null; brand: string | null } | null
}

interface NamedVersion {
  name: string
  /** `major[.minor[.patch]]`, or null where the header does not say. */
  version: string | null
}

/** Longer headers are cut: the library's patterns are not linear (its own limit is the same). */
const USER_AGENT_CHARS_MAX = 500

/**
 * Reads a User-Agent header. The library's names are turned into those of the uap-core project,
 * which Sentry, and so its users' searches and alerts, know: `Chrome Mobile`, `Mac OS X`.
 */
export function parseUserAgent(header: string): UserAgent {
  const userAgent = header.slice(0, USER_AGENT_CHARS_MAX).trim()
  const known = remembered.get(userAgent)
  if (known) return known
  const parsed = parse(userAgent)
  if (remembered.size >= REMEMBERED_MAX) remembered.clear()
  remembered.set(userAgent, parsed)
  return parsed
}

/** Agents this isolate has read: each costs a hundred patterns, and they repeat. */
const remembered = new Map<string, UserAgent>()
const REMEMBERED_MAX = 500

function parse(userAgent: string): UserAgent {
  // The library reads the runtime's own agent where it is given none.
  if (userAgent === '') return { browser: null, os: null, device: null }
  const parser = new UAParser(userAgent)
  const browser = parser.getBrowser()
  const os = parser.getOS()
  const { vendor, model } = parser.getDevice()
  return {
    browser: named(browserName(browser.name, userAgent), browser.version),
    os: named(os.name && (OS_NAMES[os.name] ?? os.name), os.version),
    device: deviceOf(vendor, model),
  }
}

const OS_NAMES: Record<string, string> = {
  'Mac OS': 'Mac OS X',
  'Chromium OS': 'Chrome OS',
  'Windows Phone OS': 'Windows Phone',
}

/** Names that differ however the browser runs. */
const BROWSER_NAMES: Record<string, string> = {
  'Android Browser': 'Android',
  'Chrome Headless': 'HeadlessChrome',
  'Chrome WebView': 'Chrome Mobile WebView',
  GSA: 'Google',
  IEMobile: 'IE Mobile',
  'Opera Mobi': 'Opera Mobile',
  Silk: 'Amazon Silk',
  UCBrowser: 'UC Browser',
  Yandex: 'Yandex Browser',
}

/** Names that differ on phones, with the mark a phone's header has. */
const MOBILE_NAMES: Record<string, [mark: RegExp, name: string][]> = {
  Chrome: [
    [/\bCriOS\//i, 'Chrome Mobile iOS'],
    [/\bMobile\b/, 'Chrome Mobile'],
  ],
  Edge: [[/\bEdg(?:A|iOS)\//, 'Edge Mobile']],
  Firefox: [
    [/\bFxiOS\//i, 'Firefox iOS'],
    [/\b(?:Mobile|Tablet)\b/, 'Firefox Mobile'],
  ],
  Opera: [[/\bMobile\b/, 'Opera Mobile']],
}

function browserName(name: string | undefined, userAgent: string): string | undefined {
  if (name === undefined) return undefined
  const mobile = MOBILE_NAMES[name]?.find(([mark]) => mark.test(userAgent))
  return mobile?.[1] ?? BROWSER_NAMES[name] ?? name
}

function named(name: string | undefined, version: string | undefined): NamedVersion | null {
  return name ? { name, version: shortVersion(version) } : null
}

/** At most three parts; nothing after the first thing that is no version. */
function shortVersion(version: string | undefined): string | null {
  return /^\w+(?:\.\w+){0,2}/.exec(version ?? '')?.[0] ?? null
}

function deviceOf(vendor: string | undefined, model: string | undefined): UserAgent['device'] {
  if (!model) return null
  if (model === 'Macintosh') return { family: 'Mac', model: 'Mac', brand: 'Apple' }
  const family = vendor === 'Samsung' ? `Samsung ${model}` : model
  return { family, model, brand: vendor ?? null }
}
