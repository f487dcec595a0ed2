import type { PackEntry, PackedKind } from '#domain/pack/pack-format.ts'
import type { PackMessage } from '#domain/pack/pack-message.ts'
import type { SessionBuckets, SessionUpdate } from '#domain/session/parse-session.ts'
import { countSessions } from '#domain/session/session-counts.ts'
import { log } from '#platform/log.ts'
import { nextTurn } from '#platform/next-turn.ts'
import type { Grouping } from '#store/grouping-config.ts'
import type { Companions, TimedEntries } from '#store/pack-application.ts'
import type { ProcessedEvent } from './event.ts'
import { failedItem, type Made, processItem } from './item.ts'

/** About 8 ms of work, after which others may run: the isolate answers requests too. */
const ITEMS_PER_TURN = 16
/** Sessions are counted by the hour they began in. */
const SESSION_SPAN_MS = 3_600_000

/** Everything a pack's items came to. */
export interface ProcessedItems {
  events: ProcessedEvent[]
  companions: Companions
  settled: TimedEntries[]
}

/** Runs every item of a pack through its recipe. */
export async function processItems(
  { packId, projectId }: PackMessage,
  bytes: Uint8Array,
  entries: PackEntry[],
  grouping: Grouping,
): Promise<ProcessedItems> {
  const events: ProcessedEvent[] = []
  const settled: TimedEntries[] = []
  const made: { what: Made; by: PackedKind }[] = []
  for (const [index, entry] of entries.entries()) {
    if (index > 0 && index % ITEMS_PER_TURN === 0) await nextTurn()
    try {
      const item = bytes.subarray(entry.offset, entry.offset + entry.length)
      const processed = await processItem(entry, item, grouping)
      if (processed.kind === 'event') events.push(processed.event)
      else settled.push(processed.entries)
      if (processed.kind === 'settled' && processed.made) {
        made.push({ what: processed.made, by: entry.kind })
      }
    } catch (error) {
      // One item that cannot be processed must not hold up the others, nor vanish.
      const { kind } = entry
      log.error('process.item_failed', { project: projectId, pack: packId, kind, error })
      settled.push({ at: Date.now(), entries: [failedItem(entry)] })
    }
  }
  return { events, settled, companions: gather(made) }
}

function gather(made: { what: Made; by: PackedKind }[]): Companions {
  const sessions: (SessionUpdate | SessionBuckets)[] = []
  const companions: Companions = {
    attachments: [],
    sessions: [],
    checkIns: [],
    feedback: [],
    kinds: {},
  }
  for (const { what, by } of made) {
    switch (what.kind) {
      case 'attachment':
        companions.attachments.push(what.attachment)
        break
      case 'session':
        sessions.push(what.session)
        break
      case 'check_in':
        companions.checkIns.push(what.checkIn)
        break
      case 'feedback':
        companions.feedback.push(what.feedback)
        break
      case 'kept':
        companions.kinds[by] = (companions.kinds[by] ?? 0) + 1
    }
  }
  return { ...companions, sessions: countSessions(sessions, SESSION_SPAN_MS) }
}
