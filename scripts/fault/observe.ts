import { setTimeout as sleep } from 'node:timers/promises'

import { z } from 'zod/mini'

import { type HttpClient, inParallel } from '../bench/http-client.ts'
import type { Seeded } from '../seed.ts'
import type { ObservedIssue, ObservedLedger } from './judge.ts'

const Ledger = z.object({
  received: z.number(),
  accepted: z.number(),
  outcomes: z.array(
    z.object({ outcome: z.string(), reason: z.nullable(z.string()), quantity: z.number() }),
  ),
  inFlight: z.object({ items: z.number() }),
  difference: z.number(),
})
const Issues = z.array(z.object({ id: z.string(), shortId: z.string(), count: z.string() }))
const Events = z.array(
  z.object({ eventID: z.string(), sampling: z.object({ weight: z.number() }) }),
)

/** Everything below is asked of the public web API, as anybody with a token could. */
export class Observer {
  readonly #client: HttpClient
  readonly #seeded: Seeded
  readonly #project: string

  constructor(client: HttpClient, seeded: Seeded) {
    this.#client = client
    this.#seeded = seeded
    this.#project = `/api/0/projects/${seeded.organization}/${seeded.project}`
  }

  async ledger(): Promise<ObservedLedger> {
    const ledger = Ledger.parse((await this.#get(`${this.#project}/ledger/`)).body)
    const losses = ledger.outcomes.filter(({ outcome }) => outcome !== 'accepted')
    const repeats = losses.filter((loss) => loss.reason === 'duplicate')
    const quantity = (rows: { quantity: number }[]): number =>
      rows.reduce((sum, row) => sum + row.quantity, 0)
    return {
      received: ledger.received,
      accepted: ledger.accepted,
      duplicates: quantity(repeats),
      otherLosses: quantity(losses) - quantity(repeats),
      inFlight: ledger.inFlight.items,
      difference: ledger.difference,
    }
  }

  /** Waits until nothing is in flight and the issues have heard of every event; false after `ms`. */
  async waitUntilDrained(ms: number): Promise<boolean> {
    const deadline = Date.now() + ms
    while (Date.now() < deadline) {
      const { accepted, inFlight } = await this.ledger()
      if (inFlight === 0 && accepted === (await this.#countOfIssues())) return true
      await sleep(250)
    }
    return false
  }

  /** Which of these ids `events/{id}/` finds. */
  async findEvents(ids: string[], concurrency: number): Promise<Set<string>> {
    const found = new Set<string>()
    await inParallel(ids.length, concurrency, async (index) => {
      const id = ids[index]!
      const { status, body } = await this.#get(`${this.#project}/events/${id}/`, [200, 404])
      if (status === 200 && z.object({ eventID: z.string() }).parse(body).eventID === id) {
        found.add(id)
      }
    })
    return found
  }

  async listEvents(): Promise<string[]> {
    const pages = await this.#pages(`${this.#project}/events/`)
    return pages.flatMap((page) => Events.parse(page).map(({ eventID }) => eventID))
  }

  async listIssues(): Promise<ObservedIssue[]> {
    const issues: ObservedIssue[] = []
    for (const page of await this.#pages(`${this.#project}/issues/?query=`)) {
      for (const { id, shortId, count } of Issues.parse(page)) {
        const path = `/api/0/organizations/${this.#seeded.organization}/issues/${id}/events/`
        const rows = (await this.#pages(path)).flatMap((events) => Events.parse(events))
        const weight = rows.reduce((sum, { sampling }) => sum + sampling.weight, 0)
        issues.push({ shortId, count: Number(count), weight, rows: rows.length })
      }
    }
    return issues
  }

  async #countOfIssues(): Promise<number> {
    const pages = await this.#pages(`${this.#project}/issues/?query=`)
    return pages
      .flatMap((page) => Issues.parse(page))
      .reduce((sum, { count }) => sum + Number(count), 0)
  }

  /** Follows `Link` headers to the end. */
  async #pages(path: string): Promise<unknown[]> {
    const pages: unknown[] = []
    for (let next: string | null = path; next; ) {
      const { body, link } = await this.#get(next)
      pages.push(body)
      next = nextPage(link)
    }
    return pages
  }

  async #get(
    path: string,
    statuses = [200],
  ): Promise<{ status: number; body: unknown; link: string }> {
    const authorization = `Bearer ${this.#seeded.token}`
    const answer = await this.#client.get(path, { authorization })
    if (!statuses.includes(answer.status)) {
      throw new Error(`GET ${path}: ${answer.status} ${answer.body.slice(0, 200)}`)
    }
    const body: unknown = JSON.parse(answer.body)
    return { status: answer.status, body, link: String(answer.headers['link'] ?? '') }
  }
}

/** The path of `rel="next"`, if it says that there is something on it. */
function nextPage(link: string): string | null {
  const next = /<([^>]+)>; rel="next"; results="true"/.exec(link)?.[1]
  if (!next) return null
  const { pathname, search } = new URL(next, 'http://localhost')
  return pathname + search
}
