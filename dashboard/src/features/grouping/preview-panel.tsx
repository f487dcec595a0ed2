import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { GroupingPreview, PlannedGroup } from '#contract/grouping.ts'
import type { ProjectPath } from '~/api/project.ts'
import { Badge } from '~/ui/badge.tsx'
import { Button } from '~/ui/button.tsx'
import { formatCount, formatExact } from '~/ui/number-text.ts'
import { Panel } from '~/ui/panel.tsx'

type PreviewPanelProps = {
  path: ProjectPath
  preview: GroupingPreview
  days: number
  isBusy: boolean
  onContinue: () => void
  onApply: () => void
}

/** What a proposal would do: which issues become one, and which fall apart. */
export function PreviewPanel(props: PreviewPanelProps) {
  const { path, preview, days, isBusy, onContinue, onApply } = props
  const { summary, isComplete, events, groups } = preview
  return (
    <Panel
      actions={
        <Button disabled={isBusy} onClick={onApply} variant="primary">
          Apply to history
        </Button>
      }
      flush
      id="preview"
      note={`${formatExact(events)} events of the last ${days} days`}
      title="Preview"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-3 py-2.5">
        <p className="mr-auto text-base font-semibold">{summary}</p>
        {!isComplete && (
          <Button disabled={isBusy} onClick={onContinue}>
            Look at older events too
          </Button>
        )}
      </div>
      <ul aria-label="Issues afterwards" className="divide-y divide-kumo-hairline">
        {groups.map((group, i) => (
          <Group group={group} key={group.target ?? `new ${i}`} path={path} />
        ))}
      </ul>
    </Panel>
  )
}

function Group({ group, path }: { group: PlannedGroup; path: ProjectPath }) {
  const { target, shortId, title, count, issueCount, issues, arriving } = group
  const others = issues.filter(({ id }) => id !== target)
  const own = issues.find(({ id }) => id === target)
  const hidden = issueCount - issues.length
  return (
    <li className="border-t border-kumo-hairline px-3 py-2.5 first:border-t">
      <div className="flex items-baseline gap-3">
        <p className="min-w-0 flex-1 truncate text-sm font-medium">
          {target === null ? (
            <Badge>new</Badge>
          ) : (
            <IssueName id={target} path={path} shortId={shortId} />
          )}{' '}
          {title}
        </p>
        <p className="text-xs whitespace-nowrap text-kumo-subtle">
          {own && own.count !== count && `${formatCount(own.count)} → `}
          <span className="text-sm font-semibold text-kumo-default">{formatCount(count)}</span>
        </p>
      </div>
      <ul className="mt-1 space-y-0.5 border-l border-kumo-line pl-3 text-xs">
        {others.map((issue) => (
          <Line count={issue.count - issue.leaving} key={issue.id} words="joins">
            <IssueName id={issue.id} path={path} shortId={issue.shortId} /> {issue.title}
          </Line>
        ))}
        {hidden > 0 && <li className="text-kumo-subtle">and {hidden} more issues</li>}
        {arriving.map((line) => (
          <Line count={line.count} key={line.id} words="events come from">
            <IssueName id={line.id} path={path} shortId={line.shortId} /> {line.title}
          </Line>
        ))}
        {own !== undefined && own.leaving > 0 && (
          <Line count={own.leaving} words="events leave">
            for other issues
          </Line>
        )}
      </ul>
    </li>
  )
}

function Line({ count, words, children }: { count: number; words: string; children: ReactNode }) {
  return (
    <li className="flex items-baseline gap-2">
      <span className="shrink-0 text-kumo-subtle">{words}</span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <span className="shrink-0 text-kumo-subtle">{formatCount(count)}</span>
    </li>
  )
}

type IssueNameProps = { path: ProjectPath; id: string; shortId: string | null }

function IssueName({ path, id, shortId }: IssueNameProps) {
  return (
    <Link
      className="font-mono text-xs text-kumo-link hover:underline"
      params={{ ...path, issueId: id }}
      to="/$org/$project/issues/$issueId"
    >
      {shortId ?? id}
    </Link>
  )
}
