/** Origins whose policy violations are noise (spec/event-processing.md §4.5). */

interface Origin {
  /** Null stands for any. */
  scheme: string | null
  domain: string | null
  /** `*.d`: d and all below it. */
  isWithSubdomains: boolean
  port: string | null
}

/** Extensions, in-app browsers and injected scripts; from the list every Sentry project starts with. */
export const DEFAULT_CSP_ORIGINS = [
  ...['about', 'ms-browser-extension', 'localhost', 'data:text/html,chromewebdata'],
  ...(
    'chrome chrome-extension chromeinvokeimmediate chromenull jar mbinit moz-extension ' +
    'ms-browser-extension mxaddon-pkg resource safari-extension symres tmtbff webviewprogressproxy'
  )
    .split(' ')
    .map((scheme) => `${scheme}://*`),
  ...(
    '*.metrext.com *.superfish.com *.tlscdn.com 020dfefc4ac745dab7594f2f771c1ded.com ' +
    '73a5b0806e464be8bd4e694c744624f0.com a.linkluster.com addons.mozilla.org amiok.org ' +
    'cdncache-a.akamaihd.net connectionstrenth.com devappstor.com gateway.zscalertwo.net ' +
    'godlinkapp.com hoholikik.club icontent.us injections.adguard.com istatic.datafastguru.info ' +
    'middlerush-a.akamaihd.net netanalitics.space printapplink.com promfflinkdev.com ' +
    'pulseadnetwork.com resultshub-a.akamaihd.net saveyoutime.ru savingsslider-a.akamaihd.net ' +
    'siteheart.net smartlink.cool static.image2play.com v.zilionfast.in widgets.amung.us ' +
    'www.passpack.com www.websmartcenter.com x.rafomedia.com xls.searchfun.in'
  ).split(' '),
]

/** True for a report about one of these origins: blocked from there, or violated by code from there. */
export function cspTest(
  entries: string[],
): (report: { blocked_uri?: unknown; source_file?: unknown }) => boolean {
  if (entries.some((entry) => entry.trim() === '*')) return () => true
  const texts = new Set(entries.map((entry) => entry.trim().toLowerCase()))
  const origins = entries.map(parseOrigin)
  const matches = (uri: unknown): boolean => {
    if (typeof uri !== 'string' || uri === '') return false
    // Schemes and inline data have no origin: they are compared as they stand.
    if (texts.has(uri.toLowerCase())) return true
    const actual = parseOrigin(uri)
    return origins.some((origin) => covers(origin, actual))
  }
  return (report) => matches(report.blocked_uri) || matches(report.source_file)
}

/** `[scheme://]domain[:port][/…]`; the path does not count. */
function parseOrigin(entry: string): Origin {
  const text = entry.trim().toLowerCase()
  const [before, after] = splitOnce(text, '://')
  const scheme = after === null ? null : before
  const rest = after ?? before
  const [host = ''] = rest.split(/[/?#]/, 1)
  const [name, port] = splitOnce(host, ':')
  const isWithSubdomains = name.startsWith('*.')
  return {
    scheme: anyIfStar(scheme),
    domain: anyIfStar(isWithSubdomains ? name.slice(2) : name),
    isWithSubdomains,
    port: anyIfStar(port),
  }
}

function anyIfStar(part: string | null): string | null {
  return part === '*' || part === null ? null : part
}

function covers(origin: Origin, actual: Origin): boolean {
  if (origin.scheme !== null && origin.scheme !== actual.scheme) return false
  if (origin.domain !== null && origin.domain !== actual.domain) {
    const isBelow = actual.domain?.endsWith(`.${origin.domain}`) ?? false
    if (!origin.isWithSubdomains || !isBelow) return false
  }
  // A domain with everything below it is meant whole, whatever the port.
  return origin.isWithSubdomains || origin.port === null || origin.port === actual.port
}

function splitOnce(text: string, separator: string): [string, string | null] {
  const at = text.indexOf(separator)
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + separator.length)]
}
