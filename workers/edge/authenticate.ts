import { parseAuthentication } from '#domain/dsn/parse-authentication.ts'
import { parseDsn } from '#domain/dsn/parse-dsn.ts'
import { importKeySecret, isPublicKey, verifyPublicKey } from '#domain/dsn/public-key.ts'
import { err, ok, type Result } from '#domain/result.ts'
import type { Refusal } from './answer.ts'

/** Who sends, proven without asking anybody. */
export interface Sender {
  projectId: number
  publicKey: string
  /** `sentry.javascript.browser/10.1.0`, or null. */
  client: string | null
}

/** What somebody claims to be; `certifySender` proves it. */
export interface Credentials {
  publicKey: string
  client: string | null
}

/** What a request's headers and query say; null leaves the envelope header to speak. */
export function readCredentials(request: Request): Result<Credentials | null, Refusal> {
  const url = new URL(request.url)
  const found = parseAuthentication({
    sentryAuth: request.headers.get('x-sentry-auth'),
    authorization: request.headers.get('authorization'),
    query: url.search.slice(1),
  })
  if (found.ok) return ok(found.value)
  switch (found.error.reason) {
    case 'missing':
      return ok(null)
    case 'multiple':
      return err(AUTHENTICATION_MULTIPLE)
    case 'malformed':
      return err({ status: 401, detail: 'bad x-sentry-auth header' })
    case 'version_unsupported': {
      const { version } = found.error
      return err({ status: 400, detail: `unsupported protocol version (${version})` })
    }
  }
}

/**
 * The sender of a request whose headers or query must say who it is. `pathKey` is a key that stands in
 * the path of some endpoints, a form of authentication like the others.
 */
export async function authenticate(
  request: Request,
  projectId: number,
  secret: string,
  pathKey: string | null = null,
): Promise<Result<Sender, Refusal>> {
  const credentials = readCredentials(request)
  if (!credentials.ok) return credentials
  if (pathKey === null) {
    return credentials.value
      ? certifySender(secret, projectId, credentials.value)
      : err(AUTHENTICATION_MISSING)
  }
  if (credentials.value) return err(AUTHENTICATION_MULTIPLE)
  return certifySender(secret, projectId, { publicKey: pathKey, client: null })
}

/** Credentials from the `dsn` of an envelope header (spec/ingest.md §2, form 6). */
export function credentialsFromDsn(dsn: string | null): Result<Credentials, Refusal> {
  if (dsn === null) return err(AUTHENTICATION_MISSING)
  const parsed = parseDsn(dsn)
  if (!parsed) return err({ status: 401, detail: 'bad envelope authentication header' })
  return ok({ publicKey: parsed.publicKey, client: null })
}

const AUTHENTICATION_MULTIPLE: Refusal = {
  status: 401,
  detail: 'multiple authorization payloads detected',
}

export const AUTHENTICATION_MISSING: Refusal = {
  status: 401,
  detail: 'missing authorization information',
}

/** Certified keys of this isolate, so that a busy key is hashed once. Plain values, bounded. */
const certified = new Map<string, boolean>()
const CERTIFIED_MAX = 10_000
let keySecret: Promise<CryptoKey> | null = null

/** Proves that `publicKey` was made for `projectId` by this deployment: no object, no database. */
export async function certifySender(
  secret: string,
  projectId: number,
  { publicKey, client }: Credentials,
): Promise<Result<Sender, Refusal>> {
  if (!isPublicKey(publicKey)) return err({ status: 400, detail: 'bad sentry DSN public key' })
  const name = `${projectId}:${publicKey}`
  let isGenuine = certified.get(name)
  if (isGenuine === undefined) {
    keySecret ??= importKeySecret(secret)
    isGenuine = await verifyPublicKey(await keySecret, projectId, publicKey)
    if (certified.size >= CERTIFIED_MAX) certified.clear()
    certified.set(name, isGenuine)
  }
  if (!isGenuine) return err(KEY_REFUSED)
  return ok({ projectId, publicKey, client })
}

/** Unknown, disabled or somebody else's key: Relay has one answer for all, and so have we. */
export const KEY_REFUSED: Refusal = {
  status: 403,
  detail: 'event submission rejected with_reason: ProjectId',
}
