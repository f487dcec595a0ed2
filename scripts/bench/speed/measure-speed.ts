import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { Observer } from '../../fault/observe.ts'
import { startProduct } from '../../fault/product-process.ts'
import { freePort } from '../../free-port.ts'
import { HttpClient, inParallel } from '../http-client.ts'
import { workerdCpuMs } from '../process-cpu.ts'
import { zipf } from '../random.ts'
import { Traffic } from '../traffic.ts'
import { measureFloor } from './measure-floor.ts'

const SENDERS = 8
const EVENTS = 4_000
const WARM_UP = 500
const ISSUES = 200
/** Lone events, each after a silence, of which the median is told. */
const LONE_EVENTS = 7
const SILENCE_MS = 6_000

export interface Speed {
  acceptedPerSecond: number
  /** Until every event of the run could be read through the API. */
  visiblePerSecond: number
  acceptMsP50: number
  acceptMsP95: number
  /** From the send of a lone event to its answer of the API. */
  visibleMsP50: number
  /** CPU of workerd per event, to the end of processing; D1, R2 and queues are simulated inside. */
  cpuMsPerEvent: number
  /** The same for a Worker that only inflates, parses and re-serialises the same bytes. */
  floorCpuMsPerEvent: number
}

/** Speed of the product as `npm start` runs it, in a process and a state of its own. */
export async function measureSpeed(): Promise<Speed> {
  const state = mkdtempSync(path.join(tmpdir(), 'picket-speed-'))
  const product = await startProduct(state, await freePort())
  const client = new HttpClient(product.seeded.url, SENDERS)
  try {
    const observer = new Observer(client, product.seeded)
    const traffic = new Traffic(product.seeded)
    const pick = zipf(ISSUES, traffic.random)
    // Made beforehand: the load generator shares two cores with what it measures.
    const make = (count: number) => Array.from({ length: count }, () => traffic.next(pick()))
    const answerMs: number[] = []
    const send = async ({ path: address, headers, body }: ReturnType<Traffic['next']>) => {
      const answer = await client.post(address, headers, body)
      if (answer.status !== 200) throw new Error(`an event was answered ${answer.status}`)
      answerMs.push(answer.ms)
    }
    const warmUp = make(WARM_UP)
    await inParallel(WARM_UP, SENDERS, (index) => send(warmUp[index]!))
    await waitForAccepted(observer, WARM_UP)
    const requests = make(EVENTS)
    answerMs.length = 0
    const cpuBefore = workerdCpuMs(product.pid)
    const startedAt = performance.now()
    await inParallel(EVENTS, SENDERS, (index) => send(requests[index]!))
    const acceptedMs = performance.now() - startedAt
    await waitForAccepted(observer, WARM_UP + EVENTS)
    const visibleMs = performance.now() - startedAt
    const cpuMsPerEvent = (workerdCpuMs(product.pid) - cpuBefore) / EVENTS
    const sorted = answerMs.toSorted((a, b) => a - b)
    const lone: number[] = []
    for (let index = 0; index < LONE_EVENTS; index += 1) {
      await sleep(SILENCE_MS)
      const request = traffic.next(pick())
      const sentAt = performance.now()
      await send(request)
      while ((await observer.findEvents([request.eventId], 1)).size === 0) await sleep(5)
      lone.push(performance.now() - sentAt)
    }
    return {
      acceptedPerSecond: (EVENTS * 1000) / acceptedMs,
      visiblePerSecond: (EVENTS * 1000) / visibleMs,
      acceptMsP50: quantile(sorted, 0.5),
      acceptMsP95: quantile(sorted, 0.95),
      visibleMsP50: quantile(
        lone.toSorted((a, b) => a - b),
        0.5,
      ),
      cpuMsPerEvent,
      floorCpuMsPerEvent: await measureFloor(requests, SENDERS),
    }
  } finally {
    client.close()
    await product.stop()
    rmSync(state, { recursive: true, force: true })
  }
}

async function waitForAccepted(observer: Observer, events: number): Promise<void> {
  while ((await observer.ledger()).accepted < events) await sleep(100)
}

function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
