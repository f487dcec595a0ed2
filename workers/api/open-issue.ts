import type { Context } from 'hono'

import type { EventCondition } from '#domain/search/event-condition.ts'
import { listActivity } from '#store/activity.ts'
import { listActors } from '#store/actor.ts'
import { countIssueTags, matchIssueEvents } from '#store/issue-events.ts'
import { addPendingCounts } from '#store/pending-counts.ts'
import type { ApiEnv } from './api-env.ts'
import { countHoursOf, makeSeries } from './issue-stats.ts'
import { showActivities } from './show-activity.ts'
import { showIssue } from './show-issue.ts'

/** Rows of an issue's history in one answer. */
export const ACTIVITIES_MAX = 100

/**
 * The issue with everything its page shows besides its events. An environment scopes its counts,
 * its graphs and its tags; null scopes nothing.
 */
export async function openIssue(c: Context<ApiEnv>, environment: EventCondition | null) {
  const { stores, project, membership, now } = c.var
  const { organization } = membership
  const [issue = c.var.issue] = await addPendingCounts(stores, [c.var.issue], now)
  const [activities, actors, tags, { figures, hours }] = await Promise.all([
    listActivity(stores, issue.id, ACTIVITIES_MAX),
    issue.assignee ? listActors(stores, organization.id) : [],
    countIssueTags(stores, issue, { key: null, condition: environment }),
    environment ? figuresWithin(c, environment) : figuresOfAll(c),
  ])
  const shown = showIssue(
    issue,
    { origin: new URL(c.req.url).origin, project, organization },
    {
      actor: actors.find(({ key }) => key === issue.assignee) ?? null,
      figures,
      filtered: null,
      stats: { '24h': makeSeries('24h', hours, now), '30d': makeSeries('30d', hours, now) },
    },
  )
  return {
    ...shown,
    activity: showActivities(activities, issue),
    firstRelease: showRelease(issue.firstRelease),
    lastRelease: showRelease(issue.lastRelease ?? issue.firstRelease),
    tags: tags.map(({ key, total }) => ({ key, name: key, totalValues: total })),
    seenBy: [],
    participants: [],
    userReportCount: 0,
    pluginActions: [],
    pluginIssues: [],
    pluginContexts: [],
  }
}

/** The figures at rest and the hours of the longest graph. */
async function figuresOfAll({ var: { stores, issue, now } }: Context<ApiEnv>) {
  const hours = await countHoursOf(stores, [issue], '30d', now)
  return { figures: null, hours: hours.get(issue.id) }
}

async function figuresWithin(
  { var: { stores, issue, now } }: Context<ApiEnv>,
  environment: EventCondition,
) {
  const window = { since: 0, until: now + 1 }
  const matched = await matchIssueEvents(stores, issue.projectId, [issue], window, environment)
  const figures = matched.get(issue.id) ?? NO_FIGURES
  return { figures, hours: matched.get(issue.id)?.hours }
}

const NO_FIGURES = { count: 0, userCount: 0, firstSeenAt: null, lastSeenAt: null }

function showRelease(version: string | null) {
  return version === null ? null : { version, shortVersion: version }
}
