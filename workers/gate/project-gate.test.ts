import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'

import { lossQuantities } from '#domain/envelope/item-quantities.ts'
import type { LedgerEntry } from '#domain/outcome.ts'
import { packItem } from '#store/packed-item.ts'
import { env, makeProject, newEventId, type TestProject } from '../../tests/journey/world.ts'
import type { Admission, AdmissionItem } from './admission.ts'
import { emptyState } from './gate-state.ts'
import { ProjectGate } from './project-gate.ts'
import { type ShippedPack, ShippedPacks } from './shipped-packs.ts'

const gateOf = ({ id }: TestProject) => env.PROJECT_GATE.getByName(String(id))

function makeItem(eventId: string): AdmissionItem {
  const event = { event_id: eventId, timestamp: 1, received: 1, type: 'default', level: 'error' }
  const payload = JSON.stringify({ ...event, platform: 'other', logentry: { formatted: 'hello' } })
  const facts = { kind: 'event', header: {}, bytes: payload.length } as const
  const meta = { receivedAt: Date.now(), quantities: lossQuantities(facts) }
  return { ...packItem('event', eventId, meta, payload), facts, quantities: meta.quantities }
}

function admission({ id, publicKey }: TestProject, ...eventIds: string[]): Admission {
  const configVersion = Number.MAX_SAFE_INTEGER
  return { projectId: id, publicKey, configVersion, items: eventIds.map(makeItem), losses: [] }
}

const SHIPPED: Omit<ShippedPack, 'packId'> = {
  month: '2026-11',
  key: 'k',
  items: 1,
  quantities: { error: 1 },
  bytes: 1,
  sentAt: 0,
  sends: 1,
}

async function settledLedger(project: TestProject) {
  return vi.waitUntil(
    async () => {
      const ledger = await gateOf(project).readLedger()
      return ledger.inFlight.items === 0 && ledger
    },
    { timeout: 10_000, interval: 100 },
  )
}

describe('the gate', () => {
  it('takes nothing that was prepared by older settings, and hands out the new ones', async () => {
    const project = await makeProject()
    const gate = gateOf(project)
    const old = await gate.readConfig(project.id)
    await env.DB.prepare('UPDATE project SET options = ? WHERE id = ?')
      .bind('{"filters":{"localhost":true}}', project.id)
      .run()
    await gate.refresh()
    const prepared = { ...admission(project, newEventId()), configVersion: old!.version }
    const answer = await gate.admit(prepared)
    expect(answer).toMatchObject({
      status: 'config_changed',
      config: { version: old!.version + 1, filters: { localhost: true } },
    })
    expect((await gate.readLedger()).received).toEqual({})
    expect(await gate.admit({ ...prepared, configVersion: old!.version + 1 })).toMatchObject({
      status: 'answered',
      verdicts: ['admitted'],
    })
  })

  it('admits what a known key sends, and the ledger balances when it has settled', async () => {
    const project = await makeProject()
    const answer = await gateOf(project).admit(admission(project, newEventId(), newEventId()))
    expect(answer).toMatchObject({
      status: 'answered',
      verdicts: ['admitted', 'admitted'],
      limits: [],
    })
    expect(await settledLedger(project)).toMatchObject({
      received: { error: 2 },
      accounted: { error: 2 },
      difference: {},
    })
  })

  it('refuses keys that are not there or switched off, and projects that are not there', async () => {
    const project = await makeProject()
    const refused = { ...admission(project, newEventId()), publicKey: 'f'.repeat(32) }
    expect(await gateOf(project).admit(refused)).toEqual({ status: 'key_unknown' })
    await env.DB.prepare('UPDATE project_key SET is_active = 0 WHERE project_id = ?')
      .bind(project.id)
      .run()
    await gateOf(project).refresh()
    expect(await gateOf(project).admit(admission(project, newEventId()))).toEqual({
      status: 'key_disabled',
    })
    const nowhere = { ...project, id: 1_999_999_999 }
    expect(await gateOf(nowhere).admit(admission(nowhere, newEventId()))).toEqual({
      status: 'project_unknown',
    })
  })

  it('calls a repeated event id a duplicate, in one request and in the next', async () => {
    const project = await makeProject()
    const id = newEventId()
    const first = await gateOf(project).admit(admission(project, id, id))
    const second = await gateOf(project).admit(admission(project, id))
    expect(first).toMatchObject({ verdicts: ['admitted', 'duplicate'] })
    expect(second).toMatchObject({ verdicts: ['duplicate'] })
  })

  it('stops a key at its limit, tells which limit and until when, and counts the loss', async () => {
    const project = await makeProject({ rateLimit: { count: 2, windowSeconds: 3600 } })
    const admit = () => gateOf(project).admit(admission(project, newEventId()))
    expect([await admit(), await admit()]).toMatchObject([{ limits: [] }, { limits: [] }])
    expect(await admit()).toMatchObject({
      verdicts: ['rate_limited'],
      limits: [{ scope: 'key', reason: 'key_quota' }],
    })
    expect(await settledLedger(project)).toMatchObject({
      received: { error: 3 },
      accounted: { error: 3 },
      difference: {},
    })
  })

  it('keeps what it answered for when it is evicted before it shipped', async () => {
    const project = await makeProject()
    const ids = Array.from({ length: 5 }, newEventId)
    for (const id of ids) await gateOf(project).admit(admission(project, id))
    await evictDurableObject(gateOf(project))
    expect(await gateOf(project).admit(admission(project, ids[4]!))).toMatchObject({
      verdicts: ['duplicate'],
    })
    await gateOf(project).wake()
    expect(await settledLedger(project)).toMatchObject({
      received: { error: 6 },
      accounted: { error: 6 },
      difference: {},
    })
  })

  it('keeps its counters through shipping, confirmation and rest, wherever it is evicted', async () => {
    const project = await makeProject()
    const shippedRows = () =>
      runInDurableObject(gateOf(project), (_, { storage }) =>
        storage.sql.exec('SELECT slot FROM shipped WHERE pack IS NOT NULL').toArray(),
      )
    for (const received of [1, 2]) {
      await gateOf(project).admit(admission(project, newEventId()))
      await gateOf(project).wake()
      await settledLedger(project)
      await evictDurableObject(gateOf(project))
      const balanced = { received: { error: received }, difference: {} }
      expect(await gateOf(project).readLedger()).toMatchObject(balanced)
      await vi.waitUntil(async () => {
        await gateOf(project).wake()
        return (await shippedRows()).length === 0
      })
      await evictDurableObject(gateOf(project))
      expect(await gateOf(project).readLedger()).toMatchObject(balanced)
    }
  })

  it('writes a pack that ships over one that is confirmed', async () => {
    const project = await makeProject()
    await runInDurableObject(gateOf(project), async (_, { storage }) => {
      const packs = new ShippedPacks(storage.sql)
      const pack = (packId: string) => ({ ...SHIPPED, packId })
      packs.put(pack('A'), emptyState(project.id))
      packs.put(pack('B'), emptyState(project.id))
      packs.remove(['A'])
      packs.put(pack('C'), { ...emptyState(project.id), received: { '2026-11': { error: 3 } } })
      expect(storage.sql.exec('SELECT slot FROM shipped').toArray()).toHaveLength(2)
      const reread = new ShippedPacks(storage.sql)
      expect(reread.all().map(({ packId }) => packId)).toEqual(['B', 'C'])
      expect(reread.newestState()).toMatchObject({ received: { '2026-11': { error: 3 } } })
      reread.remove(['B', 'C'])
      expect(reread.isSpent).toBe(true)
      reread.rest({ ...emptyState(project.id), received: { '2026-11': { error: 4 } } })
      const rested = new ShippedPacks(storage.sql)
      expect([rested.size, rested.isSpent]).toEqual([0, false])
      expect(rested.newestState()).toMatchObject({ received: { '2026-11': { error: 4 } } })
    })
  })

  it('keeps everything in its journal while R2 or the queue is down, and ships it afterwards', async () => {
    const project = await makeProject()
    const down = () => Promise.reject(new Error('down'))
    for (const broken of [{ RAW: { put: down } }, { PACKS: { send: down } }]) {
      await runInDurableObject(gateOf(project), async (_, state) => {
        const gate = new ProjectGate(state, { ...env, ...broken } as unknown as typeof env)
        expect(await gate.admit(admission(project, newEventId()))).toMatchObject({
          verdicts: ['admitted'],
        })
        await gate.wake()
        const { inFlight, difference } = await gate.readLedger()
        expect(inFlight.journal).toBeGreaterThan(0)
        expect(difference).toEqual({})
      })
      await evictDurableObject(gateOf(project))
    }
    await gateOf(project).wake()
    expect(await settledLedger(project)).toMatchObject({
      received: { error: 2 },
      accounted: { error: 2 },
      difference: {},
    })
  })

  it('takes no more than its journal may hold, and says when to come back', async () => {
    const project = await makeProject()
    await runInDurableObject(gateOf(project), async (_, state) => {
      const put = () => Promise.reject(new Error('down'))
      const small = { ...env, RAW: { put }, JOURNAL_BYTES_MAX: '200' } as unknown as typeof env
      const gate = new ProjectGate(state, small)
      const answers = []
      for (let i = 0; i < 4; i += 1)
        answers.push(await gate.admit(admission(project, newEventId())))
      expect(answers[0]).toMatchObject({ status: 'answered' })
      expect(answers.at(-1)).toEqual({ status: 'overloaded', retryAfterSeconds: 60 })
    })
    await evictDurableObject(gateOf(project))
    await gateOf(project).wake()
    expect(await settledLedger(project)).toMatchObject({ difference: {} })
  })

  it('settles losses that came without items, in a row shared with what comes next', async () => {
    const project = await makeProject()
    const loss: LedgerEntry = {
      category: 'error',
      outcome: 'client_discard',
      reason: 'before_send',
      quantity: 7,
    }
    await gateOf(project).admit({ ...admission(project), losses: [loss, loss] })
    expect(await settledLedger(project)).toMatchObject({
      received: { error: 14 },
      accounted: { error: 14 },
      difference: {},
    })
  })
})
