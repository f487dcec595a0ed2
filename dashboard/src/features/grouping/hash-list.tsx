import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { IssueHash } from '#contract/grouping.ts'
import { issueHashes } from '~/api/grouping.ts'
import type { ProjectPath } from '~/api/project.ts'
import { Ago } from '~/ui/ago.tsx'
import { Button } from '~/ui/button.tsx'
import { CheckBox } from '~/ui/check-box.tsx'
import { formatCount } from '~/ui/number-text.ts'
import { useRegroup } from './use-regroup.ts'

/** The hashes that lead to the issue. With more than one, some may be taken out. */
export function HashList({ path, issueId }: { path: ProjectPath; issueId: string }) {
  const { data: hashes } = useQuery(issueHashes(path.org, issueId))
  const { unmergeHashes } = useRegroup(path)
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  if (!hashes) return null
  const chosen = hashes.filter(({ id }) => picked.has(id))
  const pick = (id: string, isPicked: boolean) => {
    const next = new Set(picked)
    if (isPicked) next.add(id)
    else next.delete(id)
    setPicked(next)
  }
  const leave = async () => {
    await unmergeHashes(
      issueId,
      chosen.map(({ id }) => id),
    )
    setPicked(new Set())
  }
  return (
    <section aria-label="Hashes" className="border-t border-kumo-hairline">
      <header className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
        <h3 className="text-xs font-semibold">
          {hashes.length === 1 ? 'One hash leads here' : `${hashes.length} hashes lead here`}
        </h3>
        {chosen.length > 0 && chosen.length < hashes.length && (
          <Button onClick={() => void leave()} size="xs">
            Unmerge {chosen.length}
          </Button>
        )}
        {chosen.length > 0 && chosen.length === hashes.length && (
          <span className="text-xs text-kumo-subtle">One at least must stay.</span>
        )}
      </header>
      <ul>
        {hashes.map((hash) => (
          <HashRow
            hash={hash}
            isPicked={picked.has(hash.id)}
            key={hash.id}
            onPick={hashes.length > 1 ? (isPicked) => pick(hash.id, isPicked) : null}
          />
        ))}
      </ul>
    </section>
  )
}

type HashRowProps = {
  hash: IssueHash
  isPicked: boolean
  /** Null when there is nothing to choose from. */
  onPick: ((isPicked: boolean) => void) | null
}

function HashRow({ hash, isPicked, onPick }: HashRowProps) {
  const { id, count, lastSeen, latestEvent } = hash
  return (
    <li className="flex items-center gap-3 border-t border-kumo-hairline px-3 py-1.5">
      {onPick && <CheckBox checked={isPicked} label={`Select hash ${id}`} onChange={onPick} />}
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm">{latestEvent?.title || 'No event is kept of it'}</p>
        <p className="truncate font-mono text-xs text-kumo-subtle">{id}</p>
      </div>
      <p className="text-right text-xs whitespace-nowrap text-kumo-subtle">
        <span className="block text-kumo-default">
          {formatCount(count)} {count === 1 ? 'event' : 'events'}
        </span>
        {lastSeen !== null && <Ago at={lastSeen} />}
      </p>
    </li>
  )
}
