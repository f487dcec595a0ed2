/** Addresses without what differs from call to call (spec/event-processing.md §3.11). */
import { parseIpAddress } from '../ip-address.ts'

/** The page's own machine is told by name: it is nobody's secret and no one's id. */
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** `GET https://api.a.com:1/x` → `GET https://*.a.com:1`; what is no URL → `GET *`. */
export function scrubHttp(description: string): string | null {
  const [, method, target] = /^([A-Z]{3,16}) (\S+)/.exec(description) ?? []
  if (!method || !target) return null
  if (target.startsWith('data:')) return `${method} ${scrubDataUrl(target)}`
  const url = URL.parse(target)
  const origin = url && scrubOrigin(url)
  return `${method} ${origin ?? '*'}`
}

// `https://cdn.a.com/x/app.1f2e3d4c.js?v=1` → `https://*.a.com/*/app.*.js`
export function scrubResource(description: string): string | null {
  if (description.startsWith('data:')) return scrubDataUrl(description)
  const url = URL.parse(description)
  const origin = url ? scrubOrigin(url) : ''
  if (url && origin === null) return `${url.protocol}//*`
  const path = url?.pathname ?? description.split(/[?#]/, 1)[0]!
  const segments = path.split('/').filter((segment) => segment !== '')
  const file = segments.pop()
  if (file === undefined) return `${origin}/`
  return `${origin}/${segments.length > 0 ? '*/' : ''}${scrubFileName(file)}`
}

/** `report-2024.pdf` → `*.pdf`; the name of a file is a user's own. */
export function scrubFile(description: string): string | null {
  const extension = /\.(\w{1,12})$/.exec(description.trim())?.[1]
  return extension ? `*.${extension}` : '*'
}

/** `https://*.a.com:1`; null for what has no host. */
function scrubOrigin({ protocol, hostname, port }: URL): string | null {
  if (hostname === '') return null
  return `${protocol}//${scrubHost(hostname)}${port ? `:${port}` : ''}`
}

/** `api.a.com` → `*.a.com`, addresses → `*.*.*.*`. */
export function scrubHost(hostname: string): string {
  if (LOOPBACK.has(hostname)) return hostname
  if (parseIpAddress(hostname.replace(/^\[|\]$/g, ''))) return '*.*.*.*'
  const labels = hostname.split('.')
  // `co.uk`: a short name below a country is a registry's, not a company's.
  const isBelowRegistry = labels.at(-1)!.length === 2 && (labels.at(-2)?.length ?? 9) <= 3
  const kept = isBelowRegistry ? 3 : 2
  return labels.length > kept ? ['*', ...labels.slice(-kept)].join('.') : hostname
}

function scrubDataUrl(url: string): string {
  const type = /^data:(\w{1,32})\//.exec(url)?.[1]
  return type ? `data:${type}/*` : 'data:*/*'
}

/** Parts of a file's name that a build made. */
function scrubFileName(file: string): string {
  return file.replace(/[^.\-_~@]+/g, (part) => (isMade(part) ? '*' : part))
}

function isMade(part: string): boolean {
  return (/\d/.test(part) && part.length > 4) || /^[0-9a-f]{8,}$/i.test(part) || /^\d+$/.test(part)
}
