import type { MovedEvents, RegroupGroup } from '#domain/grouping/regroup/plan-regroup.ts'
import { formatShortId } from '#domain/issue/short-id.ts'
import type { StoredPlan } from '#store/regroup-plan.ts'

/** Groups and, in each, issues that one answer shows; figures count them all. */
const GROUPS_MAX = 200
const ISSUES_MAX = 50

/** The issues a plan leads to, largest first, and what becomes part of each. */
export function showPlan({ groups, issues }: StoredPlan, slug: string) {
  const sorted = [...groups].sort((a, b) => b.count - a.count)
  return sorted.slice(0, GROUPS_MAX).map((group) => showGroup(group))

  function showGroup({ target, issues: ids, arriving, leaving, count }: RegroupGroup) {
    const known = target === null ? undefined : issues.get(target)
    return {
      target: target === null ? null : String(target),
      shortId: known ? formatShortId(slug, known.shortNumber) : null,
      title: known?.title ?? newest(arriving)?.title ?? '',
      count,
      issueCount: ids.length,
      issues: ids.slice(0, ISSUES_MAX).flatMap((id) => {
        const issue = issues.get(id)
        if (!issue) return []
        const gone = leaving.filter(({ from }) => from === id)
        return {
          id: String(id),
          shortId: formatShortId(slug, issue.shortNumber),
          title: issue.title,
          count: issue.count,
          leaving: gone.reduce((sum, line) => sum + line.count, 0),
        }
      }),
      arriving: [...Map.groupBy(arriving, ({ from }) => from)]
        .slice(0, ISSUES_MAX)
        .map(([from, lines]) => {
          const issue = issues.get(from)
          return {
            id: String(from),
            shortId: issue ? formatShortId(slug, issue.shortNumber) : null,
            title: newest(lines)?.title ?? '',
            count: lines.reduce((sum, line) => sum + line.count, 0),
          }
        }),
    }
  }
}

function newest(lines: MovedEvents[]): MovedEvents | undefined {
  return [...lines].sort((a, b) => b.lastAt - a.lastAt)[0]
}
