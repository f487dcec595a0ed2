/**
 * Refusals that were answered from memory, counted until the project's gate was told.
 *
 * They ride with the project's next call to its gate. When none comes they are told by themselves,
 * TELL_MS after the first of them was answered: within the time that the platform lets an isolate work
 * on after an answer (30 s). So a refusal is in its gate's journal at most TELL_MS after it was
 * answered, at one call per isolate and project in that time, however many are refused. What is lost is
 * what an isolate refused in the TELL_MS before it died, and no more.
 */
import { type LedgerEntry, sumLedgerEntries } from '#domain/outcome.ts'
import { log } from '#platform/log.ts'
import type { Gate, World } from './edge-env.ts'

const TELL_MS = 20_000
/** Projects counted at a time; the refusals of others are the gate's to answer and to count. */
const PROJECTS_MAX = 5_000

/** Losses are the same by all settings. */
const ANY_VERSION = Number.MAX_SAFE_INTEGER

const refused = new Map<number, LedgerEntry[]>()
/** When the next telling is due, Unix ms. */
const tellingAt = new Map<number, number>()

/** False when there is no room to count what this project is refused. */
export function canTally(projectId: number): boolean {
  return refused.has(projectId) || refused.size < PROJECTS_MAX
}

/** Counts refusals. */
export function tally(projectId: number, losses: LedgerEntry[]): void {
  if (losses.length === 0) return
  refused.set(projectId, sumLedgerEntries([...(refused.get(projectId) ?? []), ...losses]))
}

/** Hands over what was counted; the caller tallies it again if the gate could not be told. */
export function takeTally(projectId: number): LedgerEntry[] {
  const losses = refused.get(projectId) ?? []
  refused.delete(projectId)
  return losses
}

/** Sees to it that the gate is told even when nothing else leads there. `now` is Unix ms. */
export function tellLater(
  sender: { projectId: number; publicKey: string },
  world: World,
  now: number,
): void {
  const { projectId, publicKey } = sender
  // a telling that is overdue was cut off with its isolate's patience
  if ((tellingAt.get(projectId) ?? 0) + TELL_MS > now) return
  tellingAt.set(projectId, now + TELL_MS)
  world.later(TELL_MS, async () => {
    tellingAt.delete(projectId)
    const losses = takeTally(projectId)
    if (losses.length === 0) return
    const isTold = await tell(world.gateOf(projectId), { projectId, publicKey }, losses)
    if (!isTold) tally(projectId, losses)
  })
}

async function tell(
  gate: Gate,
  sender: { projectId: number; publicKey: string },
  losses: LedgerEntry[],
): Promise<boolean> {
  try {
    const told = { ...sender, configVersion: ANY_VERSION, items: [], losses }
    return (await gate.admit(told)).status === 'answered'
  } catch (error) {
    log.error('edge.tally_not_told', { project: sender.projectId, error })
    return false
  }
}
