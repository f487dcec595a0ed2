import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { ROOT } from '../paths.ts'
import type { Seeded } from '../seed.ts'
import { mutateEnvelope } from './mutate.ts'
import { Random } from './random.ts'

const RECORDED = path.join(ROOT, 'tests/fixture/recorded')
/** Names of what is answered, however many kinds of it there are. */
const EXAMPLES_MAX = 5
const NOTED_WITHIN_MS = 2500
const SETTLED_WITHIN_MS = 120_000

export interface FuzzPlan {
  envelopes: number
  concurrency: number
  /** The same seed sends the same bytes, but for the event ids. */
  seed: number
}

export interface FuzzReport {
  /** How often each status was answered. */
  statuses: Record<string, number>
  /** What was answered 5xx, and the file its body was written to: the bug in hand. */
  failures: { status: number; answer: string; file: string }[]
  /** The project's ledger once it has settled: what came in against what became of it. */
  received: number
  accepted: number
  difference: number
  seconds: number
}

/** Sends mutated recordings to a running product and waits until its ledger has settled. */
export async function runFuzz(seeded: Seeded, plan: FuzzPlan): Promise<FuzzReport> {
  const recordings = readRecordings()
  const random = new Random(plan.seed)
  const statuses: Record<string, number> = {}
  const failures: FuzzReport['failures'] = []
  const startedAt = Date.now()
  let left = plan.envelopes
  const send = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const eventId = randomBytes(16).toString('hex')
      const body = mutateEnvelope(random.of(recordings), random, eventId)
      const { status, answer } = await post(seeded, body)
      statuses[status] = (statuses[status] ?? 0) + 1
      if (status >= 500 && failures.length < EXAMPLES_MAX) {
        const file = path.join(tmpdir(), `picket-fuzz-${eventId}.envelope`)
        writeFileSync(file, body)
        failures.push({ status, answer, file })
      }
    }
  }
  await Promise.all(Array.from({ length: plan.concurrency }, send))
  const ledger = await settledLedger(seeded)
  return { statuses, failures, ...ledger, seconds: (Date.now() - startedAt) / 1000 }
}

function readRecordings(): Buffer[] {
  const files = readdirSync(RECORDED).filter((file) => file.endsWith('.envelope'))
  if (files.length === 0) throw new Error(`no recordings in ${RECORDED}`)
  return files.sort().map((file) => readFileSync(path.join(RECORDED, file)))
}

async function post(
  { url, projectId, publicKey }: Seeded,
  body: Buffer,
): Promise<{ status: number; answer: string }> {
  const answer = await fetch(`${url}/api/${projectId}/envelope/`, {
    method: 'POST',
    headers: { 'x-sentry-auth': `Sentry sentry_version=7, sentry_key=${publicKey}` },
    body: new Uint8Array(body),
  })
  return { status: answer.status, answer: await answer.text() }
}

/** The ledger when nothing is under way; a loss alone is noted within 2 s. */
async function settledLedger({ url, token, organization, project }: Seeded) {
  await sleep(NOTED_WITHIN_MS)
  const deadline = Date.now() + SETTLED_WITHIN_MS
  for (;;) {
    const answer = await fetch(`${url}/api/0/projects/${organization}/${project}/ledger/`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const ledger = (await answer.json()) as {
      received: number
      accepted: number
      difference: number
      inFlight: { packs: number; items: number }
    }
    const { received, accepted, difference, inFlight } = ledger
    const isSettled = inFlight.packs === 0 && inFlight.items === 0
    if (isSettled || Date.now() > deadline) return { received, accepted, difference }
    await sleep(250)
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
