import {
  decodePack,
  encodePack,
  type PackEntry,
  type PackedItem,
} from '#domain/pack/pack-format.ts'
import type { PackMessage } from '#domain/pack/pack-message.ts'
import { log } from '#platform/log.ts'
import { overlayKey } from '#store/blob.ts'
import { assignIssues, type IssueCandidate } from '#store/issue-assignment.ts'
import type { ApplicableEvent, TimedEntries } from '#store/pack-application.ts'
import { packItem } from '#store/packed-item.ts'
import type { Stores } from '#store/stores.ts'
import type { ProcessedEvent } from './event.ts'
import { failedItem, processItem } from './item.ts'

/**
 * Processes one pack: every item by its recipe, then issues, overlays and rows, each written once
 * for the whole pack. Safe to run twice: issues are found, overlays are the same bytes, and the
 * month object applies a pack id once. Throws when the world fails; then the pack is tried again.
 */
export async function processPack(
  message: PackMessage,
  stores: Stores,
  now: number,
): Promise<void> {
  const { projectId, month, packId, key } = message
  const pack = await readPack(stores.raw, key)
  const { events, settled } = await processItems(message, pack)
  const issues = await assignIssues(stores.sql, projectId, distinctCandidates(events), now)
  const overlays = await saveOverlays(stores.raw, key, events)
  const rows = events.map((event, index): ApplicableEvent => {
    const issueId = issues.get(event.candidate.hash)
    if (issueId === undefined) throw new Error(`no issue for hash ${event.candidate.hash}`)
    return { ...event.row, issueId, overlay: overlays.get(index) ?? null }
  })
  const store = stores.projectStore(projectId, month)
  await store.applyPack({ projectId, month, packId, key, events: rows, settled })
}

interface OpenPack {
  bytes: Uint8Array
  entries: PackEntry[]
}

async function readPack(bucket: R2Bucket, key: string): Promise<OpenPack> {
  const object = await bucket.get(key)
  if (!object) throw new Error(`R2 object is missing: ${key}`)
  const bytes = new Uint8Array(await object.arrayBuffer())
  const entries = decodePack(bytes)
  if (!entries.ok) throw new Error(`${key} is unreadable: ${entries.error.reason}`)
  return { bytes, entries: entries.value }
}

async function processItems(
  { packId, projectId }: PackMessage,
  { bytes, entries }: OpenPack,
): Promise<{ events: ProcessedEvent[]; settled: TimedEntries[] }> {
  const events: ProcessedEvent[] = []
  const settled: TimedEntries[] = []
  for (const entry of entries) {
    try {
      const item = bytes.subarray(entry.offset, entry.offset + entry.length)
      const processed = await processItem(entry, item)
      if (processed.kind === 'event') events.push(processed.event)
      else settled.push(processed.entries)
    } catch (error) {
      // One item that cannot be processed must not hold up the others, nor vanish.
      log.error('process.item_failed', {
        project: projectId,
        pack: packId,
        kind: entry.kind,
        error,
      })
      settled.push({ at: Date.now(), entries: [failedItem(entry)] })
    }
  }
  return { events, settled }
}

/** The first event of each hash describes the issue it may make. */
function distinctCandidates(events: ProcessedEvent[]): IssueCandidate[] {
  const candidates = new Map<string, IssueCandidate>()
  for (const { candidate } of events) {
    if (!candidates.has(candidate.hash)) candidates.set(candidate.hash, candidate)
  }
  return [...candidates.values()]
}

/** Writes the overlays of a pack beside it, if there is any; answers where each event's lies. */
async function saveOverlays(
  bucket: R2Bucket,
  key: string,
  events: ProcessedEvent[],
): Promise<Map<number, { offset: number; length: number }>> {
  const places = new Map<number, { offset: number; length: number }>()
  const items: PackedItem[] = []
  const owners: number[] = []
  events.forEach(({ overlay, row }, index) => {
    if (!overlay) return
    const meta = { receivedAt: row.at, quantities: [] }
    items.push(packItem('event', row.eventId, meta, JSON.stringify(overlay)))
    owners.push(index)
  })
  if (items.length === 0) return places
  const bytes = encodePack(items)
  const entries = decodePack(bytes)
  if (!entries.ok) throw new Error('an overlay pack is what we wrote')
  entries.value.forEach(({ offset, length }, index) => {
    places.set(owners[index]!, { offset, length })
  })
  await bucket.put(overlayKey(key), bytes)
  return places
}
