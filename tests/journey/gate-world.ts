/** Asking a gate on workerd as the edge does, and waiting for what comes of it. */
import { vi } from 'vitest'

import { type ItemFacts, lossQuantities } from '#domain/envelope/item-quantities.ts'
import type { PackedKind } from '#domain/pack/pack-format.ts'
import type { Admission, AdmissionAnswer, AdmissionItem, Verdict } from '#gate/admission.ts'
import { packItem } from '#store/packed-item.ts'
import { outcomesOf } from './send.ts'
import { env, newEventId, type TestProject } from './world.ts'

export const gateOf = ({ id }: TestProject) => env.PROJECT_GATE.getByName(String(id))

export const EVENT: ItemFacts = { kind: 'event', header: {}, bytes: 100 }
export const SESSION: ItemFacts = { kind: 'session', header: {}, bytes: 100 }
export const ATTACHMENT: ItemFacts = { kind: 'attachment', header: { filename: 'a' }, bytes: 900 }

export const checkIn = (slug: string, environment = 'production'): ItemFacts => ({
  kind: 'check_in',
  header: {},
  bytes: 100,
  monitor: { slug, environment },
})

export function makeItem(facts: ItemFacts, eventId: string | null): AdmissionItem {
  const quantities = lossQuantities(facts)
  const meta = { receivedAt: Date.now(), quantities }
  const payload = facts.monitor
    ? { ...facts.monitor, checkInId: newEventId(), status: 'ok' }
    : { event_id: eventId, type: 'default', level: 'error' }
  const packed = packItem(facts.kind as PackedKind, eventId, meta, JSON.stringify(payload))
  return { ...packed, facts, quantities }
}

/** Items that were prepared by whatever settings are in force. */
export function admissionOf({ id, publicKey }: TestProject, items: AdmissionItem[]): Admission {
  const configVersion = Number.MAX_SAFE_INTEGER
  return { projectId: id, publicKey, configVersion, items, losses: [] }
}

type Answered = Extract<AdmissionAnswer, { status: 'answered' }>

/** One request with these items, which belong to one event. */
export async function admit(
  project: TestProject,
  facts: ItemFacts[] = [EVENT],
  eventId = newEventId(),
): Promise<Answered> {
  const items = facts.map((each) => makeItem(each, each.kind === 'check_in' ? null : eventId))
  const answer = await gateOf(project).admit(admissionOf(project, items))
  if (answer.status !== 'answered') throw new Error(answer.status)
  return answer
}

/** The verdicts on so many requests, one after the other. */
export async function verdictsOf(
  project: TestProject,
  count: number,
  facts?: ItemFacts[],
): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  for (let i = 0; i < count; i += 1) verdicts.push((await admit(project, facts)).verdicts[0]!)
  return verdicts
}

/** What became of everything, once it has settled; the clock need not run for it. */
export async function settledOutcomes(project: TestProject): Promise<string[]> {
  await vi.waitUntil(
    async () => {
      await gateOf(project).wake()
      return (await gateOf(project).readLedger()).inFlight.items === 0
    },
    { timeout: 10_000, interval: 100 },
  )
  return outcomesOf(project)
}
