import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { GroupingInfo, GroupingVariant } from '#contract/grouping.ts'
import { groupingInfo } from '~/api/grouping.ts'
import type { ProjectPath } from '~/api/project.ts'
import { Button } from '~/ui/button.tsx'
import { Panel } from '~/ui/panel.tsx'
import { GroupingTree } from './grouping-tree.tsx'
import { HashList } from './hash-list.tsx'

type GroupingPanelProps = { path: ProjectPath; issueId: string; eventId: string }

/** Why this event is in this issue. Asked for when somebody wants to know. */
export function GroupingPanel({ path, issueId, eventId }: GroupingPanelProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <Panel
      actions={
        <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} size="xs" variant="ghost">
          {isOpen ? 'Hide' : 'Explain'}
        </Button>
      }
      flush
      id="grouping"
      title="Why grouped"
    >
      {isOpen ? (
        <>
          <Explained eventId={eventId} path={path} />
          <HashList issueId={issueId} path={path} />
        </>
      ) : (
        <p className="px-3 py-2 text-sm text-kumo-subtle">
          What of this event decides where it belongs, what is ignored, and by which rule.
        </p>
      )}
    </Panel>
  )
}

function Explained({ path, eventId }: { path: ProjectPath; eventId: string }) {
  const { data: info, isError } = useQuery(groupingInfo(path, eventId))
  if (isError) {
    return (
      <p className="px-3 py-2 text-sm text-kumo-subtle">
        This could not be explained. Reload to try again.
      </p>
    )
  }
  if (!info) return <p className="px-3 py-2 text-sm text-kumo-subtle">Looking…</p>
  const variants = sortVariants(info)
  return (
    <>
      <ul className="space-y-1 px-3 py-2 text-sm">
        {info.summary.map((sentence) => (
          <li className="wrap-anywhere" key={sentence}>
            {sentence}
          </li>
        ))}
        <li className="text-xs text-kumo-subtle">
          By the version <span className="font-mono">{info.grouping_config}</span>.
        </li>
      </ul>
      {variants.map((variant) => (
        <Variant key={variant.key} variant={variant} />
      ))}
    </>
  )
}

/** What decides comes first. */
function sortVariants({ variants }: GroupingInfo): GroupingVariant[] {
  return Object.values(variants).sort((a, b) => Number(b.contributes) - Number(a.contributes))
}

function Variant({ variant }: { variant: GroupingVariant }) {
  const { description, contributes, hint, hash, hashMismatch, component, values } = variant
  return (
    <details className="border-t border-kumo-hairline" open={contributes}>
      <summary className="flex flex-wrap items-baseline gap-x-2 px-3 py-2 text-sm">
        <span className={contributes ? 'font-medium' : 'text-kumo-subtle'}>{description}</span>
        <span className="text-xs text-kumo-subtle">
          {contributes ? 'decides' : (hint ?? 'does not decide')}
        </span>
        {hash !== null && (
          <span className="font-mono text-xs wrap-anywhere text-kumo-subtle sm:ml-auto">
            {hash}
          </span>
        )}
      </summary>
      <div className="px-3 pb-3">
        {hashMismatch && (
          <p className="mb-1 text-xs text-kumo-warning">
            The issue does not have this hash: the project grouped in another way when the event
            came.
          </p>
        )}
        {values && (
          <p className="mb-1 text-xs wrap-anywhere">
            Fingerprint:{' '}
            {values.map((value, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a fingerprint may repeat a part
              <code className="mr-1 rounded bg-kumo-recessed px-1" key={i}>
                {value}
              </code>
            ))}
          </p>
        )}
        {component && <GroupingTree component={component} />}
      </div>
    </details>
  )
}
