import { type Entry, MessageData, Stacktrace } from '#contract/event.ts'
import { FieldList } from '~/ui/field-list.tsx'
import { Panel } from '~/ui/panel.tsx'
import { asPairs, asText, isBlank } from '~/ui/value-text.ts'
import { ValueView } from '~/ui/value-view.tsx'
import { BreadcrumbsPanel } from './breadcrumbs-panel.tsx'
import { ExceptionPanel } from './exception-panel.tsx'
import { sourceOf } from './frame-text.ts'
import { RequestPanel } from './request-panel.tsx'
import { SourceLines } from './source-lines.tsx'
import { StackTrace } from './stack-trace.tsx'
import { ThreadsPanel } from './threads-panel.tsx'

const NAMES: Record<string, string> = {
  csp: 'Content Security Policy report',
  hpkp: 'Key pinning report',
  expectct: 'Expect-CT report',
  expectstaple: 'Expect-Staple report',
  nel: 'Network error report',
  debugmeta: 'Loaded images',
  spans: 'Spans',
}

/** What matters most comes first, whatever order the entries were stored in. */
const ORDER = [
  'message',
  'exception',
  'stacktrace',
  'threads',
  'template',
  'csp',
  'breadcrumbs',
  'request',
]

export function sortEntries(entries: Entry[]): Entry[] {
  const place = ({ type }: Entry) => (ORDER.includes(type) ? ORDER.indexOf(type) : ORDER.length)
  return entries.filter((entry) => !isBlank(entry.data)).toSorted((a, b) => place(a) - place(b))
}

/** One entry of an event. A kind we do not know is still shown, as a tree. */
export function EntryPanel({ entry, eventAt }: { entry: Entry; eventAt?: number }) {
  switch (entry.type) {
    case 'exception':
      return <ExceptionPanel data={entry.data} />
    case 'threads':
      return <ThreadsPanel data={entry.data} />
    case 'breadcrumbs':
      return <BreadcrumbsPanel data={entry.data} eventAt={eventAt} />
    case 'request':
      return <RequestPanel data={entry.data} />
    case 'message':
      return <MessagePanel data={entry.data} />
    case 'stacktrace':
      return <StacktracePanel data={entry.data} />
    case 'template':
      return <TemplatePanel data={entry.data} />
    default:
      return <OtherPanel entry={entry} />
  }
}

function MessagePanel({ data }: { data: unknown }) {
  const message = MessageData.safeParse(data).data ?? {}
  const formatted = asText(message.formatted) || asText(message.message)
  const template = asText(message.message)
  return (
    <Panel id="message" title="Message">
      <p className="max-h-96 overflow-y-auto font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">
        {formatted}
      </p>
      {template !== '' && template !== formatted && <FieldList pairs={[['template', template]]} />}
      {!isBlank(message.params) && <FieldList pairs={[['params', message.params]]} />}
    </Panel>
  )
}

function StacktracePanel({ data }: { data: unknown }) {
  const stack = Stacktrace.safeParse(data).data
  if (!stack) return <OtherPanel entry={{ type: 'stacktrace', data }} />
  return (
    <Panel flush id="stacktrace" note="newest frame first" title="Stack trace">
      <StackTrace showAll={false} stack={stack} />
    </Panel>
  )
}

function TemplatePanel({ data }: { data: unknown }) {
  const pairs = asPairs(data)
  const template = Object.fromEntries(pairs)
  const lines = sourceOf(template)
  const rest = pairs.filter(([key, value]) => key !== 'context' && !isBlank(value))
  return (
    <Panel flush id="template" title="Template">
      <div className="px-3 py-1">
        <FieldList pairs={rest} />
      </div>
      {lines.length > 0 && <SourceLines at={template.lineNo ?? template.lineno} lines={lines} />}
    </Panel>
  )
}

function OtherPanel({ entry }: { entry: Entry }) {
  const pairs = asPairs(entry.data).filter(([, value]) => !isBlank(value))
  return (
    <Panel id={entry.type} title={NAMES[entry.type] ?? entry.type}>
      {pairs.length > 0 && !Array.isArray(entry.data) ? (
        <FieldList pairs={pairs} />
      ) : (
        <div className="font-mono text-xs leading-5">
          <ValueView value={entry.data} />
        </div>
      )}
    </Panel>
  )
}
