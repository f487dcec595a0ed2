import { useState } from 'react'
import type { IssueTag, TagValueShare } from '#contract/issue-tag.ts'
import { formatCount, formatShare } from '~/ui/number-text.ts'
import { Panel } from '~/ui/panel.tsx'

/** How many tags, and how many values of each, are shown at a glance. */
const TAGS_SHOWN = 6
const VALUES_SHOWN = 4

/** Which values the issue's events carry, and how often: where it happens, at a glance. */
export function TagShares({ tags }: { tags: IssueTag[] }) {
  const [showAll, setShowAll] = useState(false)
  if (tags.length === 0) return null
  const shown = showAll ? tags : tags.slice(0, TAGS_SHOWN)
  return (
    <Panel flush id="tag-shares" note="over all events" title="Tags">
      <div className="divide-y divide-kumo-hairline">
        {shown.map((tag) => (
          <TagShare key={tag.key} tag={tag} />
        ))}
      </div>
      {tags.length > shown.length && (
        <button
          className="w-full cursor-pointer border-t border-kumo-hairline px-3 py-2 text-left text-xs text-kumo-link hover:bg-kumo-tint"
          onClick={() => setShowAll(true)}
          type="button"
        >
          Show {tags.length - shown.length} more
        </button>
      )}
    </Panel>
  )
}

function TagShare({ tag }: { tag: IssueTag }) {
  const values = tag.topValues.slice(0, VALUES_SHOWN)
  const others = tag.totalValues - values.reduce((sum, { count }) => sum + count, 0)
  return (
    <section className="px-3 py-2">
      <h3 className="mb-1 truncate font-mono text-xs text-kumo-subtle" title={tag.key}>
        {tag.key}
      </h3>
      <ul className="space-y-0.5">
        {values.map((share) => (
          <ShareLine key={share.value} share={share} total={tag.totalValues} />
        ))}
        {others > 0 && (
          <ShareLine isFaint share={{ value: 'other', count: others }} total={tag.totalValues} />
        )}
      </ul>
    </section>
  )
}

type ShareLineProps = { share: TagValueShare; total: number; isFaint?: boolean }

function ShareLine({ share, total, isFaint = false }: ShareLineProps) {
  const value = share.value || '(empty)'
  return (
    <li
      className={`relative flex gap-3 rounded-sm px-1.5 text-xs leading-5 ${isFaint ? 'text-kumo-subtle italic' : ''}`}
      title={`${value}\n${formatCount(share.count)} of ${formatCount(total)} events`}
    >
      <span
        aria-hidden="true"
        className="absolute inset-y-0 left-0 rounded-sm bg-kumo-fill"
        style={{ width: `${Math.min(100, (share.count / Math.max(1, total)) * 100)}%` }}
      />
      <span className="relative min-w-0 flex-1 truncate">{value}</span>
      <span className="relative">{formatShare(share.count, total)}</span>
    </li>
  )
}
