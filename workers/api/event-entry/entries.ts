import type { Entry } from '#contract/event.ts'
import type { Breadcrumb, EventRequest, PicketEvent } from '#domain/event/event.ts'
import { isoDate } from '../date.ts'
import { showExceptions, showThreads } from './exception.ts'
import { showStacktrace } from './stacktrace.ts'

/** An entry and the field of the event it was made of, where its `_meta` is found. */
interface EntryOf {
  type: string
  field: keyof PicketEvent & string
  show: (event: PicketEvent) => unknown
}

/** What an event holds, in the order people read it (spec/web-api.md §5.1). */
const ENTRIES: EntryOf[] = [
  { type: 'message', field: 'logentry', show: ({ logentry }) => logentry && showMessage(logentry) },
  {
    type: 'exception',
    field: 'exception',
    show: ({ exception }) => exception?.values?.length && showExceptions(exception),
  },
  {
    type: 'stacktrace',
    field: 'stacktrace',
    show: ({ stacktrace }) => stacktrace?.frames?.length && showStacktrace(stacktrace),
  },
  {
    type: 'template',
    field: 'template',
    show: ({ template }) => template && showTemplate(template),
  },
  {
    type: 'threads',
    field: 'threads',
    show: ({ threads }) => threads?.values?.length && showThreads(threads),
  },
  { type: 'csp', field: 'csp', show: ({ csp }) => csp },
  { type: 'hpkp', field: 'hpkp', show: ({ hpkp }) => hpkp },
  { type: 'expectct', field: 'expectct', show: ({ expectct }) => expectct },
  { type: 'expectstaple', field: 'expectstaple', show: ({ expectstaple }) => expectstaple },
  { type: 'nel', field: 'nel', show: ({ nel }) => nel },
  {
    type: 'breadcrumbs',
    field: 'breadcrumbs',
    show: ({ breadcrumbs }) => breadcrumbs?.values?.length && showBreadcrumbs(breadcrumbs),
  },
  { type: 'request', field: 'request', show: ({ request }) => request && showRequest(request) },
  { type: 'spans', field: 'spans', show: (event) => event['spans'] },
  {
    type: 'debugmeta',
    field: 'debug_meta',
    show: ({ debug_meta }) => debug_meta?.images?.length && debug_meta,
  },
]

/** The entries of an event, each with the notes about what was removed from it. */
export function showEntries(event: PicketEvent): {
  entries: Entry[]
  meta: Record<string, unknown>
} {
  const entries: Entry[] = []
  const meta: Record<string, unknown> = {}
  for (const { type, field, show } of ENTRIES) {
    const data = show(event)
    if (typeof data !== 'object' || data === null) continue
    const notes = event._meta?.[field]
    if (notes) meta[entries.length] = { data: notes }
    entries.push({ type, data })
  }
  return { entries, meta }
}

function showMessage({ formatted, message, params }: NonNullable<PicketEvent['logentry']>) {
  const text = formatted ?? message ?? null
  if (text === null) return null
  return { formatted: text, message: message ?? null, params: params ?? null }
}

function showTemplate(template: NonNullable<PicketEvent['template']>) {
  const { lineno, filename, context_line: line } = template
  return {
    ...template,
    lineNo: lineno ?? null,
    filename: filename ?? null,
    contextLine: line ?? null,
  }
}

function showBreadcrumbs({ values }: NonNullable<PicketEvent['breadcrumbs']>) {
  return { values: (values ?? []).filter((crumb) => crumb !== null).map(showBreadcrumb) }
}

function showBreadcrumb(crumb: Breadcrumb) {
  return {
    type: crumb.type ?? 'default',
    timestamp: dateOfSeconds(crumb.timestamp),
    level: crumb.level ?? 'info',
    message: crumb.message ?? null,
    category: crumb.category ?? null,
    data: crumb.data ?? null,
    event_id: crumb['event_id'] ?? null,
  }
}

function showRequest(request: EventRequest) {
  return {
    method: request.method ?? null,
    url: request.url ?? null,
    query: readablePairs(request.query_string),
    fragment: request.fragment ?? null,
    data: request.data ?? null,
    headers: readablePairs(request.headers),
    cookies: readablePairs(request.cookies),
    env: request.env ?? null,
    inferredContentType: request.inferred_content_type ?? null,
    apiTarget: request['api_target'] ?? null,
  }
}

/** What was no pair, or has no name, stays in `_meta` alone: clients expect two texts. */
function readablePairs(pairs: EventRequest['headers']) {
  return pairs?.filter((pair) => pair !== null && pair[0] !== null) ?? []
}

/** Unix seconds of an SDK as a date; null for what no calendar has. */
export function dateOfSeconds(seconds: unknown): string | null {
  if (typeof seconds !== 'number' || !(Math.abs(seconds) <= 8.64e12)) return null
  return isoDate(seconds * 1000)
}
