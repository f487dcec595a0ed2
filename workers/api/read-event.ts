import type { Context } from 'hono'

import { describeEvent } from '#domain/event/describe-event.ts'
import type { PicketEvent } from '#domain/event/event.ts'
import { applyFrameChanges } from '#domain/grouping/apply-frame-changes.ts'
import { groupEvent } from '#domain/grouping/group-event.ts'
import { type EventRow, findNeighbours, readEvent } from '#store/event.ts'
import { listFeedbackOf } from '#store/feedback.ts'
import { loadGrouping } from '#store/grouping-config.ts'
import { findIssue } from '#store/issue.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { showEvent } from './show-event.ts'
import { showUserReport } from './show-user-report.ts'

/** People write about a crash when they see it; what comes later is in the list of reports. */
const ANSWERED_WITHIN_MS = 28 * 86_400_000

/** An event with its payload and its neighbours in the issue. One of a deleted issue is gone too. */
export async function openEvent(c: Context<ApiEnv>, row: EventRow, projectId: number) {
  const { stores, now } = c.var
  const issue = c.var.issue ?? (await findIssue(stores, row.issueId))
  if (!issue) throw new ApiError('not_found')
  const answered = { since: row.at, until: Math.min(now, row.at + ANSWERED_WITHIN_MS) }
  const [view, neighbours, [report]] = await Promise.all([
    viewEvent(c, row, projectId),
    findNeighbours(stores, issue, row),
    listFeedbackOf(stores, projectId, [row.eventId], answered),
  ])
  const userReport = report ? showUserReport(report) : null
  return { ...showEvent({ row, ...view, neighbours }, projectId), userReport }
}

/**
 * The event as the project's rules see it today: which frames are the app's own, their names in short,
 * and what the event is called. Made on reading, see docs/decisions/0007.
 */
async function viewEvent(c: Context<ApiEnv>, row: EventRow, projectId: number) {
  const { stores, now } = c.var
  const [{ event, sizeBytes }, { current }] = await Promise.all([
    readEvent(stores, row),
    loadGrouping(stores, projectId, now),
  ])
  const { frames, mainExceptionId, title } = groupEvent(event, current)
  const seen = applyFrameChanges(event, frames)
  const description = describeEvent(seen, mainExceptionId)
  return { event: seen, description: title ? { ...description, title } : description, sizeBytes }
}

/** The event as it rests, for who wants it whole. */
export async function openRawEvent(c: Context<ApiEnv>, row: EventRow): Promise<PicketEvent> {
  const { stores } = c.var
  const issue = await findIssue(stores, row.issueId)
  if (!issue) throw new ApiError('not_found')
  return (await readEvent(stores, row)).event
}

const ALONE = { previousEventId: null, nextEventId: null }

/** Full events for lists that ask for them (`full=1`); each reads one range. */
export function openEvents(c: Context<ApiEnv>, rows: EventRow[], projectId: number) {
  return Promise.all(
    rows.map(async (row) => {
      const view = await viewEvent(c, row, projectId)
      return showEvent({ row, ...view, neighbours: ALONE }, projectId)
    }),
  )
}
