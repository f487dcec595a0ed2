import { describeEvent } from '../event/describe-event.ts'
import type { PicketEvent } from '../event/event.ts'
import { applyFrameChanges } from '../grouping/apply-frame-changes.ts'
import { type GroupedEvent, groupEvent } from '../grouping/group-event.ts'
import type { GroupingConfig } from '../grouping/grouping-config.ts'

/** What an issue's row says of the error itself. */
export interface IssueDescription {
  title: string
  culprit: string
  location: string | null
  logger: string | null
  level: string
  type: string
  platform: string
  metadata: Record<string, unknown>
  isUnhandled: boolean
}

export interface DescribedEvent {
  /** Its frames as grouping sees them. */
  event: PicketEvent
  grouped: GroupedEvent
  issue: IssueDescription
}

/** Groups an event and says what an issue of its like would look like. */
export function describeIssue(symbolicated: PicketEvent, config: GroupingConfig): DescribedEvent {
  const grouped = groupEvent(symbolicated, config)
  const event = applyFrameChanges(symbolicated, grouped.frames)
  const { culprit, location, level, type, metadata, isUnhandled, ...named } = describeEvent(
    event,
    grouped.mainExceptionId,
  )
  const title = grouped.title ?? named.title
  const logger = event.logger ?? null
  const platform = event.platform ?? 'other'
  const issue = { title, culprit, location, logger, level, type, platform, metadata, isUnhandled }
  return { event, grouped, issue }
}
