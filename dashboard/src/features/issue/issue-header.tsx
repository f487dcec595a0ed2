import type { Issue, IssueStatus } from '#contract/issue.ts'
import { Badge } from '~/ui/badge.tsx'
import { Button } from '~/ui/button.tsx'
import { Icon, type IconName } from '~/ui/icon.tsx'
import { LevelMark } from '~/ui/level-mark.tsx'
import { StatusMark } from '~/ui/status-mark.tsx'
import { useCommands } from '~/ui/use-commands.ts'
import { splitTitle } from './issue-title.ts'
import { useChangeStatus } from './use-change-status.ts'

const COMMANDS: { name: string; key: string; icon: IconName; to: IssueStatus }[] = [
  { name: 'Resolve this issue', key: 'e', icon: 'check', to: 'resolved' },
  { name: 'Ignore this issue', key: 'i', icon: 'bellOff', to: 'ignored' },
  { name: 'Reopen this issue', key: 'u', icon: 'reopen', to: 'unresolved' },
]

/** Name and state of one issue, with the buttons that change the state. */
export function IssueHeader({ issue, org }: { issue: Issue; org: string }) {
  const change = useChangeStatus(org)
  const [kind, says] = splitTitle(issue)
  const set = (status: IssueStatus) => () => void change([issue], status)
  useCommands(
    COMMANDS.filter(({ to }) => to !== issue.status).map((each) => ({
      ...each,
      run: set(each.to),
    })),
  )
  return (
    <header className="flex flex-col gap-3 md:flex-row md:items-start">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-kumo-subtle">
          <LevelMark level={issue.level} />
          <span>{issue.level}</span>
          <span className="font-mono">{issue.shortId}</span>
          <StatusMark status={issue.status} />
          {issue.isUnhandled === true && <Badge tone="bad">Unhandled</Badge>}
          {issue.logger && <span className="wrap-anywhere">{issue.logger}</span>}
        </div>
        <h1
          className="mt-1 line-clamp-3 text-lg leading-snug font-semibold wrap-anywhere"
          title={kind}
        >
          {kind}
        </h1>
        {says !== undefined && (
          <p className="line-clamp-4 wrap-anywhere whitespace-pre-wrap">{says}</p>
        )}
        {issue.culprit && (
          <p className="mt-0.5 font-mono text-xs wrap-anywhere text-kumo-subtle">{issue.culprit}</p>
        )}
      </div>
      <div className="flex shrink-0 gap-1.5">
        {issue.status === 'unresolved' ? (
          <>
            <Button
              icon={<Icon name="check" size={14} />}
              onClick={set('resolved')}
              title="Resolve (e)"
              variant="primary"
            >
              Resolve
            </Button>
            <Button
              icon={<Icon name="bellOff" size={14} />}
              onClick={set('ignored')}
              title="Ignore (i)"
            >
              Ignore
            </Button>
          </>
        ) : (
          <Button
            icon={<Icon name="reopen" size={14} />}
            onClick={set('unresolved')}
            title="Reopen (u)"
          >
            Reopen
          </Button>
        )}
      </div>
    </header>
  )
}
