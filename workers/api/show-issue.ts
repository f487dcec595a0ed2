import { type Issue, Level, type StatSeries } from '#contract/issue.ts'
import { formatShortId } from '#domain/issue/short-id.ts'
import type { ActorRow } from '#store/actor.ts'
import type { IssueRow } from '#store/issue.ts'
import type { OrganizationRow } from '#store/membership.ts'
import type { ProjectRow } from '#store/project.ts'
import { showActor } from './actor.ts'
import { isoDateOrNull } from './date.ts'
import { readObject } from './read-object.ts'
import { showProjectName } from './show-project.ts'

/** Where an issue is shown: everything its row does not say itself. */
export interface IssuePlace {
  organization: OrganizationRow
  project: ProjectRow
  /** As in `https://picket.example`. */
  origin: string
}

/** Counts of some of an issue's events; without any there are no times. Unix ms. */
interface Figures {
  count: number
  userCount: number
  firstSeenAt: number | null
  lastSeenAt: number | null
}

/** What an answer knows of an issue besides its row. */
export interface IssueExtras {
  actor: ActorRow | null
  /** Of the asked window and environments; null where the row's own figures are the answer. */
  figures: Figures | null
  /** Of the events the query asked for. */
  filtered: Figures | null
  stats: Record<string, StatSeries> | null
}

/** An issue as lists give it. `count` is a string because clients expect one. */
export function showIssue(issue: IssueRow, place: IssuePlace, extras: IssueExtras) {
  const { project } = place
  const { actor, figures, filtered, stats } = extras
  return {
    id: String(issue.id),
    shortId: formatShortId(project.slug, issue.shortNumber),
    shareId: null,
    title: issue.title,
    culprit: issue.culprit,
    permalink: permalink(issue, place),
    logger: issue.logger || null,
    level: showLevel(issue.level),
    status: issue.status,
    statusDetails: readObject(issue.statusDetails),
    substatus: issue.substatus,
    isPublic: false,
    platform: issue.platform,
    priority: issue.priority ?? showPriority(issue.level),
    priorityLockedAt: null,
    project: showProjectName(project),
    type: issue.type,
    issueType: 'error',
    issueCategory: 'error',
    metadata: showMetadata(issue),
    numComments: 0,
    assignedTo: actor && showActor(actor),
    isBookmarked: false,
    isSubscribed: false,
    subscriptionDetails: null,
    hasSeen: true,
    annotations: [],
    isUnhandled: issue.isUnhandled,
    ...showFigures(figures ?? issue),
    lifetime: showFigures(issue),
    filtered: filtered && showFigures(filtered),
    ...(stats && { stats }),
  } satisfies Issue
}

function showFigures(figures: Figures) {
  return {
    count: String(figures.count),
    userCount: figures.userCount,
    firstSeen: isoDateOrNull(figures.firstSeenAt),
    lastSeen: isoDateOrNull(figures.lastSeenAt),
  }
}

export function permalink(issue: IssueRow, { origin, organization, project }: IssuePlace): string {
  return `${origin}/${organization.slug}/${project.slug}/issues/${issue.id}`
}

function showLevel(level: string): Issue['level'] {
  const known = Level.safeParse(level)
  return known.success ? known.data : 'unknown'
}

/** Errors and crashes first, as Sentry sorts new issues, until somebody says otherwise. */
function showPriority(level: string): 'high' | 'medium' | 'low' {
  if (level === 'error' || level === 'fatal') return 'high'
  return level === 'warning' ? 'medium' : 'low'
}

/** A client refuses a `title`, `location` or `value` that is not text (§0, trap 19). */
function showMetadata({ metadata, title }: IssueRow): Record<string, unknown> {
  const shown: [string, unknown][] = Object.entries({ title, ...readObject(metadata) })
  return Object.fromEntries(shown.filter(([, value]) => value !== null && value !== undefined))
}
