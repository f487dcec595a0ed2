import { isObject } from '../../json.ts'
import type { Draft } from '../normalize/draft.ts'
import type { Notes } from '../schema/notes.ts'
import { scrubIdentifiers } from './scrub-identifiers.ts'

/** Browser SDKs and routers that know only the URL: their names are full of ids (spec §3.10). */
const URL_NAMING_SDKS = new Set([
  'sentry.javascript.angular',
  'sentry.javascript.browser',
  'sentry.javascript.ember',
  'sentry.javascript.gatsby',
  'sentry.javascript.react',
  'sentry.javascript.remix',
  'sentry.javascript.vue',
  'sentry.javascript.nextjs',
  'sentry.php.laravel',
  'sentry.php.symfony',
])

/** A transaction gets a name that many requests share (spec/event-processing.md §3.10). */
export function nameTransaction(event: Draft, notes: Notes): void {
  if (event.type !== 'transaction') return
  const trace = event.contexts?.['trace']
  if (trace) trace['op'] ||= 'default'
  event.transaction ||= '<unlabeled transaction>'
  const info = (event['transaction_info'] ?? {}) as { source?: string | null }
  if (!info.source && !isNamedByUrl(event)) info.source = 'unknown'
  const { source } = info
  const isUrl = source
    ? source === 'url' || source === 'sanitized'
    : event.transaction.includes('/')
  if (isUrl) {
    scrubName(event, event.transaction, notes)
    info.source = 'sanitized'
  }
  event['transaction_info'] = info
}

function scrubName(event: Draft, original: string, notes: Notes): void {
  const { name, hits } = scrubIdentifiers(original)
  if (hits.length === 0) return
  event.transaction = name
  notes.at(['transaction'], () => {
    for (const { kind, start, end } of hits) notes.remark(kind, 's', [start, end])
    notes.original(original)
  })
}

/** A name without a source that is a URL for all we know of the SDK. */
function isNamedByUrl(event: Draft): boolean {
  const sdk = event.sdk?.name
  if (!sdk || !event.transaction?.includes('/')) return false
  if (URL_NAMING_SDKS.has(sdk)) return true
  const integrations = integrationsOf(event)
  if (sdk === 'sentry.python') {
    return integrations.has('django') && tagOf(event, 'http.status_code') === '404'
  }
  if (sdk === 'sentry.javascript.node') {
    return integrations.has('express') && event.request?.method?.toUpperCase() === 'OPTIONS'
  }
  if (sdk !== 'sentry.ruby' || !isObject(event.modules) || !event.modules['rack']) return false
  const status = event.contexts?.['trace']?.['status']
  return typeof status === 'string' && status !== 'ok' && status !== 'unknown'
}

function integrationsOf(event: Draft): Set<string> {
  const names = event.sdk?.['integrations']
  const texts = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
  return new Set(texts.map((name) => name.toLowerCase()))
}

function tagOf(event: Draft, wanted: string): string | null {
  return event.tags?.find((tag) => tag?.[0] === wanted)?.[1] ?? null
}
