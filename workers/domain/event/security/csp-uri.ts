/** How the sources of a content security policy are told (spec/event-processing.md §1.5). */

/** The page itself, in the words of browsers of all ages. */
const SELF = new Set(['', 'self', "'self'"])

/** Schemes that are followed by a host even where none was reported. */
const WITH_HOST = new Set(['http', 'https', 'ws', 'wss', 'ftp', 'file'])

/** Inline code has no address: it is the page's own. */
export function isLocal(uri: string): boolean {
  return SELF.has(uri) || uri === 'inline' || uri === 'eval'
}

/** `https://a.com:1/x` → `a.com:1`, `data` → `data:`, the page itself → `'self'`. */
export function reduceUri(uri: string): string {
  if (SELF.has(uri)) return "'self'"
  if (!uri.includes(':')) return WITH_HOST.has(uri) ? `${uri}://` : `${uri}:`
  const parsed = URL.parse(uri)
  if (!parsed) return uri
  const scheme = parsed.protocol.slice(0, -1)
  if (scheme === 'http' || scheme === 'https') return parsed.host
  return parsed.host || WITH_HOST.has(scheme) ? `${scheme}://${parsed.host}` : `${scheme}:`
}

/** `script-src https://a.com 'unsafe-inline'` → the same with each source reduced. */
export function reduceDirective(directive: string, documentUri: string): string {
  const [name = '', ...sources] = directive.split(/\s+/).filter((word) => word !== '')
  const document = URL.parse(documentUri)
  const reduced = sources.map((source) => {
    // Keywords, nonces and hashes stand in quotes; `*` is everything.
    if (source.startsWith("'") || source === '*') return source
    const isOwn = document !== null && URL.parse(source)?.origin === document.origin
    return isOwn || source === documentUri ? "'self'" : reduceSource(source)
  })
  return [name, ...reduced].join(' ')
}

/** In a policy a bare word is a host, and a scheme has its colon. */
function reduceSource(source: string): string {
  return source.includes(':') ? reduceUri(source) : source
}
