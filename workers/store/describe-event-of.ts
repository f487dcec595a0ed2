import type { GroupingConfig } from '#domain/grouping/grouping-config.ts'
import { describeIssue, type IssueDescription } from '#domain/issue/describe-issue.ts'
import { type EventRow, findEvent, readEvent } from './event.ts'
import { loadGrouping } from './grouping-config.ts'
import { findIssue, type IssueRow } from './issue.ts'
import type { NewIssue } from './new-issue.ts'
import type { JobGroup } from './regroup-job.ts'
import type { Stores } from './stores.ts'

/** The issue a group of moved events becomes: as its newest event says, else as the one it leaves. */
export async function describeEventOf(
  stores: Stores,
  projectId: number,
  { target, eventId, from }: JobGroup,
  { config, now }: { config: GroupingConfig | null; now: number },
): Promise<NewIssue> {
  const [row, origin] = await Promise.all([
    eventId === null ? null : findEvent(stores, projectId, eventId),
    from === null ? null : findIssue(stores, from),
  ])
  const described = row && (await describeRow(stores, projectId, row, { config, now }))
  return {
    ...UNKNOWN,
    ...(origin && pickDescription(origin)),
    ...described,
    id: target,
    status: origin?.status ?? 'unresolved',
    substatus: origin?.substatus ?? 'new',
    firstSeenAt: row?.at ?? now,
    lastSeenAt: row?.at ?? now,
  }
}

/** What an issue would look like if this event were its first. */
export async function describeRow(
  stores: Stores,
  projectId: number,
  row: EventRow,
  { config, now }: { config: GroupingConfig | null; now: number },
): Promise<IssueDescription> {
  const { event } = await readEvent(stores, row)
  const used = config ?? (await loadGrouping(stores, projectId, now)).current
  return describeIssue(event, used).issue
}

export function pickDescription(issue: IssueRow): IssueDescription {
  const { title, culprit, location, logger, level, type, platform, isUnhandled } = issue
  const metadata = JSON.parse(issue.metadata) as Record<string, unknown>
  return { title, culprit, location, logger, level, type, platform, metadata, isUnhandled }
}

const UNKNOWN: IssueDescription = {
  title: '<unknown>',
  culprit: '',
  location: null,
  logger: null,
  level: 'error',
  type: 'default',
  platform: 'other',
  metadata: {},
  isUnhandled: false,
}
