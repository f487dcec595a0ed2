/** What spans are searched and counted by, said once per span (spec/event-processing.md §3.11). */
import { md5 } from '../../grouping/component/md5.ts'
import { deviceClass } from '../device-class.ts'
import type { PicketEvent } from '../event.ts'
import { userKey } from '../event-user.ts'
import type { Draft } from '../normalize/draft.ts'
import type { Span } from '../schema/span-schema.ts'
import { ellipsize } from '../text.ts'
import { scrubDescription } from './description.ts'
import { scrubHost } from './url.ts'

/** SDKs that run on phones. */
const MOBILE_SDKS = new Set([
  'sentry.cocoa',
  'sentry.dart.flutter',
  'sentry.java.android',
  'sentry.javascript.react-native',
])

/** Longest value of a tag; the group is made of the whole description. */
const VALUE_CHARS_MAX = 200

type Tags = Record<string, string>

/** Sets `sentry_tags` of each span: what its transaction says of all, then what it says itself. */
export function tagSpans(event: Draft): void {
  if (event.type !== 'transaction') return
  const shared = transactionTags(event)
  for (const span of (event['spans'] ?? []) as (Span | null)[]) {
    if (span) span.sentry_tags = { ...shared, ...spanTags(span) }
  }
}

function transactionTags(event: Draft): Tags {
  const trace = event.contexts?.['trace']
  return texts({
    release: event.release,
    environment: event.environment,
    user: userKey(event as PicketEvent),
    transaction: event.transaction,
    'transaction.method': event.request?.method,
    'transaction.op': trace?.['op'],
    'http.status_code': statusCode(event.contexts?.['response'] ?? {}),
    mobile: MOBILE_SDKS.has(event.sdk?.name ?? '') ? 'true' : null,
    'device.class': deviceClass(event.contexts?.['device'] ?? {}),
  })
}

function spanTags(span: Span): Tags {
  const { op, status, data } = span
  const description = scrubDescription(span)
  return texts({
    op,
    category: op?.split('.', 1)[0],
    description,
    group: description && md5(description).slice(0, 16),
    domain: domainOf(span),
    action: actionOf(span),
    system: data?.['db.system'],
    status,
    status_code: statusCode(data ?? {}),
    'http.response_content_length': size(data?.['http.response_content_length']),
    'http.decoded_response_content_length': size(data?.['http.decoded_response_content_length']),
    'http.response_transfer_size': size(data?.['http.response_transfer_size']),
  })
}

/** The host of a request, or the table a statement is about. */
function domainOf({ op, description }: Span): string | null {
  if (!op || !description) return null
  if (op.startsWith('http')) {
    const url = URL.parse(description.slice(description.indexOf(' ') + 1))
    return url?.hostname ? scrubHost(url.hostname) + (url.port ? `:${url.port}` : '') : null
  }
  if (!op.startsWith('db')) return null
  const table = /\b(?:from|into|update|join)\s+["'`[]?([\w.]{1,100})/i.exec(
    description.slice(0, 2000),
  )
  return table?.[1] ?? null
}

/** The method of a request, or what a statement does. */
function actionOf({ op, description }: Span): string | null {
  const isKnown = op?.startsWith('http') || op?.startsWith('db') || op?.startsWith('cache')
  const word = isKnown ? /^[A-Za-z]{2,16}(?= |$)/.exec(description?.trimStart() ?? '')?.[0] : null
  return word?.toUpperCase() ?? null
}

function statusCode(fields: Record<string, unknown>): string | null {
  const code = fields['http.response.status_code'] ?? fields['status_code']
  return typeof code === 'number' || typeof code === 'string' ? String(code) : null
}

function size(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : null
}

function texts(fields: Record<string, unknown>): Tags {
  const filled = Object.entries(fields).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== '',
  )
  return Object.fromEntries(filled.map(([key, value]) => [key, ellipsize(value, VALUE_CHARS_MAX)]))
}
