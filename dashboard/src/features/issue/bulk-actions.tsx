import type { Issue, IssueStatus } from '#contract/issue.ts'
import { Button } from '~/ui/button.tsx'
import { Icon } from '~/ui/icon.tsx'

type BulkActionsProps = {
  issues: Issue[]
  onChange: (status: IssueStatus) => void
  onMerge: () => void
}

/** What can be done to the selected rows; stands where the column names were. */
export function BulkActions({ issues, onChange, onMerge }: BulkActionsProps) {
  const can = (status: IssueStatus) => issues.some((issue) => issue.status !== status)
  return (
    <div className="col-span-2 flex items-center gap-1.5 py-1 md:col-span-6">
      <span className="mr-1 whitespace-nowrap text-kumo-default">{issues.length} selected</span>
      {can('resolved') && (
        <Button
          icon={<Icon name="check" size={14} />}
          onClick={() => onChange('resolved')}
          size="xs"
        >
          Resolve
        </Button>
      )}
      {can('ignored') && (
        <Button
          icon={<Icon name="bellOff" size={14} />}
          onClick={() => onChange('ignored')}
          size="xs"
        >
          Ignore
        </Button>
      )}
      {can('unresolved') && (
        <Button
          icon={<Icon name="reopen" size={14} />}
          onClick={() => onChange('unresolved')}
          size="xs"
        >
          Reopen
        </Button>
      )}
      {issues.length > 1 && (
        <Button icon={<Icon name="merge" size={14} />} onClick={onMerge} size="xs">
          Merge
        </Button>
      )}
    </div>
  )
}
