import { Link } from '@tanstack/react-router'
import type { Issue } from '#contract/issue.ts'
import { Ago } from '~/ui/ago.tsx'
import { Badge } from '~/ui/badge.tsx'
import { CheckBox } from '~/ui/check-box.tsx'
import { LevelMark } from '~/ui/level-mark.tsx'
import { formatCount, formatExact } from '~/ui/number-text.ts'
import { Sparkline } from '~/ui/sparkline.tsx'
import { StatusMark } from '~/ui/status-mark.tsx'
import { useNow } from '~/ui/use-now.ts'
import { attentionOf } from './attention.ts'
import { splitTitle } from './issue-title.ts'

/** Shared by the heading above the rows and by each row, so that columns line up. */
export const ROW_GRID =
  'grid items-center gap-x-3 px-3 grid-cols-[1.25rem_minmax(0,1fr)_auto] md:grid-cols-[1.25rem_minmax(0,1fr)_7.5rem_4rem_3.5rem_5.5rem_5.5rem]'

type IssueRowProps = {
  issue: Issue
  org: string
  project: string
  isSelected: boolean
  onSelect: (selected: boolean) => void
  onFocus: () => void
  linkRef: (link: HTMLAnchorElement | null) => void
}

/** One issue: all of the row leads to it. The one that needs attention looks wrong. */
export function IssueRow({ issue, org, project, isSelected, ...props }: IssueRowProps) {
  const { isNew, isRising, isUrgent } = attentionOf(issue, useNow())
  const [kind, says] = splitTitle(issue)
  const events = Number(issue.count)
  const paint = isSelected ? 'bg-kumo-info-tint' : isUrgent ? 'bg-kumo-danger-tint' : ''
  return (
    <li
      className={`${ROW_GRID} relative py-2.5 focus-within:bg-kumo-tint hover:bg-kumo-tint ${paint} ${
        isUrgent ? 'shadow-[inset_3px_0_0_var(--color-kumo-danger)]' : ''
      }`}
    >
      <div className="relative z-10 self-start pt-0.5">
        <CheckBox
          checked={isSelected}
          label={`Select ${issue.shortId}`}
          onChange={props.onSelect}
        />
      </div>
      <div className="min-w-0 md:flex md:items-start md:gap-4">
        <div className="min-w-0 flex-1">
          <div className="flex min-w-0 items-center gap-2">
            <LevelMark level={issue.level} />
            <Link
              className="min-w-0 truncate font-semibold after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-sm focus-visible:after:ring-2 focus-visible:after:ring-kumo-brand focus-visible:after:ring-inset"
              onFocus={props.onFocus}
              params={{ org, project, issueId: issue.id }}
              ref={props.linkRef}
              title={kind}
              to="/$org/$project/issues/$issueId"
            >
              {kind}
            </Link>
            <span className="hidden min-w-0 shrink-[3] truncate font-mono text-xs text-kumo-subtle sm:inline">
              {issue.culprit}
            </span>
          </div>
          {says !== undefined && (
            <p
              className="mt-0.5 line-clamp-2 pl-4 text-sm wrap-anywhere sm:line-clamp-1"
              title={says}
            >
              {says}
            </p>
          )}
        </div>
        <div className="mt-1 flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 pl-4 text-xs text-kumo-subtle md:mt-0.5 md:flex-row-reverse md:pl-0">
          <span className="font-mono">{issue.shortId}</span>
          {isNew && <Badge tone="info">New</Badge>}
          {isRising && <Badge tone="warning">Rising</Badge>}
          {issue.isUnhandled === true && <Badge>Unhandled</Badge>}
          <StatusMark status={issue.status} />
          {issue.userCount > 0 && (
            <span className="md:hidden">
              {formatCount(issue.userCount)} {issue.userCount === 1 ? 'user' : 'users'}
            </span>
          )}
        </div>
      </div>
      <div className={`hidden md:block ${isUrgent ? 'text-kumo-danger' : 'text-kumo-subtle'}`}>
        <Sparkline
          label={`Events of ${issue.shortId} in the last 24 hours`}
          series={issue.stats?.['24h'] ?? []}
        />
      </div>
      <div className="self-start text-right md:self-center">
        <span
          className={`font-medium ${isUrgent ? 'text-kumo-danger' : ''}`}
          title={`${formatExact(events)} ${events === 1 ? 'event' : 'events'}`}
        >
          {formatCount(events)}
        </span>
        <Ago
          at={issue.lastSeen}
          className="relative z-10 block text-xs text-kumo-subtle md:hidden"
          isShort
        />
      </div>
      <span className="hidden text-right md:block">{formatCount(issue.userCount)}</span>
      <SeenAt at={issue.lastSeen} />
      <SeenAt at={issue.firstSeen} />
    </li>
  )
}

function SeenAt({ at }: { at: string | null }) {
  return (
    <Ago
      at={at}
      className="relative z-10 hidden text-right text-xs whitespace-nowrap text-kumo-subtle md:block"
      isShort
    />
  )
}
