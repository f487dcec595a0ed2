import { setTimeout as sleep } from 'node:timers/promises'

import type { HttpClient } from './http-client.ts'
import { type IngestRequest, makeEventJson, makeRequest } from './make-event.ts'
import { type Random, randomEventId, seededRandom } from './random.ts'

/** Size of an event of the price model (spec/platform.md §2.3). */
export const EVENT_BYTES = 8 * 1024

const RELEASES = 3
const ENVIRONMENTS = ['production', 'production', 'production', 'staging']
const USERS = 1_000

/** Makes one project's events, each different, the same for every run of a seed. */
export class Traffic {
  readonly random: Random
  readonly #key: { projectId: string; publicKey: string }
  readonly #bytes: number
  #serial = 0

  constructor(
    key: { projectId: string; publicKey: string },
    { seed = 1, bytes = EVENT_BYTES } = {},
  ) {
    this.#key = key
    this.#bytes = bytes
    this.random = seededRandom(seed)
  }

  /** A request with one event of this issue. */
  next(issue: number): IngestRequest & { eventId: string } {
    this.#serial += 1
    const serial = this.#serial
    return this.#request(issue, serial, String(Math.floor(this.random() * USERS)))
  }

  /** The same error for the same user again and again, as a loop that fails sends it. */
  nextIdentical(): IngestRequest & { eventId: string } {
    return this.#request(0, 0, '1')
  }

  #request(issue: number, serial: number, user: string): IngestRequest & { eventId: string } {
    const eventId = randomEventId(this.random)
    const release = `shop@1.${serial % RELEASES}.0`
    const environment = ENVIRONMENTS[serial % ENVIRONMENTS.length]!
    const plan = { eventId, issue, serial, release, environment, user }
    const request = makeRequest(makeEventJson(plan, this.#bytes), { eventId, ...this.#key })
    return { ...request, eventId }
  }
}

/** Sends one request; anything but a 200 ends the bench. */
export async function sendAccepted(client: HttpClient, request: IngestRequest): Promise<void> {
  const { status, body } = await client.post(request.path, request.headers, request.body)
  if (status !== 200) throw new Error(`an event was answered ${status}: ${body.slice(0, 200)}`)
}

/**
 * Sends `count` requests at a steady rate whatever the answers take, as clients that do not know of
 * each other do. Answers how far behind its schedule the sender fell at worst, in ms.
 */
export async function sendPaced(
  client: HttpClient,
  { count, perSecond }: { count: number; perSecond: number },
  make: (index: number) => IngestRequest,
): Promise<number> {
  const startedAt = performance.now()
  const answers: Promise<void>[] = []
  let lagMs = 0
  for (let index = 0; index < count; index += 1) {
    const request = make(index)
    const dueIn = startedAt + (index * 1000) / perSecond - performance.now()
    if (dueIn > 1) await sleep(dueIn)
    else lagMs = Math.max(lagMs, -dueIn)
    answers.push(sendAccepted(client, request))
  }
  await Promise.all(answers)
  return lagMs
}
