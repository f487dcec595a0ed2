import { Badge } from '@cloudflare/kumo/components/badge'
import { Checkbox } from '@cloudflare/kumo/components/checkbox'
import { Link } from '@tanstack/react-router'
import type { Issue } from '#contract/issue.ts'
import { Ago } from '~/ui/ago.tsx'
import { LevelMark } from '~/ui/level-mark.tsx'
import { formatCount, formatExact } from '~/ui/number-text.ts'
import { Sparkline } from '~/ui/sparkline.tsx'
import { StatusMark } from '~/ui/status-mark.tsx'
import { useNow } from '~/ui/use-now.ts'
import { attentionOf } from './attention.ts'
import { splitTitle } from './issue-title.ts'

/** Shared by the heading above the rows and by each row, so that columns line up. */
export const ROW_GRID =
  'grid items-center gap-x-3 px-3 grid-cols-[1.25rem_minmax(0,1fr)_auto] md:grid-cols-[1.25rem_minmax(0,1fr)_7.5rem_4.5rem_4rem_4.5rem_4.5rem]'

type IssueRowProps = {
  issue: Issue
  org: string
  project: string
  isSelected: boolean
  onSelect: (selected: boolean) => void
  onFocus: () => void
  linkRef: (link: HTMLAnchorElement | null) => void
}

export function IssueRow({ issue, org, project, isSelected, ...props }: IssueRowProps) {
  const { isNew, isRising, isUrgent } = attentionOf(issue, useNow())
  const [kind, says] = splitTitle(issue)
  const series = issue.stats?.['24h'] ?? []
  const loud = isUrgent ? 'text-kumo-danger' : 'text-kumo-subtle'
  return (
    <li
      className={`${ROW_GRID} relative min-h-[60px] py-2 focus-within:bg-kumo-tint hover:bg-kumo-tint ${
        isUrgent ? 'bg-kumo-danger-tint shadow-[inset_3px_0_0_var(--color-kumo-danger)]' : ''
      } ${isSelected ? 'bg-kumo-info-tint' : ''}`}
    >
      <div className="relative z-10 self-start pt-0.5">
        <Checkbox
          aria-label={`Select ${issue.shortId}`}
          checked={isSelected}
          onCheckedChange={(checked) => props.onSelect(checked === true)}
        />
      </div>
      <div className="min-w-0">
        <div className="flex min-w-0 items-center gap-2">
          <LevelMark level={issue.level} />
          <Link
            className="min-w-0 truncate font-semibold after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:rounded-sm focus-visible:after:ring-2 focus-visible:after:ring-kumo-brand focus-visible:after:ring-inset"
            onFocus={props.onFocus}
            params={{ org, project, issueId: issue.id }}
            ref={props.linkRef}
            to="/$org/$project/issues/$issueId"
          >
            {kind}
          </Link>
          <span className="hidden min-w-0 shrink-[3] truncate font-mono text-xs text-kumo-subtle sm:inline">
            {issue.culprit}
          </span>
        </div>
        {says !== undefined && (
          <p className="mt-0.5 truncate pl-4 text-sm" title={says}>
            {says}
          </p>
        )}
        <div className="mt-0.5 flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1 pl-4 text-xs text-kumo-subtle">
          <span className="font-mono">{issue.shortId}</span>
          {isNew && <Badge variant="blue">New</Badge>}
          {isRising && <Badge variant="warning">Rising</Badge>}
          {issue.isUnhandled === true && <Badge variant="outline">Unhandled</Badge>}
          <StatusMark status={issue.status} />
          {issue.logger && <span className="truncate">{issue.logger}</span>}
          <span className="md:hidden">{formatCount(issue.userCount)} users</span>
        </div>
      </div>
      <div className={`hidden md:block ${loud}`}>
        <Sparkline label={`Events of ${issue.shortId} in the last 24 hours`} series={series} />
      </div>
      <div className="self-start text-right md:self-center">
        <span
          className={`font-medium ${isUrgent ? 'text-kumo-danger' : ''}`}
          title={`${formatExact(Number(issue.count))} events`}
        >
          {formatCount(Number(issue.count))}
        </span>
        <Ago
          at={issue.lastSeen}
          className="relative z-10 block text-xs text-kumo-subtle md:hidden"
        />
      </div>
      <span className="hidden text-right md:block">{formatCount(issue.userCount)}</span>
      <Ago
        at={issue.lastSeen}
        className="relative z-10 hidden text-right text-sm text-kumo-subtle md:block"
      />
      <Ago
        at={issue.firstSeen}
        className="relative z-10 hidden text-right text-sm text-kumo-subtle md:block"
      />
    </li>
  )
}
