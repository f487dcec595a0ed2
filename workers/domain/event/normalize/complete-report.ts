import type { Draft } from './draft.ts'

const REPORTS = new Set(['csp', 'hpkp', 'expectct', 'expectstaple', 'nel'])

/** Headers of the posting browser that a report's page had too. */
export interface ClientHeaders {
  userAgent: string | null
  /** `Sec-Ch-Ua…` headers, as the request had them. */
  clientHints: [name: string, value: string][]
}

/** Browsers post reports themselves: who posts is who it happened to (spec §1.5). */
export function completeReport(
  event: Draft,
  clientIp: string | null,
  { userAgent, clientHints }: ClientHeaders,
): void {
  if (!REPORTS.has(event.type ?? '')) return
  if (clientIp) event.user = { ...event.user, ip_address: clientIp }
  const known = event.request?.headers ?? []
  const names = new Set(known.map((header) => header?.[0]?.toLowerCase()))
  const sent: [string, string][] = [...clientHints]
  if (userAgent) sent.unshift(['User-Agent', userAgent])
  const missing = sent.filter(([name]) => !names.has(name.toLowerCase()))
  if (missing.length > 0) event.request = { ...event.request, headers: [...known, ...missing] }
}
