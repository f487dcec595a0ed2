import type { Project } from '#contract/project.ts'
import type { OrganizationRow } from '#store/membership.ts'
import type { ProjectRow } from '#store/project.ts'
import type { TeamRow } from '#store/team.ts'
import type { Membership } from './api-env.ts'
import { isoDate, isoDateOrNull } from './date.ts'
import { showFilters } from './filter-change.ts'
import { readProjectOptions } from './read-project-options.ts'
import { showScrubbing } from './scrubbing-change.ts'

/** What clients look for and no project of ours has yet. All keys must be there (§5). */
const ABSENT = {
  firstTransactionEvent: false,
  hasFeedbacks: false,
  hasFlags: false,
  hasMinifiedStackTrace: false,
  hasMonitors: false,
  hasNewFeedbacks: false,
  hasProfiles: false,
  hasReplays: false,
  hasSessions: false,
  hasLogs: false,
  hasTraceMetrics: false,
  hasUserReports: false,
  hasInsightsHttp: false,
  hasInsightsDb: false,
  hasInsightsAssets: false,
  hasInsightsAppStart: false,
  hasInsightsScreenLoad: false,
  hasInsightsVitals: false,
  hasInsightsCaches: false,
  hasInsightsQueues: false,
  hasInsightsAgentMonitoring: false,
  hasInsightsMCP: false,
}

/** A project as lists give it. `teams` are its organization's, perhaps among others. */
export function showProject(
  project: ProjectRow,
  { organization, scopes }: Membership,
  teams: TeamRow[],
): Project {
  const own = teams.find(({ id }) => id === project.teamId)
  const team = own ? showTeamName(own) : null
  return {
    id: String(project.id),
    slug: project.slug,
    name: project.name,
    platform: project.platform,
    dateCreated: isoDate(project.createdAt),
    firstEvent: isoDateOrNull(project.firstEventAt),
    organization: showOrganizationName(organization),
    isBookmarked: false,
    isMember: true,
    hasAccess: true,
    access: [...scopes].sort(),
    features: [],
    team,
    teams: team ? [team] : [],
    platforms: project.platform === null ? [] : [project.platform],
    environments: [],
    latestRelease: null,
    ...ABSENT,
  }
}

/** A project as its own page gives it: the settings too. */
export function showProjectDetail(project: ProjectRow, membership: Membership, teams: TeamRow[]) {
  const options = readProjectOptions(project)
  const { scrubbing, filters, rateLimit, grouping } = options
  return {
    ...showProject(project, membership, teams),
    status: 'active',
    isPublic: false,
    isInternal: false,
    color: '#3f70bf',
    avatar: { avatarType: 'letter_avatar', avatarUuid: null, avatarUrl: null },
    ...showScrubbing(scrubbing, 'project'),
    options: showFilters(filters),
    rateLimit: rateLimit && { window: rateLimit.windowSeconds, count: rateLimit.count },
    retention: project.retention,
    groupingConfig: grouping.id,
    groupingEnhancements: grouping.enhancements,
    fingerprintingRules: grouping.fingerprinting,
    secondaryGroupingConfig: grouping.secondary?.id ?? null,
    secondaryGroupingExpiry: grouping.secondary ? Math.floor(grouping.secondary.until / 1000) : 0,
    resolveAge: 0,
    subjectPrefix: '',
    allowedDomains: ['*'],
    processingIssues: 0,
  }
}

function showOrganizationName({ id, slug, name }: OrganizationRow) {
  return { id: String(id), slug, name }
}

/** A team inside another answer. */
export function showTeamName({ id, slug, name }: TeamRow) {
  return { id: String(id), slug, name }
}

/** A project inside another answer. */
export function showProjectName({ id, slug, name, platform }: ProjectRow) {
  return { id: String(id), slug, name, platform }
}
