/** The user's address and where it is (spec/event-processing.md §3.2). */
import { isObject } from '../../json.ts'
import type { Json } from '../event.ts'
import { parseIpAddress } from '../ip-address.ts'
import type { Draft } from './draft.ts'

/** Where a connection came from, by the platform that accepted it. */
export interface Geo {
  /** ISO 3166, two letters. */
  country_code?: string
  city?: string
  subdivision?: string
  /** The country's name in English. */
  region?: string
}

/** Asks the server to fill in the address the event came from. */
const AUTO = '{{auto}}'

/** Platforms that run at the user's, so that the connection is the user's. */
const CLIENT_PLATFORMS = new Set(['javascript', 'cocoa', 'objc'])

/** Fills in the user's address where the SDK's settings allow, and takes `{{auto}}` away. */
export function inferIpAddress(event: Draft, clientIp: string | null): void {
  const mode = inferenceMode(event)
  const environment = event.request?.env
  const address = mode === 'never' ? null : clientIp
  if (environment?.['REMOTE_ADDR'] === AUTO && event.request) {
    event.request.env = { ...environment, REMOTE_ADDR: address }
  }
  if (event.user?.ip_address === AUTO) event.user.ip_address = address
  if (mode === 'never' || event.user?.ip_address) return
  const inferred = mode === 'auto' ? clientIp : inferLegacy(event, clientIp)
  if (inferred) event.user = { ...event.user, ip_address: inferred }
}

function inferenceMode(event: Draft): 'never' | 'auto' | 'legacy' {
  const settings = event.sdk?.['settings']
  const mode = isObject(settings) ? (settings['infer_ip'] ?? 'legacy') : 'legacy'
  return mode === 'auto' || mode === 'legacy' ? mode : 'never'
}

function inferLegacy(event: Draft, clientIp: string | null): string | null {
  const remote = remoteAddress(event.request?.env)
  if (remote) return remote
  return CLIENT_PLATFORMS.has(event.platform ?? '') ? clientIp : null
}

function remoteAddress(environment: Record<string, Json> | null | undefined): string | null {
  const address = environment?.['REMOTE_ADDR']
  return typeof address === 'string' && parseIpAddress(address) ? address : null
}

/**
 * Says where the user is. We only know it of the connection, so only where the connection is the
 * user's: a server's data centre would be a wrong answer, and none is better.
 */
export function locateUser(event: Draft, clientIp: string | null, geo: Geo | null): void {
  if (!geo || Object.keys(event.user?.geo ?? {}).length > 0) return
  const address = event.user?.ip_address
  const isUsers = address ? address === clientIp : CLIENT_PLATFORMS.has(event.platform ?? '')
  if (isUsers) event.user = { ...event.user, geo: { ...geo } }
}
