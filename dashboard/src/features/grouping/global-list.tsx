import { Link } from '@tanstack/react-router'
import type { GlobalIssue } from '#contract/grouping.ts'
import { Ago } from '~/ui/ago.tsx'
import { LevelMark } from '~/ui/level-mark.tsx'
import { formatCount } from '~/ui/number-text.ts'
import { Panel } from '~/ui/panel.tsx'

/** Errors that happen in several projects, each with its share per project. */
export function GlobalList({ org, groups }: { org: string; groups: GlobalIssue[] }) {
  return (
    <Panel flush note={`${groups.length} that span projects`} title="One error, several projects">
      <ul className="divide-y divide-kumo-hairline">
        {groups.map((group) => (
          <li className="px-3 py-2.5" key={group.id}>
            <div className="flex items-baseline gap-2">
              <LevelMark level={group.level} />
              <p className="min-w-0 flex-1 truncate text-sm font-medium">{group.title}</p>
              <p className="text-xs whitespace-nowrap text-kumo-subtle">
                <Ago at={group.lastSeen} />
              </p>
              <p className="text-sm font-semibold">{formatCount(group.count)}</p>
            </div>
            <ul className="mt-1.5 flex flex-wrap gap-1.5">
              {group.projects.map(({ project, count, issues }) => (
                <li key={project.slug}>
                  <Link
                    className="inline-flex items-center gap-1.5 rounded-md px-2 py-0.5 text-xs ring ring-kumo-line hover:bg-kumo-tint"
                    params={{ org, project: project.slug, issueId: issues[0]?.id ?? '' }}
                    to="/$org/$project/issues/$issueId"
                  >
                    {project.name}
                    <span className="text-kumo-subtle">{formatCount(count)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
