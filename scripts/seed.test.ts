import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import type { D1Database } from '@cloudflare/workers-types'
import { describe, expect, it } from 'vitest'

import { importKeySecret, verifyPublicKey } from '../workers/domain/dsn/public-key.ts'
import { readSecret } from './secret.ts'
import { type Seeded, seedDatabase } from './seed.ts'

/** A database that is empty and takes everything. */
const EMPTY = {
  prepare: () => ({ first: async () => null, bind: () => ({}) }),
  batch: async () => [],
} as unknown as D1Database

const URL = 'http://localhost:8787'
const makeState = (): string => mkdtempSync(path.join(tmpdir(), 'picket-seed-'))
const seed = (state: string, url = URL): Promise<Seeded> => seedDatabase(EMPTY, { url, state })

async function isGenuine(state: string, { projectId, publicKey }: Seeded): Promise<boolean> {
  const secret = await importKeySecret(readSecret(state))
  return verifyPublicKey(secret, Number(projectId), publicKey)
}

describe('a seeded run', () => {
  it('is the same on its second start, on another port too', async () => {
    const state = makeState()
    const first = await seed(state)
    const second = await seed(state, 'http://localhost:9999')
    expect(second).toMatchObject({ token: first.token, publicKey: first.publicKey })
    expect(second.dsn).toContain('@localhost:9999/')
    expect(JSON.parse(readFileSync(path.join(state, 'dev.json'), 'utf8'))).toEqual(second)
  })

  it('does not take over what another run announced in its folder', async () => {
    const other = await seed(makeState())
    const state = makeState()
    writeFileSync(path.join(state, 'dev.json'), JSON.stringify(other))
    const seeded = await seed(state)
    expect(seeded.token).not.toBe(other.token)
    expect(await isGenuine(state, seeded)).toBe(true)
    expect(await isGenuine(state, other)).toBe(false)
  })
})
