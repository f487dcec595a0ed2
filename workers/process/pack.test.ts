import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'

import { monthOf } from '#domain/identifier.ts'
import { decodePack, encodePack, type PackedItem } from '#domain/pack/pack-format.ts'
import { makePackId } from '#domain/pack/pack-id.ts'
import type { PackMessage } from '#domain/pack/pack-message.ts'
import { packKey } from '#store/blob.ts'
import { loadGrouping } from '#store/grouping-config.ts'
import { type ItemMeta, packItem } from '#store/packed-item.ts'
import { openStores } from '#store/stores.ts'
import { env, makeProject, newEventId, type TestProject } from '../../tests/journey/world.ts'
import worker from '../main.ts'
import { processPack } from './pack.ts'
import { processItems } from './process-items.ts'

const stores = openStores(env)
const META: ItemMeta = { receivedAt: Date.now(), quantities: [{ category: 'error', quantity: 1 }] }

function makeEvent(message: string, overrides: Record<string, unknown> = {}): PackedItem {
  const eventId = newEventId()
  const event = { event_id: eventId, timestamp: 1, received: 1, type: 'default', level: 'error' }
  const payload = { ...event, platform: 'node', logentry: { formatted: message }, ...overrides }
  return packItem('event', eventId, META, JSON.stringify(payload))
}

/** Puts a pack on R2 as a gate would, and answers its pointer. */
async function ship({ id }: TestProject, items: PackedItem[]): Promise<PackMessage> {
  const packId = makePackId(Date.now(), crypto.getRandomValues(new Uint8Array(16)))
  const month = monthOf(Date.now())
  const key = packKey('90d', id, month, packId)
  const bytes = encodePack(items)
  await env.RAW.put(key, bytes)
  return { version: 1, packId, projectId: id, month, key, items: items.length, bytes: bytes.length }
}

const issuesOf = async ({ id }: TestProject) =>
  (
    await env.DB.prepare(
      'SELECT id, title, count, status, substatus FROM issue WHERE project_id = ?',
    )
      .bind(id)
      .all<{ id: number; title: string; count: number; status: string; substatus: string }>()
  ).results

const outcomesOf = ({ id }: TestProject) =>
  stores.projectStore(id, monthOf(Date.now())).listOutcomes(0, Date.now() + 60_000)

describe('processing a pack', () => {
  it('makes one issue of events with one hash, whichever packs bring them at once', async () => {
    const project = await makeProject()
    const packs = await Promise.all(
      Array.from({ length: 6 }, () => ship(project, [makeEvent('boom'), makeEvent('boom')])),
    )
    await Promise.all(packs.map((pack) => processPack(pack, stores, Date.now())))
    expect(await issuesOf(project)).toHaveLength(1)
    expect(await outcomesOf(project)).toMatchObject([{ outcome: 'accepted', quantity: 12 }])
  })

  it('changes nothing when a pack is delivered again', async () => {
    const project = await makeProject()
    const pack = await ship(project, [makeEvent('boom')])
    for (let delivery = 0; delivery < 3; delivery += 1) await processPack(pack, stores, Date.now())
    expect(await issuesOf(project)).toMatchObject([{ count: 1 }])
    expect(await outcomesOf(project)).toMatchObject([{ outcome: 'accepted', quantity: 1 }])
  })

  it('numbers the issues of a project 1, 2, 3 even when packs race', async () => {
    const project = await makeProject()
    const packs = await Promise.all(
      ['one', 'two', 'three', 'four'].map((name) =>
        ship(project, [makeEvent(name), makeEvent(`${name} again`)]),
      ),
    )
    await Promise.all(packs.map((pack) => processPack(pack, stores, Date.now())))
    const { results } = await env.DB.prepare(
      'SELECT short_number AS number FROM issue WHERE project_id = ? ORDER BY short_number',
    )
      .bind(project.id)
      .all<{ number: number }>()
    expect(results.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  it('steps aside for others while it works through a large pack', async () => {
    const project = await makeProject()
    const items = Array.from({ length: 200 }, () => makeEvent('boom'))
    const pack = await ship(project, items)
    const bytes = encodePack(items)
    const entries = decodePack(bytes)
    const grouping = await loadGrouping(stores, project.id, Date.now())
    let turnsOfOthers = 0
    let isDone = false
    const others = (async () => {
      while (!isDone) {
        await scheduler.wait(0)
        turnsOfOthers += 1
      }
    })()
    turnsOfOthers = 0
    if (entries.ok) await processItems(pack, bytes, entries.value, grouping)
    const turns = turnsOfOthers
    isDone = true
    await others
    expect(turns).toBeGreaterThanOrEqual(10)
  })

  it('names an item that cannot be processed, and keeps its neighbours', async () => {
    const project = await makeProject()
    const broken = { ...makeEvent('x'), bytes: Uint8Array.of(1, 2, 3) }
    await processPack(await ship(project, [makeEvent('good'), broken]), stores, Date.now())
    expect(await issuesOf(project)).toMatchObject([{ title: 'good' }])
    expect(await outcomesOf(project)).toMatchObject([
      { outcome: 'accepted', quantity: 1 },
      { outcome: 'invalid', reason: 'internal', quantity: 1 },
    ])
  })

  it('reopens a resolved issue as regressed, once, and leaves an ignored one alone', async () => {
    const project = await makeProject()
    await processPack(
      await ship(project, [makeEvent('boom'), makeEvent('noise')]),
      stores,
      Date.now(),
    )
    const set = (title: string, status: string) =>
      env.DB.prepare('UPDATE issue SET status = ? WHERE project_id = ? AND title = ?')
        .bind(status, project.id, title)
        .run()
    await set('boom', 'resolved')
    await set('noise', 'ignored')
    const packs = await Promise.all(
      [0, 1].map(() => ship(project, [makeEvent('boom'), makeEvent('noise')])),
    )
    await Promise.all(packs.map((pack) => processPack(pack, stores, Date.now())))
    const issues = await issuesOf(project)
    expect(issues.find(({ title }) => title === 'boom')).toMatchObject({
      status: 'unresolved',
      substatus: 'regressed',
    })
    expect(issues.find(({ title }) => title === 'noise')).toMatchObject({ status: 'ignored' })
    const { results } = await env.DB.prepare(
      "SELECT id FROM activity WHERE type = 'set_regression' AND issue_id = ?",
    )
      .bind(issues.find(({ title }) => title === 'boom')?.id)
      .all()
    expect(results).toHaveLength(1)
  })
})

describe('the queue', () => {
  const deliver = async (queue: string, bodies: unknown[]) => {
    const messages = bodies.map((body, index) => ({
      id: String(index),
      timestamp: new Date(),
      attempts: 1,
      body,
    }))
    const batch = createMessageBatch(queue, messages)
    await worker.queue(batch, env)
    return getQueueResult(batch, createExecutionContext())
  }

  it('acknowledges good packs and retries bad ones, each by itself', async () => {
    const project = await makeProject()
    const good = await ship(project, [makeEvent('boom')])
    const result = await deliver('picket-packs', [
      { ...good, key: 'not/there.pack' },
      good,
      'nonsense',
    ])
    expect(result.explicitAcks).toEqual(['1'])
    expect(result.retryMessages.map(({ msgId }) => msgId)).toEqual(['0', '2'])
    expect(await issuesOf(project)).toHaveLength(1)
  })

  it('notes a dead pack for a person to see, once', async () => {
    const project = await makeProject()
    const pack = await ship(project, [makeEvent('boom')])
    await deliver('picket-packs-dead', [pack])
    const result = await deliver('picket-packs-dead', [pack])
    expect(result.explicitAcks).toEqual(['0'])
    const { results } = await env.DB.prepare(
      'SELECT failures FROM dead_letter WHERE project_id = ?',
    )
      .bind(project.id)
      .all()
    expect(results).toEqual([{ failures: 2 }])
  })

  it('forgets a dead pack when its gate sent it again and it went well', async () => {
    const project = await makeProject()
    const pack = await ship(project, [makeEvent('boom')])
    await deliver('picket-packs-dead', [pack])
    await deliver('picket-packs', [{ ...pack, sends: 2 }])
    const left = await env.DB.prepare('SELECT pack_id FROM dead_letter WHERE project_id = ?')
      .bind(project.id)
      .all()
    expect(left.results).toEqual([])
    expect(await issuesOf(project)).toHaveLength(1)
  })
})
