import { Badge } from '@cloudflare/kumo/components/badge'
import { Button } from '@cloudflare/kumo/components/button'
import type { Issue, IssueStatus } from '#contract/issue.ts'
import { Icon } from '~/ui/icon.tsx'
import { LevelMark } from '~/ui/level-mark.tsx'
import { StatusMark } from '~/ui/status-mark.tsx'
import { useHotkeys } from '~/ui/use-hotkeys.ts'
import { splitTitle } from './issue-title.ts'
import { useChangeStatus } from './use-change-status.ts'

/** Name and state of one issue, with the buttons that change the state. */
export function IssueHeader({ issue, org }: { issue: Issue; org: string }) {
  const change = useChangeStatus(org)
  const [kind, says] = splitTitle(issue)
  const set = (status: IssueStatus) => void change([issue], status)
  useHotkeys({
    e: () => set(issue.status === 'resolved' ? 'unresolved' : 'resolved'),
    i: () => set(issue.status === 'ignored' ? 'unresolved' : 'ignored'),
    u: () => set('unresolved'),
  })
  return (
    <header className="flex flex-col gap-3 md:flex-row md:items-start">
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-kumo-subtle">
          <LevelMark level={issue.level} />
          <span>{issue.level}</span>
          <span className="font-mono">{issue.shortId}</span>
          <StatusMark status={issue.status} />
          {issue.isUnhandled === true && <Badge variant="error">Unhandled</Badge>}
          {issue.logger && <span>{issue.logger}</span>}
        </div>
        <h1 className="mt-1 text-lg leading-snug font-semibold wrap-anywhere">{kind}</h1>
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
              onClick={() => set('resolved')}
              size="sm"
              title="Resolve (e)"
              variant="primary"
            >
              Resolve
            </Button>
            <Button
              icon={<Icon name="bellOff" size={14} />}
              onClick={() => set('ignored')}
              size="sm"
              title="Ignore (i)"
            >
              Ignore
            </Button>
          </>
        ) : (
          <Button
            icon={<Icon name="reopen" size={14} />}
            onClick={() => set('unresolved')}
            size="sm"
            title="Reopen (u)"
          >
            Reopen
          </Button>
        )}
      </div>
    </header>
  )
}
