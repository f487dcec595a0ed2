/** A change of status as it will rest on the issue. */
export interface StatusChange {
  status: 'unresolved' | 'resolved' | 'ignored'
  substatus: string | null
  /** Shown as `statusDetails`; what is absent does not hold. */
  details: ResolvedDetails & ArchivedDetails
}

/** At most one of the three: what the resolution waits for, or is bound to. */
export interface ResolvedDetails {
  inNextRelease?: true
  inRelease?: string
  inCommit?: { commit: string; repository: string }
}

/** What brings an archived issue back; windows are minutes. */
export interface ArchivedDetails {
  /** ISO 8601. */
  ignoreUntil?: string
  ignoreCount?: number
  ignoreWindow?: number
  ignoreUserCount?: number
  ignoreUserWindow?: number
}

/** What somebody asked for; numbers are minutes and counts. */
export interface StatusWish {
  status: 'unresolved' | 'resolved' | 'ignored'
  substatus?: string | null
  resolved?: ResolvedDetails
  ignoreDuration?: number | null
  ignoreCount?: number | null
  ignoreWindow?: number | null
  ignoreUserCount?: number | null
  ignoreUserWindow?: number | null
}

const ARCHIVED = ['archived_until_escalating', 'archived_until_condition_met', 'archived_forever']
const OPEN = ['new', 'ongoing', 'escalating', 'regressed']

/**
 * From a wish to a change (spec/web-api.md §7). A substatus that does not belong to the status
 * counts as none: archived issues wait for escalation or for the condition named, reopened ones go
 * on. `now` is Unix ms.
 */
export function changeStatus(wish: StatusWish, now: number): StatusChange {
  const { status, substatus } = wish
  if (status === 'resolved') return { status, substatus: null, details: wish.resolved ?? {} }
  if (status === 'unresolved') {
    const isOpen = typeof substatus === 'string' && OPEN.includes(substatus)
    return { status, substatus: isOpen ? substatus : 'ongoing', details: {} }
  }
  const isArchived = typeof substatus === 'string' && ARCHIVED.includes(substatus)
  const details = substatus === 'archived_forever' ? {} : archivedDetails(wish, now)
  const hasCondition = Object.keys(details).length > 0
  const implied = hasCondition ? 'archived_until_condition_met' : 'archived_until_escalating'
  return { status, substatus: isArchived && !hasCondition ? substatus : implied, details }
}

function archivedDetails(wish: StatusWish, now: number): ArchivedDetails {
  const details: ArchivedDetails = {}
  if (wish.ignoreDuration) {
    details.ignoreUntil = new Date(now + wish.ignoreDuration * 60_000).toISOString()
  }
  if (wish.ignoreCount) {
    details.ignoreCount = wish.ignoreCount
    if (wish.ignoreWindow) details.ignoreWindow = wish.ignoreWindow
  }
  if (wish.ignoreUserCount) {
    details.ignoreUserCount = wish.ignoreUserCount
    if (wish.ignoreUserWindow) details.ignoreUserWindow = wish.ignoreUserWindow
  }
  return details
}

/** How the change stands in the history, in Sentry's words. */
export function statusActivity({ status, substatus, details }: StatusChange): {
  type: string
  data: Record<string, unknown>
} {
  if (status === 'unresolved') return { type: 'set_unresolved', data: {} }
  if (status === 'ignored') return { type: 'set_ignored', data: { ...details, substatus } }
  const { inNextRelease, inRelease, inCommit } = details
  if (inRelease) return { type: 'set_resolved_in_release', data: { version: inRelease } }
  if (inNextRelease) return { type: 'set_resolved_in_release', data: { version: '' } }
  if (inCommit) return { type: 'set_resolved_in_commit', data: { ...inCommit } }
  return { type: 'set_resolved', data: {} }
}
