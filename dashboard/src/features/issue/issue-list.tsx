import { Checkbox } from '@cloudflare/kumo/components/checkbox'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { Issue, IssueStatus } from '#contract/issue.ts'
import type { ProjectPath } from '~/api/project.ts'
import { useHotkeys } from '~/ui/use-hotkeys.ts'
import { BulkActions } from './bulk-actions.tsx'
import { IssueRow, ROW_GRID } from './issue-row.tsx'
import { useChangeStatus } from './use-change-status.ts'

type IssueListProps = { path: ProjectPath; issues: Issue[] }

/** Rows with selection and keyboard. The cursor is the browser's own focus. */
export function IssueList({ path, issues }: IssueListProps) {
  const [selected, setSelected] = useState<Set<string>>(new Set())
  const links = useRef<(HTMLAnchorElement | null)[]>([])
  const cursor = useRef(-1)
  const change = useChangeStatus(path.org)
  const navigate = useNavigate()
  const chosen = issues.filter((issue) => selected.has(issue.id))

  const select = (id: string, on: boolean) => {
    const next = new Set(selected)
    if (on) next.add(id)
    else next.delete(id)
    setSelected(next)
  }
  const moveTo = (index: number) => {
    cursor.current = Math.max(0, Math.min(issues.length - 1, index))
    links.current[cursor.current]?.focus()
  }
  const changeAll = (list: Issue[], status: IssueStatus) => {
    setSelected(new Set())
    void change(list, status)
  }
  /** The selection if there is one, else the row under the cursor. */
  const changeCurrent = (status: IssueStatus) => {
    if (chosen.length > 0) return changeAll(chosen, status)
    const issue = issues[cursor.current]
    if (!issue) return
    void change([issue], status)
    const index = cursor.current
    // The row leaves this tab; the next one moves up into its place.
    requestAnimationFrame(() => moveTo(index))
  }
  useHotkeys({
    j: () => moveTo(cursor.current + 1),
    k: () => moveTo(cursor.current - 1),
    x: () => {
      const issue = issues[cursor.current]
      if (issue) select(issue.id, !selected.has(issue.id))
    },
    e: () => changeCurrent('resolved'),
    i: () => changeCurrent('ignored'),
    u: () => changeCurrent('unresolved'),
    Escape: () => setSelected(new Set()),
    Enter: () => {
      const issue = issues[cursor.current]
      if (!issue) return
      void navigate({
        to: '/$org/$project/issues/$issueId',
        params: { ...path, issueId: issue.id },
      })
    },
  })

  return (
    <div className="overflow-hidden rounded-lg bg-kumo-base ring-1 ring-kumo-line">
      <div className={`${ROW_GRID} min-h-9 border-b border-kumo-hairline text-xs text-kumo-subtle`}>
        <Checkbox
          aria-label="Select all rows"
          checked={chosen.length > 0 && chosen.length === issues.length}
          indeterminate={chosen.length > 0 && chosen.length < issues.length}
          onCheckedChange={(checked) =>
            setSelected(new Set(checked === true ? issues.map((issue) => issue.id) : []))
          }
        />
        {chosen.length > 0 ? (
          <BulkActions issues={chosen} onChange={(status) => changeAll(chosen, status)} />
        ) : (
          <>
            <span>Issue</span>
            <span className="hidden md:block">Last 24 hours</span>
            <span className="text-right">Events</span>
            <span className="hidden text-right md:block">Users</span>
            <span className="hidden text-right md:block">Last seen</span>
            <span className="hidden text-right md:block">First seen</span>
          </>
        )}
      </div>
      <ul className="divide-y divide-kumo-hairline">
        {issues.map((issue, index) => (
          <IssueRow
            isSelected={selected.has(issue.id)}
            issue={issue}
            key={issue.id}
            linkRef={(link) => {
              links.current[index] = link
            }}
            onFocus={() => {
              cursor.current = index
            }}
            onSelect={(on) => select(issue.id, on)}
            org={path.org}
            project={path.project}
          />
        ))}
      </ul>
    </div>
  )
}
