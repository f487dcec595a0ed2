import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { IssueTag, TagValueShare } from '#contract/issue-tag.ts'
import type { ProjectPath } from '~/api/project.ts'
import { tagTerm } from '~/api/search-term.ts'
import { FieldList } from '~/ui/field-list.tsx'
import { formatExact, formatShare } from '~/ui/number-text.ts'
import { Panel } from '~/ui/panel.tsx'

/** How many tags, and how many values of each, are shown at a glance. */
const TAGS_SHOWN = 6
const VALUES_SHOWN = 4

type TagSharesProps = { tags: IssueTag[]; path: ProjectPath; events: number }

/**
 * Which values the issue's events carry, and how often: where it happens, at a glance. Tags that
 * differ come as shares; those that are the same in every event are only named.
 */
export function TagShares({ tags, path, events }: TagSharesProps) {
  const [showAll, setShowAll] = useState(false)
  const isSame = ({ topValues, totalValues }: IssueTag) =>
    topValues.length === 1 && totalValues >= events
  const different = tags.filter((tag) => !isSame(tag))
  const same = tags.filter(isSame)
  if (tags.length === 0 || events < 2) return null
  const shown = showAll ? different : different.slice(0, TAGS_SHOWN)
  return (
    <Panel flush id="tag-shares" note={`over ${formatExact(events)} events`} title="Tags">
      <div className="divide-y divide-kumo-hairline">
        {shown.map((tag) => (
          <TagShare key={tag.key} path={path} tag={tag} />
        ))}
        {different.length > shown.length && (
          <button
            className="w-full cursor-pointer px-3 py-2 text-left text-xs text-kumo-link hover:bg-kumo-tint"
            onClick={() => setShowAll(true)}
            type="button"
          >
            Show {different.length - shown.length} more
          </button>
        )}
        {same.length > 0 && (
          <details className="group px-3 py-2" open={different.length === 0}>
            <summary className="text-xs text-kumo-subtle hover:text-kumo-default">
              <span className="mr-1 inline-block transition-transform group-open:rotate-90">›</span>
              The same in every event: {same.length}
            </summary>
            <FieldList pairs={same.map(({ key, topValues }) => [key, topValues[0]?.value])} />
          </details>
        )}
      </div>
    </Panel>
  )
}

function TagShare({ tag, path }: { tag: IssueTag; path: ProjectPath }) {
  const values = tag.topValues.slice(0, VALUES_SHOWN)
  const others = tag.totalValues - values.reduce((sum, { count }) => sum + count, 0)
  return (
    <section className="px-3 py-2">
      <h3 className="mb-1 truncate font-mono text-xs text-kumo-subtle" title={tag.key}>
        {tag.key}
      </h3>
      <ul className="space-y-0.5">
        {values.map((share) => (
          <ShareLine key={share.value} path={path} share={share} tag={tag} />
        ))}
        {others > 0 && <ShareLine share={{ value: 'others', count: others }} tag={tag} />}
      </ul>
    </section>
  )
}

/** Without `path` it stands for many values, and leads nowhere. */
type ShareLineProps = { share: TagValueShare; tag: IssueTag; path?: ProjectPath }

function ShareLine({ share, tag, path }: ShareLineProps) {
  const value = share.value || '(empty)'
  const term = path && tagTerm(tag.key, share.value)
  return (
    <li
      className={`relative flex gap-3 rounded-sm px-1.5 text-xs leading-5 ${path ? '' : 'text-kumo-subtle italic'}`}
      title={`${value}\n${formatExact(share.count)} of ${formatExact(tag.totalValues)} events`}
    >
      <span
        aria-hidden="true"
        className="absolute inset-y-0 left-0 rounded-sm bg-kumo-fill"
        style={{ width: `${Math.min(100, (share.count / Math.max(1, tag.totalValues)) * 100)}%` }}
      />
      {path && term !== undefined ? (
        <Link
          className="relative min-w-0 flex-1 truncate hover:underline"
          params={path}
          search={{ query: term }}
          to="/$org/$project"
        >
          {value}
        </Link>
      ) : (
        <span className="relative min-w-0 flex-1 truncate">{value}</span>
      )}
      <span className="relative">{formatShare(share.count, tag.totalValues)}</span>
    </li>
  )
}
