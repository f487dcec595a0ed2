import type { ActivityRow } from '#store/activity.ts'
import type { IssueRow } from '#store/issue.ts'
import { isoDate } from './date.ts'
import { readObject } from './read-object.ts'
import { showUser } from './show-user.ts'

/** An issue's history, newest first, down to the day it was first seen. */
export function showActivities(rows: ActivityRow[], issue: IssueRow) {
  const firstSeen = {
    id: '0',
    type: 'first_seen',
    user: null,
    data: {},
    dateCreated: isoDate(issue.firstSeenAt),
  }
  return [...rows.map(showActivity), firstSeen]
}

function showActivity({ id, type, data, createdAt, user }: ActivityRow) {
  return {
    id: String(id),
    type,
    user: user && showUser(user),
    data: readObject(data),
    dateCreated: isoDate(createdAt),
  }
}
