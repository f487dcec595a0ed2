import { err, ok, type Result } from '../result.ts'

/** What an SDK says about itself in one of the authentication forms (spec/ingest.md §2). */
export interface Authentication {
  /** As sent, without suffix flags; not yet known to be a key. */
  publicKey: string
  /** `name/version`, or null. */
  client: string | null
}

export type AuthenticationError =
  | { reason: 'missing' }
  | { reason: 'multiple' }
  | { reason: 'malformed' }
  | { reason: 'version_unsupported'; version: string }

/** Newest protocol version we read; 7 is what SDKs send, Relay's own maximum is 7 or 8. */
const VERSION_MAX = 8

/**
 * Finds the one authentication of a request: `X-Sentry-Auth`, `Authorization: Sentry`,
 * `Authorization: Basic key:`, or `sentry_*` query parameters. Two at once are refused even when
 * equal, as Relay does. `missing` leaves the door open for the `dsn` of an envelope header.
 */
export function parseAuthentication(request: {
  sentryAuth: string | null
  authorization: string | null
  /** The query string without `?`. */
  query: string
}): Result<Authentication, AuthenticationError> {
  const found: Result<Authentication, AuthenticationError>[] = []
  if (request.sentryAuth && /^sentry\s/i.test(request.sentryAuth)) {
    found.push(parseSentryHeader(request.sentryAuth))
  }
  if (request.authorization && /^sentry\s/i.test(request.authorization)) {
    found.push(parseSentryHeader(request.authorization))
  } else if (request.authorization && /^basic\s/i.test(request.authorization)) {
    const basic = parseBasic(request.authorization.slice(6).trim())
    if (basic) found.push(ok(basic))
  }
  if (request.query.includes('sentry_')) found.push(parseQuery(request.query))

  if (found.length > 1) return err({ reason: 'multiple' })
  return found[0] ?? err({ reason: 'missing' })
}

function parseSentryHeader(header: string): Result<Authentication, AuthenticationError> {
  const pairs = new Map<string, string>()
  for (const part of header.replace(/^sentry\s+/i, '').split(',')) {
    const [name, value] = part.split('=')
    if (name !== undefined && value !== undefined) pairs.set(name.trim(), value.trim())
  }
  return fromPairs((name) => pairs.get(name) ?? null)
}

function parseQuery(query: string): Result<Authentication, AuthenticationError> {
  const parameters = new URLSearchParams(query)
  return fromPairs((name) => parameters.get(name))
}

function fromPairs(
  get: (name: string) => string | null,
): Result<Authentication, AuthenticationError> {
  const key = get('sentry_key')
  if (!key) return err({ reason: 'malformed' })
  const version = (get('sentry_version') ?? '7').split('.')[0] ?? ''
  if (!/^\d{1,4}$/.test(version)) return err({ reason: 'malformed' })
  if (Number(version) > VERSION_MAX) return err({ reason: 'version_unsupported', version })
  return ok({ publicKey: withoutFlags(key), client: get('sentry_client') })
}

function parseBasic(encoded: string): Authentication | null {
  try {
    const user = atob(encoded).split(':')[0]
    return user ? { publicKey: withoutFlags(user), client: null } : null
  } catch {
    return null // Relay ignores Basic credentials that cannot be decoded: they belong to a proxy
  }
}

/** `….no-cache` and the like are flags for relays. */
function withoutFlags(key: string): string {
  return key.split('.')[0] ?? key
}
