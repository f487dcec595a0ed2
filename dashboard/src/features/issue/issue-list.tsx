import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import type { Issue, IssueStatus } from '#contract/issue.ts'
import type { ProjectPath } from '~/api/project.ts'
import { CheckBox } from '~/ui/check-box.tsx'
import { useHotkeys } from '~/ui/use-hotkeys.ts'
import { BulkActions } from './bulk-actions.tsx'
import { IssueRow, ROW_GRID } from './issue-row.tsx'
import { useChangeStatus } from './use-change-status.ts'

type IssueListProps = {
  path: ProjectPath
  issues: Issue[]
  /** Joins these issues into one. */
  onMerge: (ids: string[]) => void
}

/**
 * Rows with selection and keyboard. The cursor is the browser's own focus, remembered by the
 * issue's id: the list may be sorted anew between two keys.
 */
export function IssueList({ path, issues, onMerge }: IssueListProps) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const links = useRef(new Map<string, HTMLAnchorElement>())
  const cursor = useRef<string>(undefined)
  /** Where the cursor's row stood when it was changed, until the list without it is there. */
  const leftAt = useRef<number>(undefined)
  const change = useChangeStatus(path.org)
  const navigate = useNavigate()
  const chosen = issues.filter((issue) => selected.has(issue.id))
  const current = () => issues.find(({ id }) => id === cursor.current)

  const focusRow = (index: number) => {
    const issue = issues[Math.max(0, Math.min(issues.length - 1, index))]
    if (issue) links.current.get(issue.id)?.focus()
  }
  const step = (by: 1 | -1) => {
    const at = issues.findIndex(({ id }) => id === cursor.current)
    focusRow(at === -1 ? 0 : at + by)
  }
  const select = (id: string, isSelected: boolean) => {
    const next = new Set(selected)
    if (isSelected) next.add(id)
    else next.delete(id)
    setSelected(next)
  }
  const changeAll = (list: Issue[], status: IssueStatus) => {
    setSelected(new Set())
    void change(list, status)
  }
  const mergeChosen = () => {
    if (chosen.length < 2) return
    setSelected(new Set())
    onMerge(chosen.map(({ id }) => id))
  }
  /** The selection if there is one, else the row under the cursor. */
  const changeCurrent = (status: IssueStatus) => {
    const issue = current()
    if (issue) leftAt.current = issues.indexOf(issue)
    if (chosen.length > 0) changeAll(chosen, status)
    else if (issue) void change([issue], status)
  }
  // A row that was changed may leave this tab; the next one moves up and takes the focus.
  useEffect(() => {
    const at = leftAt.current
    if (at === undefined || issues.some(({ id }) => id === cursor.current)) return
    leftAt.current = undefined
    const issue = issues[Math.min(issues.length - 1, at)]
    if (issue) links.current.get(issue.id)?.focus()
  }, [issues])
  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    x: () => {
      const issue = current()
      if (issue) select(issue.id, !selected.has(issue.id))
    },
    e: () => changeCurrent('resolved'),
    i: () => changeCurrent('ignored'),
    u: () => changeCurrent('unresolved'),
    m: mergeChosen,
    escape: () => setSelected(new Set()),
    enter: () => {
      const issue = current()
      if (!issue) return
      const params = { ...path, issueId: issue.id }
      void navigate({ to: '/$org/$project/issues/$issueId', params })
    },
  })

  return (
    <div className="overflow-hidden rounded-lg bg-kumo-base ring-1 ring-kumo-line">
      <div className={`${ROW_GRID} min-h-9 border-b border-kumo-hairline text-xs text-kumo-subtle`}>
        <CheckBox
          checked={chosen.length === issues.length}
          isMixed={chosen.length > 0 && chosen.length < issues.length}
          label="Select all rows"
          onChange={(isChecked) =>
            setSelected(new Set(isChecked ? issues.map((issue) => issue.id) : []))
          }
        />
        {chosen.length > 0 ? (
          <BulkActions
            issues={chosen}
            onChange={(status) => changeAll(chosen, status)}
            onMerge={mergeChosen}
          />
        ) : (
          <ColumnNames />
        )}
      </div>
      <ul className="divide-y divide-kumo-hairline">
        {issues.map((issue) => (
          <IssueRow
            isSelected={selected.has(issue.id)}
            issue={issue}
            key={issue.id}
            linkRef={(link) => {
              if (link) links.current.set(issue.id, link)
              else links.current.delete(issue.id)
            }}
            onFocus={() => {
              cursor.current = issue.id
            }}
            onSelect={(isSelected) => select(issue.id, isSelected)}
            org={path.org}
            project={path.project}
          />
        ))}
      </ul>
    </div>
  )
}

function ColumnNames() {
  return (
    <>
      <span>Issue</span>
      <span className="hidden md:block">Last 24 hours</span>
      <span className="text-right">Events</span>
      <span className="hidden text-right md:block">Users</span>
      <span className="hidden text-right md:block">Last seen</span>
      <span className="hidden text-right md:block">First seen</span>
    </>
  )
}
