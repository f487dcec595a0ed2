import { describe, expect, it } from 'vitest'

import { applyEvents, makeUser } from './api-world.ts'
import {
  call,
  carryOut,
  idsOf,
  issueOf,
  listIssues,
  partitionOf,
  preview,
  theOwner,
} from './regroup-world.ts'
import { makeProject, type TestProject } from './world.ts'

const AREAS = ['Pay', 'Ship', 'Mail']

const errorOf = (type: string, user = 'u1', release?: string) => ({
  type: 'error',
  exception: { values: [{ type, value: `${type} happened` }] },
  user: { id: user },
  ...(release && { release }),
})

/** Errors of several types, some seconds apart; answers them in the order of `types`. */
const send = (project: TestProject, ...types: string[]) =>
  applyEvents(
    project,
    types.map((type, index) => ({
      ago: (types.length - index) * 1000,
      event: errorOf(type, `u${index % 4}`, `shop@${index % 3}`),
    })),
  )

const rulesOf = async ({ slug }: TestProject) =>
  (await call(`/projects/acme/${slug}/`)).body.fingerprintingRules

const countsOf = async (project: TestProject) =>
  (await listIssues(project)).map(({ count }) => Number(count)).sort((a, b) => b - a)

/** Counts of every issue after a preview: those it changes as it says, the others as they are. */
function previewedCounts(
  before: { id: string; count: string }[],
  { groups }: { groups: { count: number; issues: { id: string }[] }[] },
): number[] {
  const touched = new Set(groups.flatMap(({ issues }) => issues.map(({ id }) => id)))
  const others = before.filter(({ id }) => !touched.has(id)).map(({ count }) => Number(count))
  return [...groups.map(({ count }) => count), ...others].sort((a, b) => b - a)
}

describe('the time machine', () => {
  it('says that twelve issues become three, makes it so, and takes it back', async () => {
    const project = await makeProject()
    const types = AREAS.flatMap((area) => [1, 2, 3, 4].map((number) => `${area}Error${number}`))
    const events = await send(project, ...types, 'PayError2', 'Unrelated')
    const before = await partitionOf(project)
    expect(before).toHaveLength(13)
    const fingerprintingRules = AREAS.map((area) => `error.type:${area}* -> ${area}`).join('\n')
    const shown = await preview(project, { fingerprintingRules })
    expect(shown).toMatchObject({
      summary: '12 issues become 3.',
      isComplete: true,
      events: 14,
      merged: 12,
      into: 3,
      split: 0,
      made: 0,
    })
    expect(shown.groups[0]).toMatchObject({
      count: 5,
      issueCount: 4,
      title: 'PayError2: PayError2 happened',
    })
    expect(await partitionOf(project)).toEqual(before)
    expect(await rulesOf(project)).toBe('')

    const done = await carryOut(project, shown.id, 'apply')
    expect(done).toMatchObject({ state: 'done', title: 'fingerprint rules' })
    expect(await countsOf(project)).toEqual(previewedCounts(before, shown))
    expect((await partitionOf(project)).flatMap((issue) => issue.events).sort()).toEqual(
      idsOf(events),
    )
    expect(await rulesOf(project)).toBe(fingerprintingRules)
    // What happens next arrives in the issue that is left.
    const later = await send(project, 'PayError9')
    expect((await issueOf(project, 'PayError2')).count).toBe('6')

    expect(await carryOut(project, shown.id, 'undo')).toMatchObject({ state: 'undone' })
    expect(await rulesOf(project)).toBe('')
    const after = await partitionOf(project)
    const kept = after.map((issue) => ({
      ...issue,
      events: issue.events.filter((id) => id !== later[0]!.eventId),
    }))
    expect(kept.map(({ events: ids }) => ids)).toEqual(before.map(({ events: ids }) => ids))
    expect(after.flatMap((issue) => issue.events)).toHaveLength(events.length + 1)
  })

  it('splits an issue event by event, and joins it again', async () => {
    const project = await makeProject()
    await call(`/projects/acme/${project.slug}/`, 'PUT', {
      fingerprintingRules: 'error.type:* -> all',
    })
    const events = await send(project, 'A', 'A', 'A', 'B', 'C', 'B')
    const before = await partitionOf(project)
    expect(before).toHaveLength(1)
    const shown = await preview(project, { fingerprintingRules: '' })
    expect(shown).toMatchObject({ summary: '1 issue splits; 2 are new.', split: 1, made: 2 })
    await carryOut(project, shown.id, 'apply')
    const split = await partitionOf(project)
    expect(split.map(({ count, userCount, events: ids }) => [count, userCount, ids])).toEqual(
      expect.arrayContaining([
        ['3', 3, idsOf([events[0]!, events[1]!, events[2]!])],
        ['2', 2, idsOf([events[3]!, events[5]!])],
        ['1', 1, idsOf([events[4]!])],
      ]),
    )
    const b = await issueOf(project, 'B')
    expect([Date.parse(b.firstSeen), Date.parse(b.lastSeen)]).toEqual([
      events[3]!.at,
      events[5]!.at,
    ])
    const found = await call(`/projects/acme/${project.slug}/events/${events[3]!.eventId}/`)
    expect(found.body.groupID).toBe(b.id)
    await carryOut(project, shown.id, 'undo')
    expect(await partitionOf(project)).toEqual(before)
    const again = await call(`/projects/acme/${project.slug}/events/${events[3]!.eventId}/`)
    expect(again.body.groupID).toBe(before[0]!.id)
  })

  it('does as it says and undoes to the identical partition, whatever is proposed', async () => {
    const project = await makeProject()
    let seed = 11
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % below
    }
    const types = Array.from({ length: 8 }, (_, i) => `${AREAS[i % 3]}${i}`)
    const sent = Array.from({ length: 40 }, () => types[random(types.length)]!)
    const events = await send(project, ...types, ...sent)
    for (let round = 0; round < 4; round += 1) {
      const before = await partitionOf(project)
      const rules = Array.from({ length: 1 + random(4) }, () => {
        const type = types[random(types.length)]!
        const pattern = random(2) === 0 ? `${type.slice(0, 3)}*` : type
        return `error.type:${pattern} -> group-${random(3)}`
      })
      const proposal = { fingerprintingRules: rules.join('\n') }
      const shown = await preview(project, proposal)
      await carryOut(project, shown.id, 'apply')
      const after = await partitionOf(project)
      const what = JSON.stringify({ proposal, summary: shown.summary })
      expect(await countsOf(project), what).toEqual(previewedCounts(before, shown))
      expect(after.flatMap((issue) => issue.events).sort(), what).toEqual(idsOf(events))
      // Half of them stay, so that the next begins from somewhere else.
      if (round % 2 === 0) continue
      await carryOut(project, shown.id, 'undo')
      expect(await partitionOf(project), what).toEqual(before)
    }
  })

  it('moves what a storm left out with the events that stand for it', async () => {
    const project = await makeProject()
    await call(`/projects/acme/${project.slug}/`, 'PUT', {
      fingerprintingRules: 'error.type:* -> all',
    })
    const at = Date.now() - 60_000
    const storm = Array.from({ length: 500 }, (_, i) => ({
      ago: 500 - i,
      event: errorOf(i % 5 ? 'Many' : 'Few'),
    }))
    await applyEvents(project, storm, at)
    const [before] = await listIssues(project)
    expect(before!.count).toBe('500')
    const shown = await preview(project, { fingerprintingRules: '' })
    expect(shown.rows).toBeLessThan(400)
    expect(shown.events).toBe(500)
    await carryOut(project, shown.id, 'apply')
    const counts = await countsOf(project)
    expect(counts).toEqual(previewedCounts([before!], shown))
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500)
    await carryOut(project, shown.id, 'undo')
    expect((await listIssues(project))[0]).toMatchObject({ id: before!.id, count: '500' })
  })

  it('merges issues that are named, and changes versions', async () => {
    const project = await makeProject()
    await send(project, 'A', 'B', 'B')
    const before = await partitionOf(project)
    const [a, b] = [await issueOf(project, 'A'), await issueOf(project, 'B')]
    const merged = await preview(project, { merges: [[a.id, b.id]] })
    expect(merged).toMatchObject({
      summary: '2 issues become 1.',
      groups: [{ target: b.id, count: 3 }],
    })
    await carryOut(project, merged.id, 'apply')
    expect(await listIssues(project)).toMatchObject([{ id: b.id, count: '3' }])
    await carryOut(project, merged.id, 'undo')
    expect(await partitionOf(project)).toEqual(before)
    const moved = await preview(project, { groupingConfig: 'newstyle:2026-01-20' })
    expect(moved.split + moved.made).toBe(0)
    await carryOut(project, moved.id, 'apply')
    expect(await countsOf(project)).toEqual([2, 1])
    await send(project, 'A')
    expect(await countsOf(project)).toEqual([2, 2])
  })

  it('refuses strangers, readers, other projects’ issues, rules that cannot be read, and a second one at once', async () => {
    const [project, other] = [await makeProject(), await makeProject()]
    await send(project, 'A')
    await send(other, 'A')
    const path = `/projects/acme/${project.slug}/grouping`
    const stranger = await makeUser(2)
    const reader = await makeUser(1, { scopes: 'event:read' })
    const writer = await makeUser(1, { scopes: 'event:write' })
    expect((await call(`${path}/preview/`, 'POST', {}, stranger)).status).toBe(404)
    const [a, b] = [await issueOf(project, 'A'), await issueOf(other, 'A')]
    const across = await call(`${path}/preview/`, 'POST', { merges: [[a.id, b.id]] })
    expect([across.status, Object.keys(across.body)]).toEqual([400, ['merges']])
    const broken = await call(`${path}/preview/`, 'POST', {
      fingerprintingRules: 'x -> y\nnonsense',
    })
    expect([broken.status, JSON.stringify(broken.body)]).toEqual([
      400,
      expect.stringContaining('Line'),
    ])
    const shown = (
      await call(`${path}/preview/`, 'POST', { fingerprintingRules: 'error.type:A -> a' }, reader)
    ).body
    const apply = `${path}/operations/${shown.id}/apply/`
    expect((await call(apply, 'POST', {}, reader)).status).toBe(403)
    expect((await call(apply, 'POST', {}, stranger)).status).toBe(404)
    const elsewhere = `/projects/acme/${other.slug}/grouping/operations/${shown.id}`
    expect((await call(`${elsewhere}/apply/`, 'POST')).status).toBe(404)
    expect((await call(`${path}/operations/`)).body).toEqual([])
    await carryOut(project, shown.id, 'apply')
    expect((await call(apply, 'POST')).status).toBe(404)
    const undo = `${path}/operations/${shown.id}/undo/`
    expect((await call(undo, 'POST', {}, writer)).status).toBe(403)
    expect((await call(`${elsewhere}/undo/`, 'POST')).status).toBe(404)
    const next = await preview(project, { fingerprintingRules: 'error.type:A -> b' })
    await carryOut(project, next.id, 'apply')
    expect((await call(undo, 'POST', {}, await theOwner())).status).toBe(409)
  })
})
