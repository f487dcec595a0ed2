import { useState } from 'react'
import { type Breadcrumb, BreadcrumbsData } from '#contract/event.ts'
import { FieldList } from '~/ui/field-list.tsx'
import { Panel } from '~/ui/panel.tsx'
import { formatUtc, parseTime } from '~/ui/time-text.ts'
import { asText } from '~/ui/value-text.ts'
import { describeCrumb } from './crumb-text.ts'

/** How many are shown before a reader asks for the older ones. */
const SHOWN = 12
/** More fields than this fold. */
const FIELDS_OPEN_MAX = 3

const DOTS: Record<string, string> = {
  fatal: 'bg-kumo-danger',
  error: 'bg-kumo-danger',
  warning: 'bg-kumo-warning',
}

/** What happened before, newest first: the last step is nearest to the error. */
export function BreadcrumbsPanel({ data, eventAt }: { data: unknown; eventAt?: number }) {
  const [showAll, setShowAll] = useState(false)
  const crumbs = (BreadcrumbsData.safeParse(data).data?.values ?? [])
    .filter((crumb) => crumb !== null)
    .toReversed()
  const shown = showAll ? crumbs : crumbs.slice(0, SHOWN)
  return (
    <Panel flush id="breadcrumbs" note={`${crumbs.length}, newest first`} title="Breadcrumbs">
      <ol className="relative py-1 before:absolute before:inset-y-0 before:left-[17px] before:w-px before:bg-kumo-hairline">
        {shown.map((crumb, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: breadcrumbs have no ids
          <CrumbLine crumb={crumb} eventAt={eventAt} key={i} />
        ))}
      </ol>
      {crumbs.length > shown.length && (
        <button
          className="w-full cursor-pointer border-t border-kumo-hairline px-3 py-2 text-left text-xs text-kumo-link hover:bg-kumo-tint"
          onClick={() => setShowAll(true)}
          type="button"
        >
          Show {crumbs.length - shown.length} older
        </button>
      )}
    </Panel>
  )
}

function CrumbLine({ crumb, eventAt }: { crumb: Breadcrumb; eventAt?: number }) {
  const at = parseTime(crumb.timestamp)
  const level = asText(crumb.level)
  const { kind, line, rest } = describeCrumb(crumb)
  return (
    <li className="relative flex gap-3 px-3 py-1.5">
      <span
        className={`relative z-10 mt-1.5 ml-0.5 size-2 shrink-0 rounded-full ring-2 ring-kumo-base ${DOTS[level] ?? 'bg-kumo-interact'}`}
      />
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-2 text-xs text-kumo-subtle">
          <span className="min-w-0 truncate">{kind}</span>
          {level !== '' && level !== 'info' && (
            <span className={DOTS[level] === 'bg-kumo-danger' ? 'text-kumo-danger' : ''}>
              {level}
            </span>
          )}
          {at !== undefined && (
            <time
              className="ml-auto shrink-0 font-mono"
              dateTime={new Date(at).toISOString()}
              title={formatUtc(at)}
            >
              {eventAt === undefined ? formatUtc(at).slice(11, 19) : beforeEvent(eventAt - at)}
            </time>
          )}
        </p>
        {line !== '' && (
          <p className="font-mono text-xs leading-5 wrap-anywhere whitespace-pre-wrap">{line}</p>
        )}
        {rest.length > 0 && (
          <details className="group" open={rest.length <= FIELDS_OPEN_MAX}>
            <summary className="w-max text-xs text-kumo-subtle hover:text-kumo-default">
              <span className="mr-1 inline-block transition-transform group-open:rotate-90">›</span>
              {rest.length === 1 ? '1 field' : `${rest.length} fields`}
            </summary>
            <FieldList pairs={rest} />
          </details>
        )}
      </div>
    </li>
  )
}

/** How long before the event: `-0.42s`, `-3m 10s`. */
function beforeEvent(ms: number): string {
  const sign = ms < 0 ? '+' : '-'
  const seconds = Math.abs(ms) / 1000
  if (seconds < 60) return `${sign}${seconds.toFixed(2)}s`
  if (seconds < 3600) return `${sign}${Math.floor(seconds / 60)}m ${Math.floor(seconds % 60)}s`
  return `${sign}${(seconds / 3600).toFixed(1)}h`
}
