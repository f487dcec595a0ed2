import type { PicketEvent } from '../event/event.ts'
import { findHeader } from '../event/headers.ts'

const ADDRESSES = new Set(['127.0.0.1', '::1'])
const HOSTS = ['localhost', '127.0.0.1']

/** Events of a developer's own machine (spec/event-processing.md §4, `localhost`). */
export function isFromLocalhost({ user, request }: PicketEvent): boolean {
  if (ADDRESSES.has(user?.ip_address ?? '')) return true
  const { headers } = request ?? {}
  if (ADDRESSES.has(findHeader(headers, 'x-forwarded-for')?.trim() ?? '')) return true
  if (request?.url) return isLocalUrl(request.url)
  return ['host', 'x-forwarded-host'].some((name) => {
    const host = findHeader(headers, name)?.split(':', 1)[0]?.trim()
    return host !== undefined && HOSTS.includes(host.toLowerCase())
  })
}

function isLocalUrl(text: string): boolean {
  const url = URL.parse(text)
  if (!url) return false
  if (url.protocol === 'file:') return true
  return HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
}
