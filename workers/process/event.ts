import type { PicketEvent } from '#domain/event/event.ts'
import { eventTags } from '#domain/event/event-tags.ts'
import { userKey } from '#domain/event/event-user.ts'
import { groupEvent } from '#domain/grouping/group-event.ts'
import { describeIssue } from '#domain/issue/describe-issue.ts'
import type { PackEntry } from '#domain/pack/pack-format.ts'
import { applyOverlay } from '#domain/symbolication/apply-overlay.ts'
import { type Overlay, symbolicateEvent } from '#domain/symbolication/symbolicate-event.ts'
import type { Grouping } from '#store/grouping-config.ts'
import type { IssueCandidate } from '#store/issue-assignment.ts'
import type { ApplicableEvent } from '#store/pack-application.ts'
import { readPackedItem } from '#store/packed-item.ts'

/** An event that knows its hash; its issue is found for the whole pack at once. */
export interface ProcessedEvent {
  /** The row, but for what only the pack as a whole can tell. */
  row: Omit<ApplicableEvent, 'overlay'>
  candidate: IssueCandidate
  overlay: Overlay | null
}

/**
 * From an admitted event to its row and its issue's description: symbolicate, group, describe. Frames
 * are described as grouping sees them; that view is made again when the event is read, not stored.
 */
export async function processEvent(
  entry: PackEntry,
  bytes: Uint8Array,
  grouping: Grouping,
): Promise<ProcessedEvent> {
  const { meta, payload } = readPackedItem(bytes)
  const admitted = JSON.parse(payload) as PicketEvent
  const overlay = await symbolicateEvent(admitted)
  const symbolicated = applyOverlay(admitted, overlay)
  const { event, grouped, issue } = describeIssue(symbolicated, grouping.current)
  const { title, level, platform } = issue
  const release = event.release ?? null
  return {
    overlay,
    row: {
      eventId: event.event_id,
      hash: grouped.hashes[0],
      quantities: meta.quantities,
      at: meta.receivedAt,
      level,
      title,
      platform,
      environment: event.environment ?? null,
      release,
      user: userKey(event),
      traceId: traceId(event),
      tags: eventTags(event),
      offset: entry.offset,
      length: entry.length,
    },
    candidate: {
      hashes: grouped.hashes,
      formerHashes: grouping.former ? groupEvent(symbolicated, grouping.former).hashes : [],
      ...issue,
      firstSeenAt: meta.receivedAt,
      release,
    },
  }
}

function traceId(event: PicketEvent): string | null {
  const id = event.contexts?.['trace']?.['trace_id']
  return typeof id === 'string' ? id : null
}
