import { describe, expect, it } from 'vitest'

import { processPack } from '#process/pack.ts'
import { applyEvents, makeUser, shipEvents, stores } from './api-world.ts'
import { call, hashesOf, idsOf, issueOf, listIssues, partitionOf, undo } from './regroup-world.ts'
import { makeProject, type TestProject } from './world.ts'

/** An error whose group is named by its fingerprint. */
const errorOf = (group: string, user?: string) => ({
  type: 'error',
  fingerprint: [group],
  exception: { values: [{ type: group, value: `${group} happened` }] },
  ...(user && { user: { id: user } }),
})

const send = (project: TestProject, ...groups: string[]) =>
  applyEvents(
    project,
    groups.map((group, index) => ({ ago: index * 1000, event: errorOf(group, `u${index % 3}`) })),
  )

const merge = ({ slug }: TestProject, ...ids: string[]) =>
  call(`/projects/acme/${slug}/issues/?${ids.map((id) => `id=${id}`).join('&')}`, 'PUT', {
    merge: 1,
  })

describe('merging issues', () => {
  it('joins events, counts and users, keeps the larger one, and leads on from the others', async () => {
    const project = await makeProject()
    const events = await send(project, 'A', 'A', 'B', 'C')
    const [a, b, c] = await Promise.all(['A', 'B', 'C'].map((group) => issueOf(project, group)))
    const { status, body } = await merge(project, a!.id, b!.id, c!.id)
    expect(status).toBe(200)
    expect(body.merge.parent).toBe(a!.id)
    expect([...body.merge.children].sort()).toEqual([b!.id, c!.id].sort())
    const [merged, ...others] = await partitionOf(project)
    expect(others).toEqual([])
    expect(merged).toMatchObject({ id: a!.id, count: '4', userCount: 3, events: idsOf(events) })
    expect((await call(`/issues/${b!.id}/`)).body).toMatchObject({ id: a!.id })
    expect(
      (await call(`/projects/acme/${project.slug}/events/${events[2]!.eventId}/`)).body,
    ).toMatchObject({ groupID: a!.id })
    expect((await call(`/issues/${a!.id}/activities/`)).body.activity[0]).toMatchObject({
      type: 'merge',
    })
  })

  it('sends what happens later to the issue that is left', async () => {
    const project = await makeProject()
    await send(project, 'A', 'A', 'B')
    const [a, b] = [await issueOf(project, 'A'), await issueOf(project, 'B')]
    await merge(project, a.id, b.id)
    await send(project, 'B', 'B', 'B')
    expect(await listIssues(project)).toMatchObject([{ id: a.id, count: '6' }])
  })

  it('refuses one issue, issues of two projects, and strangers', async () => {
    const [project, other] = [await makeProject(), await makeProject()]
    await send(project, 'A')
    await send(other, 'A')
    const [a, b] = [await issueOf(project, 'A'), await issueOf(other, 'A')]
    expect((await merge(project, a.id)).status).toBe(400)
    expect((await merge(project, a.id, b.id)).status).toBe(400)
    const across = `/organizations/acme/issues/?id=${a.id}&id=${b.id}`
    expect((await call(across, 'PUT', { merge: 1 })).status).toBe(400)
    const stranger = await makeUser(2)
    expect((await call(across, 'PUT', { merge: 1 }, stranger)).status).toBe(404)
    expect((await call(`/issues/${a.id}/hashes/?id=x`, 'PUT', {}, stranger)).status).toBe(404)
    const operations = `/projects/acme/${project.slug}/grouping/operations/`
    expect((await call(operations, 'GET', undefined, stranger)).status).toBe(404)
    expect((await call(`${operations}1/undo/`, 'POST', {}, stranger)).status).toBe(404)
    const reader = await makeUser(1, { scopes: 'event:read' })
    expect((await call(`/issues/${a.id}/hashes/?id=x`, 'PUT', {}, reader)).status).toBe(403)
    expect((await call(`${operations}1/undo/`, 'POST', {}, reader)).status).toBe(403)
  })

  it('loses nothing of packs that are processed meanwhile, or come again', async () => {
    const project = await makeProject()
    await send(project, 'A', 'A', 'B')
    const [a, b] = [await issueOf(project, 'A'), await issueOf(project, 'B')]
    const packs = await Promise.all(
      Array.from({ length: 6 }, () =>
        shipEvents(project, [{ event: errorOf('A') }, { event: errorOf('B') }]),
      ),
    )
    const process = ({ message }: (typeof packs)[number]) =>
      processPack(message, stores, Date.now())
    const [, merged] = await Promise.all([
      Promise.all(packs.slice(0, 4).map(process)),
      merge(project, a.id, b.id),
      Promise.all(packs.slice(4).map(process)),
    ])
    expect(merged.status).toBe(200)
    await Promise.all(packs.map(process))
    expect(await listIssues(project)).toMatchObject([{ id: a.id, count: '15' }])
    await undo(project, merged.body.merge.operationId)
    expect((await issueOf(project, 'A')).count).toBe('8')
    expect((await issueOf(project, 'B')).count).toBe('7')
  })
})

describe('unmerging hashes', () => {
  it('gives an issue that was merged back as it was', async () => {
    const project = await makeProject()
    await send(project, 'A', 'A', 'B')
    await call(`/issues/${(await issueOf(project, 'B')).id}/`, 'PUT', { status: 'resolved' })
    const before = await partitionOf(project)
    const [a, b] = [await issueOf(project, 'A'), await issueOf(project, 'B')]
    const [hash] = await hashesOf(b.id)
    await merge(project, a.id, b.id)
    expect(await hashesOf(a.id)).toHaveLength(2)
    const answer = await call(`/issues/${a.id}/hashes/?id=${hash!.id}`, 'DELETE')
    expect(answer.status).toBe(202)
    expect(await partitionOf(project)).toEqual(before)
  })

  it('makes a new issue of a hash that was always there, described by its newest event', async () => {
    const project = await makeProject()
    // The same frames, not all of them the app's own: another hash, and one in common.
    const crash = (type: string, isOwn: boolean) => {
      const frame = (name: string, in_app: boolean) => ({
        function: name,
        filename: 'a.js',
        in_app,
      })
      const frames = [frame('main', true), frame('charge', isOwn)]
      return {
        type: 'error',
        exception: { values: [{ type: 'E', value: type, stacktrace: { frames } }] },
      }
    }
    const [first] = await applyEvents(project, [{ ago: 5000, event: crash('First', true) }])
    const [second] = await applyEvents(project, [{ event: crash('Second', false) }])
    const [joined, ...others] = await listIssues(project)
    expect(others).toEqual([])
    expect(joined).toMatchObject({ title: 'E: First', count: '2' })
    const hashes = await call<{ id: string; latestEvent: { eventID: string } | null }[]>(
      `/organizations/acme/issues/${joined!.id}/hashes/`,
    )
    const leaving = hashes.body.find(({ latestEvent }) => latestEvent?.eventID === second!.eventId)
    expect((await call(`/issues/${joined!.id}/hashes/?id=${leaving!.id}`, 'PUT')).status).toBe(202)
    const issues = await partitionOf(project)
    expect(issues.map(({ count, events }) => [count, events])).toEqual([
      ['1', [first!.eventId]],
      ['1', [second!.eventId]],
    ])
    expect((await listIssues(project)).map(({ title }) => title).sort()).toEqual([
      'E: First',
      'E: Second',
    ])
    await applyEvents(project, [{ event: crash('Third', false) }])
    expect((await partitionOf(project)).map(({ count }) => count)).toEqual(['1', '2'])
  })

  it('leaves at least one hash, and takes none of another issue', async () => {
    const project = await makeProject()
    await send(project, 'A', 'B')
    const [a, b] = [await issueOf(project, 'A'), await issueOf(project, 'B')]
    const [hash] = await hashesOf(a.id)
    expect((await call(`/issues/${a.id}/hashes/?id=${hash!.id}`, 'PUT')).status).toBe(400)
    expect((await call(`/issues/${b.id}/hashes/?id=${hash!.id}`, 'PUT')).status).toBe(400)
  })

  it('undoes any run of merges to the identical partition', async () => {
    const project = await makeProject()
    const groups = ['A', 'B', 'C', 'D', 'E', 'F']
    let seed = 7
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return seed % below
    }
    const sent = Array.from({ length: 40 }, () => groups[random(6)]!)
    const events = await send(project, ...groups, ...sent)
    const history = [await partitionOf(project)]
    const operations: string[] = []
    for (let step = 0; step < 4; step += 1) {
      const ids = (await listIssues(project)).map(({ id }) => id)
      if (ids.length < 3) break
      const from = random(ids.length - 1)
      const { body } = await merge(project, ...ids.slice(from, from + 2))
      operations.push(body.merge.operationId)
      history.push(await partitionOf(project))
      const all = history.at(-1)!
      expect(all.flatMap((issue) => issue.events).sort()).toEqual(idsOf(events))
      expect(all.reduce((sum, { count }) => sum + Number(count), 0)).toBe(events.length)
    }
    for (const operation of operations.reverse()) {
      expect(await partitionOf(project)).toEqual(history.pop())
      expect((await undo(project, operation)).status).toBe(202)
      expect((await undo(project, operation)).status).toBe(409)
    }
    expect(await partitionOf(project)).toEqual(history[0])
  })
})

describe('deleting and discarding', () => {
  it('lets a deleted error start anew, without the events it had', async () => {
    const project = await makeProject()
    const [old] = await applyEvents(
      project,
      [{ ago: 60_000, event: errorOf('A') }],
      Date.now() - 60_000,
    )
    const { id } = await issueOf(project, 'A')
    expect((await call(`/issues/${id}/`, 'DELETE')).status).toBe(202)
    expect((await call(`/projects/acme/${project.slug}/events/${old!.eventId}/`)).status).toBe(404)
    const [fresh] = await send(project, 'A')
    const [issue, ...others] = await partitionOf(project)
    expect(others).toEqual([])
    expect(issue).toMatchObject({ count: '1', events: [fresh!.eventId] })
    expect(issue!.id).not.toBe(id)
    expect((await call(`/projects/acme/${project.slug}/events/${old!.eventId}/`)).status).toBe(404)
  })

  it('filters what happens of a discarded issue until its tombstone is taken away', async () => {
    const project = await makeProject()
    await send(project, 'A', 'B')
    const { id } = await issueOf(project, 'A')
    expect((await call(`/issues/${id}/`, 'PUT', { discard: true })).status).toBe(204)
    expect((await call(`/issues/${id}/`)).status).toBe(404)
    await send(project, 'A', 'B', 'A')
    expect(await listIssues(project)).toMatchObject([{ title: 'B: B happened', count: '2' }])
    const month = new Date().toISOString().slice(0, 7)
    const outcomes = await stores
      .projectStore(project.id, month)
      .listOutcomes(0, Date.now() + 60_000)
    const filtered = outcomes.filter(({ reason }) => reason === 'discarded-hash')
    expect(filtered.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(2)
    const tombstones = `/projects/acme/${project.slug}/tombstones/`
    expect((await call(tombstones)).body).toMatchObject([{ id, message: 'A: A happened' }])
    expect((await call(`${tombstones}${id}/`, 'DELETE', undefined, await makeUser(2))).status).toBe(
      404,
    )
    expect((await call(`${tombstones}${id}/`, 'DELETE')).status).toBe(204)
    await send(project, 'A')
    expect(await issueOf(project, 'A')).toMatchObject({ count: '1' })
  })

  it('lets only those discard who may delete', async () => {
    const project = await makeProject()
    await send(project, 'A')
    const { id } = await issueOf(project, 'A')
    const writer = await makeUser(1, { scopes: 'event:write' })
    expect((await call(`/issues/${id}/`, 'PUT', { discard: true }, writer)).status).toBe(403)
  })
})
