import { type Issue, Level, type StatSeries } from '#contract/issue.ts'
import { formatShortId } from '#domain/issue/short-id.ts'
import type { IssueRow } from '#store/issue.ts'
import type { OrganizationRow } from '#store/membership.ts'
import type { ProjectRow } from '#store/project.ts'
import { isoDate } from './date.ts'
import { showProjectName } from './show-project.ts'

/** Where an issue is shown: everything its row does not say itself. */
export interface IssuePlace {
  organization: OrganizationRow
  project: ProjectRow
  /** As in `https://picket.example`. */
  origin: string
}

/** An issue as lists give it. `count` is a string because clients expect one. */
export function showIssue(issue: IssueRow, place: IssuePlace, stats?: Record<string, StatSeries>) {
  const { project } = place
  return {
    id: String(issue.id),
    shortId: formatShortId(project.slug, issue.shortNumber),
    shareId: null,
    title: issue.title,
    culprit: issue.culprit,
    permalink: permalink(issue, place),
    logger: issue.logger,
    level: showLevel(issue.level),
    status: issue.status,
    statusDetails: readObject(issue.statusDetails),
    substatus: issue.substatus,
    isPublic: false,
    platform: issue.platform,
    priority: showPriority(issue.level),
    priorityLockedAt: null,
    project: showProjectName(project),
    type: issue.type,
    issueType: 'error',
    issueCategory: 'error',
    metadata: showMetadata(issue),
    numComments: 0,
    assignedTo: null,
    isBookmarked: false,
    isSubscribed: false,
    subscriptionDetails: null,
    hasSeen: true,
    annotations: [],
    isUnhandled: issue.isUnhandled,
    count: String(issue.count),
    userCount: issue.userCount,
    firstSeen: isoDate(issue.firstSeenAt),
    lastSeen: isoDate(issue.lastSeenAt),
    ...(stats && { stats }),
  } satisfies Issue
}

export function permalink(issue: IssueRow, { origin, organization, project }: IssuePlace): string {
  return `${origin}/${organization.slug}/${project.slug}/issues/${issue.id}`
}

function showLevel(level: string): Issue['level'] {
  const known = Level.safeParse(level)
  return known.success ? known.data : 'unknown'
}

/** Errors and crashes first, as Sentry sorts new issues; nobody can change it yet. */
function showPriority(level: string): 'high' | 'medium' | 'low' {
  if (level === 'error' || level === 'fatal') return 'high'
  return level === 'warning' ? 'medium' : 'low'
}

/** A client refuses a `title`, `location` or `value` that is not text (§0, trap 19). */
function showMetadata({ metadata, title }: IssueRow): Record<string, unknown> {
  const shown: [string, unknown][] = Object.entries({ title, ...readObject(metadata) })
  return Object.fromEntries(shown.filter(([, value]) => value !== null && value !== undefined))
}

export function readObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
