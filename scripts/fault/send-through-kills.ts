import { setTimeout as sleep } from 'node:timers/promises'

import { HttpClient, inParallel } from '../bench/http-client.ts'
import { makeEventJson, makeRequest } from '../bench/make-event.ts'
import { type Random, randomEventId } from '../bench/random.ts'
import type { Seeded } from '../seed.ts'

/** What was sent and how it was answered. */
export interface Sent {
  /** Ids whose send got a 200. */
  acknowledged: Set<string>
  /** Ids whose send got no answer or a failure. */
  unknown: Set<string>
  /** How the unknown ones failed: a status or an error's code, and how often. */
  failures: Record<string, number>
  /** Sends repeated because their first one got no answer. */
  repeats: number
  /** Sends that found nobody listening: surely not stored, so they were sent again. */
  refused: number
}

export interface SendPlan {
  events: number
  concurrency: number
  /** Share of the events that belong to one issue; the rest is spread over ISSUES. */
  stormShare: number
}

/** At most this many others, so that with 3,000 events none passes the thinning threshold by chance. */
const ISSUES = 40
/** Small events: what is proved here is arithmetic, not throughput. */
const EVENT_BYTES = 1500
const RELEASES = 5
const USERS = 300

/**
 * Sends unique events while the product goes down and comes back, as careful SDKs would: a 200 is
 * never sent again; of those that got no answer every second is, with the same id, later.
 * `onAnswer` hears how many are answered.
 */
export async function sendThroughKills(
  seeded: Seeded,
  plan: SendPlan,
  random: Random,
  onAnswer: (answered: number) => void,
): Promise<Sent> {
  const client = new HttpClient(seeded.url, plan.concurrency)
  const sent: Sent = {
    acknowledged: new Set(),
    unknown: new Set(),
    failures: {},
    repeats: 0,
    refused: 0,
  }
  const again: number[] = []
  const ids = Array.from({ length: plan.events }, () => randomEventId(random))
  const issues = ids.map(() =>
    random() < plan.stormShare ? ISSUES : Math.floor(random() * ISSUES),
  )
  const isRepeated = ids.map(() => random() < 0.5)

  const send = async (index: number): Promise<void> => {
    const eventId = ids[index]!
    const request = makeRequest(eventJson(eventId, issues[index]!, index), { eventId, ...seeded })
    for (;;) {
      const answer = await client.post(request.path, request.headers, request.body).catch(codeOf)
      if (answer === 'ECONNREFUSED') {
        sent.refused += 1
        await sleep(100)
        continue
      }
      if (typeof answer === 'object' && answer.status === 200) sent.acknowledged.add(eventId)
      else {
        const failure = typeof answer === 'object' ? String(answer.status) : answer
        sent.failures[failure] = (sent.failures[failure] ?? 0) + 1
        sent.unknown.add(eventId)
        if (isRepeated[index]) again.push(index)
      }
      break
    }
    onAnswer(sent.acknowledged.size + sent.unknown.size)
  }
  await inParallel(plan.events, plan.concurrency, send)
  while (again.length > 0) {
    const indexes = again.splice(0)
    sent.repeats += indexes.length
    for (const index of indexes) sent.unknown.delete(ids[index]!)
    await inParallel(indexes.length, plan.concurrency, (position) => send(indexes[position]!))
  }
  client.close()
  return sent
}

function eventJson(eventId: string, issue: number, serial: number): string {
  return makeEventJson(
    {
      eventId,
      issue,
      serial,
      release: `shop@1.${serial % RELEASES}.0`,
      environment: serial % 3 === 0 ? 'staging' : 'production',
      user: String(serial % USERS),
    },
    EVENT_BYTES,
  )
}

function codeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? error.message
}
