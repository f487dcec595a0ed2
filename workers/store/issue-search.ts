import type { EventCondition } from '#domain/search/event-condition.ts'
import { possibleStatuses } from '#domain/search/is-word.ts'
import type { IssueCondition } from '#domain/search/issue-condition.ts'
import type { IssueRow } from './issue.ts'
import { issueCondition } from './issue-condition.ts'
import { type IssueFigures, matchIssueEvents, type TimeWindow } from './issue-events.ts'
import { type IssueOrder, issueScore, listIssues } from './issue-list.ts'
import type { Stores } from './stores.ts'

export interface IssueSearchQuery {
  projectIds: number[]
  issue: IssueCondition
  /** What one of an issue's events must be; null asks no event. */
  event: EventCondition | null
  /** Which events are asked. */
  window: TimeWindow
  order: IssueOrder
  limit: number
  after: { score: number; id: number } | null
  isBackward: boolean
}

export interface FoundIssue {
  issue: IssueRow
  /** Of the events that matched; null when no event was asked. */
  figures: IssueFigures | null
}

export interface FoundIssues {
  /** In the direction of reading: nearest to the start first. */
  found: FoundIssue[]
  hasMore: boolean
  /** How far was looked: where to go on when there is more. */
  end: { score: number; id: number } | null
}

const STATUSES = ['unresolved', 'resolved', 'ignored']
/** Candidates put to the month objects at once, and how often before a page may end short. */
const CANDIDATES = 100
const ROUNDS_MAX = 10

/**
 * A page of the issues that fulfil a search. What is asked of the issue itself, the database
 * answers; what is asked of events, the months of each candidate. So that a rare event does not
 * make one request walk a million issues, a page may end short and say where to go on.
 */
export async function searchIssues(stores: Stores, query: IssueSearchQuery): Promise<FoundIssues> {
  const { event, limit, order } = query
  const size = event ? CANDIDATES : limit
  const found: FoundIssue[] = []
  let end = query.after
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const read = await listIssues(stores, {
      projectIds: query.projectIds,
      statuses: possibleStatuses(query.issue, STATUSES),
      condition: issueCondition(query.issue),
      order,
      limit: size + 1,
      after: end,
      isBackward: query.isBackward,
    })
    const candidates = read.slice(0, size)
    const matched = event
      ? await matchEvents(stores, candidates, query.window, event)
      : candidates.map(unasked)
    for (const { issue, figures } of matched) {
      if (found.length === limit) return { found, hasMore: true, end }
      found.push({ issue, figures })
      end = { score: issueScore(issue, order), id: issue.id }
    }
    const final = candidates.at(-1)
    if (read.length <= size || !final) return { found, hasMore: false, end }
    if (found.length === limit) return { found, hasMore: true, end }
    end = { score: issueScore(final, order), id: final.id }
  }
  return { found, hasMore: true, end }
}

/** Figures of issues' events, for issues of several projects. */
export async function figuresOf(
  stores: Stores,
  issues: IssueRow[],
  window: TimeWindow,
  condition: EventCondition | null,
): Promise<Map<number, IssueFigures>> {
  const byProject = Map.groupBy(issues, ({ projectId }) => projectId)
  const answers = await Promise.all(
    [...byProject].map(([projectId, some]) =>
      matchIssueEvents(stores, projectId, some, window, condition),
    ),
  )
  return new Map(answers.flatMap((figures) => [...figures]))
}

async function matchEvents(
  stores: Stores,
  candidates: IssueRow[],
  window: TimeWindow,
  condition: EventCondition,
): Promise<FoundIssue[]> {
  const figures = await figuresOf(stores, candidates, window, condition)
  return candidates.flatMap((issue) => {
    const matched = figures.get(issue.id)
    return matched ? [{ issue, figures: matched }] : []
  })
}

function unasked(issue: IssueRow): FoundIssue {
  return { issue, figures: null }
}
