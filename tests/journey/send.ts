/** Sending to the product on workerd, and looking at what became of it. */
import { exports } from 'cloudflare:workers'
import { vi } from 'vitest'

import type { GateLedger } from '#gate/pack-shipper.ts'
import { joinBytes } from '#platform/byte-source.ts'
import { env, type TestProject } from './world.ts'

const product = (exports as unknown as { default: Fetcher }).default

export function fetchProduct(path: string, init?: RequestInit): Promise<Response> {
  return product.fetch(new Request(`http://localhost${path}`, init))
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

export type SentItem = [header: Record<string, unknown>, payload: string | Uint8Array]

/** Envelope bytes; every item says its length. */
export function makeEnvelope(header: object, ...items: SentItem[]): Uint8Array {
  const parts: Uint8Array[] = [utf8(`${JSON.stringify(header)}\n`)]
  for (const [itemHeader, payload] of items) {
    const bytes = typeof payload === 'string' ? utf8(payload) : payload
    parts.push(
      utf8(`${JSON.stringify({ ...itemHeader, length: bytes.length })}\n`),
      bytes,
      utf8('\n'),
    )
  }
  return joinBytes(parts)
}

export function sendEnvelope(
  project: TestProject,
  body: Uint8Array | string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetchProduct(`/api/${project.id}/envelope/`, {
    method: 'POST',
    body,
    headers: { 'x-sentry-auth': `Sentry sentry_key=${project.publicKey}`, ...headers },
  })
}

/** The ledger once nothing of the project is in flight. */
export function settledLedger({ id }: TestProject): Promise<GateLedger> {
  const gate = env.PROJECT_GATE.getByName(String(id))
  return vi.waitUntil(
    async () => {
      const ledger: GateLedger = await gate.readLedger()
      return ledger.inFlight.items === 0 && ledger
    },
    { timeout: 15_000, interval: 50 },
  )
}

/** Outcomes of a project as `category outcome reason: quantity`, sorted. */
export async function outcomesOf(project: TestProject): Promise<string[]> {
  await settledLedger(project)
  const month = new Date().toISOString().slice(0, 7)
  const store = env.PROJECT_STORE.getByName(`${project.id}:${month}`)
  const rows = await store.listOutcomes(0, Date.now() + 60_000)
  const sums = new Map<string, number>()
  for (const { category, outcome, reason, quantity } of rows) {
    const name = [category, outcome, reason].filter(Boolean).join(' ')
    sums.set(name, (sums.get(name) ?? 0) + quantity)
  }
  return [...sums].map(([name, quantity]) => `${name}: ${quantity}`).sort()
}
