import { setTimeout as sleep } from 'node:timers/promises'

import { inject } from 'vitest'
import { z } from 'zod/mini'

import type { Ledger } from '#contract/ledger.ts'

const { url, token, organization, project } = inject('picket')

const Key = z.looseObject({ dsn: z.looseObject({ public: z.string() }) })

/** A new key of the project that takes `count` errors a minute; its DSN. */
export async function makeLimitedKey(count: number): Promise<string> {
  const answer = await fetch(`${url}/api/0/projects/${organization}/${project}/keys/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Limited', rateLimit: { window: 60, count } }),
  })
  if (answer.status !== 201) throw new Error(`no key was made: ${answer.status}`)
  return Key.parse(await answer.json()).dsn.public
}

/**
 * Waits until this minute's window of the seeded organization (id 1: windows turn a second past the
 * minute) is long enough for a client to start and to send all it has.
 */
export async function waitForFreshMinute(leftSeconds: number): Promise<void> {
  const gone = (Date.now() / 1000 - 1) % 60
  if (gone > 60 - leftSeconds) await sleep((60 - gone) * 1000)
}

/** What the ledger counts under this outcome and reason, of errors. */
export function errorsLost({ outcomes }: Ledger, outcome: string, reason: string): number {
  return outcomes
    .filter((row) => row.outcome === outcome && row.reason === reason && row.category === 'error')
    .reduce((sum, row) => sum + row.quantity, 0)
}
