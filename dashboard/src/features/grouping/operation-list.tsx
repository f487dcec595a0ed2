import type { GroupingOperation } from '#contract/grouping.ts'
import { isUnderWay } from '~/api/regroup.ts'
import { Ago } from '~/ui/ago.tsx'
import { Button } from '~/ui/button.tsx'
import { formatExact } from '~/ui/number-text.ts'
import { Panel } from '~/ui/panel.tsx'

type OperationListProps = {
  operations: GroupingOperation[]
  onUndo: (operation: GroupingOperation) => void
}

/** What was regrouped, newest first; each can be taken back. */
export function OperationList({ operations, onUndo }: OperationListProps) {
  return (
    <Panel flush id="operations" note="merges, unmerges, rules" title="History">
      {operations.length === 0 && (
        <p className="px-3 py-2 text-sm text-kumo-subtle">
          Nothing was regrouped yet. What is will stand here, and can be undone.
        </p>
      )}
      <ul className="divide-y divide-kumo-hairline">
        {operations.map((operation) => (
          <li className="flex items-center gap-3 px-3 py-2" key={operation.id}>
            <div className="min-w-0 flex-1">
              <p className="truncate text-sm">
                <span className="font-medium">{KINDS[operation.kind]}</span> {operation.title}
              </p>
              <p className="text-xs text-kumo-subtle" role="status">
                <Ago at={operation.dateCreated} /> · {stateText(operation)}
              </p>
            </div>
            {canUndo(operation) && (
              <Button onClick={() => onUndo(operation)} size="xs">
                {operation.kind === 'undo' ? 'Redo' : 'Undo'}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const KINDS = {
  merge: 'Merged',
  unmerge: 'Unmerged',
  regroup: 'Regrouped by',
  undo: 'Undone:',
} as const

function canUndo({ state, progress }: GroupingOperation): boolean {
  return state === 'done' || (state === 'failed' && progress !== null)
}

const PHASES: Record<string, string> = {
  scan: 'looking at stored events',
  link: 'joining issues',
  move: 'moving events',
  count: 'counting',
  unmove: 'moving events back',
  unlink: 'parting issues',
  clean: 'tidying up',
}

function stateText(operation: GroupingOperation): string {
  const { state, progress } = operation
  if (state === 'undone') return 'taken back'
  if (state === 'failed') return progress?.error ?? 'it failed'
  if (!isUnderWay(operation) || !progress) return 'done'
  const looked = progress.rows > 0 ? `, ${formatExact(progress.rows)} rows so far` : ''
  return `${PHASES[progress.phase] ?? progress.phase}${looked}…`
}
