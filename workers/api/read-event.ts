import type { Context } from 'hono'

import type { PicketEvent } from '#domain/event/event.ts'
import { type EventRow, findNeighbours, readEvent } from '#store/event.ts'
import { findIssue } from '#store/issue.ts'
import type { ApiEnv } from './api-env.ts'
import { ApiError } from './on-error.ts'
import { showEvent } from './show-event.ts'

/** An event with its payload and its neighbours in the issue. One of a deleted issue is gone too. */
export async function openEvent(c: Context<ApiEnv>, row: EventRow, projectId: number) {
  const { stores } = c.var
  const issue = c.var.issue ?? (await findIssue(stores, row.issueId))
  if (!issue) throw new ApiError('not_found')
  const [{ event, sizeBytes }, neighbours] = await Promise.all([
    readEvent(stores, row),
    findNeighbours(stores, issue, row),
  ])
  return showEvent({ row, event, sizeBytes, neighbours }, projectId)
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
      const { event, sizeBytes } = await readEvent(c.var.stores, row)
      return showEvent({ row, event, sizeBytes, neighbours: ALONE }, projectId)
    }),
  )
}
