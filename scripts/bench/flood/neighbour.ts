import { fork } from 'node:child_process'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { makeLimitedProject } from '../counted/refused-traffic.ts'
import { type CountedPicket, runCounted } from '../counted/run-counted.ts'
import { Traffic } from '../traffic.ts'

/** Requests of the quiet project in each phase, and their rate. */
const REQUESTS = 300
const PER_SECOND = 20
const FLOOD_CONNECTIONS = 8

/** What a quiet project's accepted requests took, in ms. */
export interface Latency {
  p50: number
  p95: number
}

export interface Neighbour {
  calm: Latency
  flooded: Latency
  refusedPerSecond: number
  /** Object calls of all flooding, beyond those of the quiet project. */
  floodCalls: number
}

/**
 * One project is refused as fast as it can send; another sends a little and is accepted. Calm and
 * flooded phases take turns, so that a machine that grows slow is not blamed on the flood.
 */
export async function measureNeighbour(rounds: number): Promise<Neighbour> {
  const picket = await runCounted({ connections: 32 })
  try {
    const limited = await makeLimitedProject(picket)
    await fillLimit(picket, new Traffic(limited))
    const quiet = new Traffic(picket.seeded)
    await sendQuietly(picket, quiet) // warms up
    const calm: number[] = []
    const flooded: number[] = []
    let refused = 0
    let floodMs = 0
    let floodCalls = 0
    for (let round = 0; round < rounds; round += 1) {
      calm.push(...(await sendQuietly(picket, quiet)))
      const before = (await picket.readCounts())['calls.gate.admit'] ?? 0
      const stop = startFlood(picket, limited)
      await sleep(1_000)
      const startedAt = performance.now()
      flooded.push(...(await sendQuietly(picket, quiet)))
      const statuses = await stop()
      floodMs += performance.now() - startedAt + 1_000
      refused += statuses['429'] ?? 0
      if (Object.keys(statuses).join() !== '429') throw new Error(JSON.stringify(statuses))
      const after = (await picket.readCounts())['calls.gate.admit'] ?? 0
      floodCalls += after - before - REQUESTS
    }
    const refusedPerSecond = (refused * 1_000) / floodMs
    return { calm: latencyOf(calm), flooded: latencyOf(flooded), refusedPerSecond, floodCalls }
  } finally {
    await picket.dispose()
  }
}

/** Until its gate has told the limit and the isolate remembers it. */
async function fillLimit({ client }: CountedPicket, traffic: Traffic): Promise<void> {
  for (let i = 0; i < 2; i += 1) {
    const { path: to, headers, body } = traffic.next(0)
    await client.post(to, headers, body)
  }
}

/** Sends at a steady rate whatever the answers take; answers how long each took, in ms. */
async function sendQuietly({ client }: CountedPicket, traffic: Traffic): Promise<number[]> {
  const startedAt = performance.now()
  const answers: Promise<number>[] = []
  for (let index = 0; index < REQUESTS; index += 1) {
    const { path: to, headers, body } = traffic.next(index % 20)
    const dueIn = startedAt + (index * 1_000) / PER_SECOND - performance.now()
    if (dueIn > 0) await sleep(dueIn)
    answers.push(
      client.post(to, headers, body).then(({ status, ms }) => {
        if (status !== 200) throw new Error(`the quiet project was answered ${status}`)
        return ms
      }),
    )
  }
  return Promise.all(answers)
}

function startFlood(
  { seeded }: CountedPicket,
  { projectId, publicKey }: { projectId: string; publicKey: string },
): () => Promise<Record<string, number>> {
  const script = path.join(import.meta.dirname, 'flood.ts')
  const child = fork(script, [seeded.url, projectId, publicKey, String(FLOOD_CONNECTIONS)])
  return () =>
    new Promise((resolve, reject) => {
      child.once('message', (statuses) => resolve(statuses as Record<string, number>))
      child.once('error', reject)
      child.send('stop')
    })
}

function latencyOf(times: number[]): Latency {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { p50: at(0.5), p95: at(0.95) }
}
