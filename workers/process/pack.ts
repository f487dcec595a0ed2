import type { Quantity } from '#domain/data-category.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import { decodePack, type PackEntry } from '#domain/pack/pack-format.ts'
import type { PackMessage } from '#domain/pack/pack-message.ts'
import { loadGrouping } from '#store/grouping-config.ts'
import { assignIssues, type IssueCandidate } from '#store/issue-assignment.ts'
import type { ApplicableEvent } from '#store/pack-application.ts'
import type { Stores } from '#store/stores.ts'
import type { ProcessedEvent } from './event.ts'
import { processItems } from './process-items.ts'
import { saveOverlays } from './save-overlays.ts'

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
  const { bytes, entries } = await readPack(stores.raw, key)
  const grouping = await loadGrouping(stores, projectId, now)
  const processed = await processItems(message, bytes, entries, grouping)
  const { events, companions, settled } = processed
  const issues = await assignIssues(stores.sql, projectId, distinctCandidates(events), now)
  const overlays = await saveOverlays(stores.raw, key, events)
  const rows: ApplicableEvent[] = []
  for (const event of events) {
    const { hash, at, quantities } = event.row
    const assigned = issues.get(hash)
    if (assigned === undefined) throw new Error(`no issue for hash ${hash}`)
    if (assigned === null) settled.push({ at, entries: quantities.map(discarded) })
    else rows.push({ ...event.row, overlay: overlays.get(event) ?? null })
  }
  const store = stores.projectStore(projectId, month)
  await store.applyPack({ projectId, month, packId, key, events: rows, companions, settled })
}

/** People want no more of what has this hash. */
function discarded({ category, quantity }: Quantity): LedgerEntry {
  return { category, outcome: 'filtered', reason: 'discarded-hash', quantity }
}

async function readPack(
  bucket: R2Bucket,
  key: string,
): Promise<{ bytes: Uint8Array; entries: PackEntry[] }> {
  const object = await bucket.get(key)
  if (!object) throw new Error(`R2 object is missing: ${key}`)
  const bytes = new Uint8Array(await object.arrayBuffer())
  const entries = decodePack(bytes)
  if (!entries.ok) throw new Error(`${key} is unreadable: ${entries.error.reason}`)
  return { bytes, entries: entries.value }
}

/** The first event of each primary hash describes the issue it may make. */
function distinctCandidates(events: ProcessedEvent[]): IssueCandidate[] {
  const candidates = new Map<string, IssueCandidate>()
  for (const { candidate } of events) {
    const [hash] = candidate.hashes
    if (!candidates.has(hash)) candidates.set(hash, candidate)
  }
  return [...candidates.values()]
}
