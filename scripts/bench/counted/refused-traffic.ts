import { randomBytes } from 'node:crypto'

import { importKeySecret, makePublicKey } from '../../../workers/domain/dsn/public-key.ts'
import type { Budget } from '../budget.ts'
import { rowsWritten } from '../price.ts'
import { Traffic } from '../traffic.ts'
import type { CountedPicket } from './run-counted.ts'

const REQUESTS = 50
const LIMITED_PROJECT_ID = 1_000_000_777

/** Traffic that must wake no object: keys that nobody made, and keys whose limit is remembered. */
export async function countRefusedTraffic(picket: CountedPicket): Promise<Budget[]> {
  const { projectId } = picket.seeded
  const forged = new Traffic({ projectId, publicKey: randomBytes(16).toString('hex') })
  const forgedCounts = await picket.measure(() => sendRefused(picket, forged, 403))

  const limited = new Traffic(await makeLimitedProject(picket))
  const first = limited.next(0)
  const { status } = await picket.client.post(first.path, first.headers, first.body)
  if (status !== 200) throw new Error(`within its limit a key was answered ${status}`)
  // The gate refuses this one and tells until when; the isolate remembers.
  const second = limited.next(0)
  await picket.client.post(second.path, second.headers, second.body)
  const limitedCounts = await picket.measure(() => sendRefused(picket, limited, 429))

  const calls = (counts: Record<string, number>): number => counts['gate.calls'] ?? 0
  return [
    budget('object calls for a forged key', calls(forgedCounts)),
    budget('rows written for a forged key', rowsWritten(forgedCounts)),
    budget('object calls under a remembered limit', calls(limitedCounts)),
  ]
}

function budget(what: string, actual: number): Budget {
  return { what: `${what}, ${REQUESTS} requests`, actual, max: 0, unit: '' }
}

async function sendRefused(
  { client }: CountedPicket,
  traffic: Traffic,
  wanted: number,
): Promise<void> {
  for (let index = 0; index < REQUESTS; index += 1) {
    const { path, headers, body } = traffic.next(0)
    const { status } = await client.post(path, headers, body)
    if (status !== wanted) throw new Error(`answered ${status}, must be ${wanted}`)
  }
}

/** A project whose key takes one event an hour. */
export async function makeLimitedProject({
  database,
  secret,
}: CountedPicket): Promise<{ projectId: string; publicKey: string }> {
  const key = await importKeySecret(secret)
  const publicKey = await makePublicKey(key, LIMITED_PROJECT_ID, randomBytes(8))
  await database.batch([
    database
      .prepare(
        `INSERT INTO project(id, organization_id, slug, name, created_at)
         VALUES(?, 1, 'limited', 'Limited', ?)`,
      )
      .bind(LIMITED_PROJECT_ID, Date.now()),
    database
      .prepare(
        `INSERT INTO project_key(public_key, project_id, name, rate_limit_count,
           rate_limit_window_seconds, created_at) VALUES(?, ?, 'Default', 1, 3600, 0)`,
      )
      .bind(publicKey, LIMITED_PROJECT_ID),
  ])
  return { projectId: String(LIMITED_PROJECT_ID), publicKey }
}
