import type { PicketEvent } from '../event/event.ts'

export interface InboundFilters {
  localhost: boolean
  webCrawlers: boolean
}

export const DEFAULT_INBOUND_FILTERS: InboundFilters = { localhost: false, webCrawlers: false }

const LOCAL_ADDRESSES = new Set(['127.0.0.1', '::1'])

/** The name of the first filter an event falls into, or null: it may be stored. */
export function matchInboundFilter(event: PicketEvent, filters: InboundFilters): string | null {
  if (filters.localhost && LOCAL_ADDRESSES.has(event.user?.ip_address ?? '')) return 'localhost'
  return null
}
