import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { Issue } from '#contract/issue.ts'
import { IssueTag } from '#contract/issue-tag.ts'
import {
  applyEvents,
  ask,
  linksOf,
  makeError,
  makeUser,
  type TestUser,
} from '../../tests/journey/api-world.ts'
import { env, makeProject, type TestProject } from '../../tests/journey/world.ts'

let user: TestUser
let project: TestProject
let id: string

beforeAll(async () => {
  user = await makeUser(1)
  await env.DB.prepare("INSERT INTO team VALUES(9, 1, 'crew', 'Crew', 0)").run()
})

/** Each test has a project with one issue of one event. */
beforeEach(async () => {
  project = await makeProject()
  await applyEvents(project, [{ event: makeError('FirstError', { release: 'web@1.0' }) }])
  id = await issueId('FirstError')
})

async function issueId(type: string): Promise<string> {
  const row = await env.DB.prepare(
    "SELECT id FROM issue WHERE project_id = ? AND metadata->>'type' = ?",
  )
    .bind(project.id, type)
    .first<{ id: number }>()
  return String(row!.id)
}

const get = async (path: string) => (await ask(user, path)).json()
const put = (path: string, body: unknown) => ask(user, path, { method: 'PUT', body })
const read = () => get(`/issues/${id}/`) as Promise<Record<string, unknown>>
const activity = async () =>
  ((await get(`/issues/${id}/activities/`)) as { activity: Record<string, unknown>[] }).activity

describe('an issue', () => {
  it('is what the contract promises, by id and by short id, under all its paths', async () => {
    const shortId = `${project.slug.toUpperCase()}-1`
    const shown = await read()
    expect(Issue.parse(shown)).toMatchObject({ id, shortId, status: 'unresolved', count: '1' })
    expect(shown).toMatchObject({
      title: 'FirstError: FirstError happened',
      permalink: `http://localhost/acme/${project.slug}/issues/${id}`,
      project: { id: String(project.id), slug: project.slug },
      metadata: { type: 'FirstError', value: 'FirstError happened' },
      substatus: 'new',
      priority: 'high',
      assignedTo: null,
      isUnhandled: false,
      firstRelease: { version: 'web@1.0' },
      firstSeen: expect.stringMatching(/Z$/),
      lastSeen: expect.stringMatching(/Z$/),
      tags: expect.arrayContaining([{ key: 'level', name: 'level', totalValues: 1 }]),
    })
    const { stats } = shown as { stats: Record<string, [number, number][]> }
    expect([stats['24h']!.length, stats['30d']!.length]).toEqual([24, 30])
    expect(stats['30d']!.at(-1)![1]).toBe(1)
    for (const path of [
      `/groups/${id}/`,
      `/organizations/acme/issues/${id}/`,
      `/organizations/acme/groups/${id}`,
      `/organizations/1/issues/${shortId.toLowerCase()}/`,
    ]) {
      expect([path, await get(path)]).toEqual([path, shown])
    }
    expect(await get(`/organizations/acme/shortids/${shortId}/`)).toMatchObject({
      organizationSlug: 'acme',
      projectSlug: project.slug,
      groupId: id,
      shortId,
      group: { id, shortId },
    })
  })

  it('counts within an environment what its page shows', async () => {
    await applyEvents(project, [
      { ago: 60_000, event: makeError('FirstError', { environment: 'prod', user: { id: '1' } }) },
      { ago: 30_000, event: makeError('FirstError', { environment: 'prod', user: { id: '1' } }) },
    ])
    const within = async (environment: string) => {
      const shown = Issue.parse(await get(`/issues/${id}/?environment=${environment}`))
      const graph = shown.stats?.['30d']?.reduce((sum, [, count]) => sum + count, 0)
      return { count: shown.count, users: shown.userCount, seen: shown.firstSeen, graph }
    }
    expect(await within('prod')).toMatchObject({ count: '2', users: 1, graph: 2 })
    expect(await within('dev')).toEqual({ count: '0', users: 0, seen: null, graph: 0 })
  })

  it('is not found under names that are none', async () => {
    for (const name of [
      '0',
      '-1',
      '1e3',
      '9'.repeat(16),
      '9'.repeat(40),
      'NOPE-1',
      `${project.slug}-ZZZ`,
      '%00',
      '%F0%9F%92%A5',
      '%zz',
      '..',
      '__proto__',
    ]) {
      for (const path of [`/issues/${name}/`, `/organizations/acme/issues/${name}/`]) {
        const answer = await ask(user, path)
        expect([path, answer.status]).toEqual([path, name === '..' ? expect.any(Number) : 404])
        expect(answer.status).toBeLessThan(500)
      }
    }
  })
})

describe('a change of an issue', () => {
  it('resolves, archives and reopens, and notes who did it', async () => {
    const resolved = await put(`/issues/${id}/`, { status: 'resolved' })
    expect(Issue.parse(await resolved.json())).toMatchObject({
      status: 'resolved',
      substatus: null,
    })
    await put(`/issues/${id}/`, { status: 'ignored', substatus: 'archived_forever' })
    expect(await read()).toMatchObject({ status: 'ignored', substatus: 'archived_forever' })
    await put(`/issues/${id}/`, { status: 'unresolved' })
    expect(await read()).toMatchObject({ status: 'unresolved', substatus: 'ongoing' })
    const rows = await activity()
    expect(rows.map(({ type }) => type)).toEqual([
      'set_unresolved',
      'set_ignored',
      'set_resolved',
      'first_seen',
    ])
    expect(rows[2]).toMatchObject({
      user: { email: user.email },
      data: {},
      dateCreated: expect.stringMatching(/Z$/),
    })
  })

  it('is noted once however often it is asked for', async () => {
    await put(`/issues/${id}/`, { status: 'resolved' })
    await put(`/issues/${id}/`, { status: 'resolved' })
    expect((await activity()).map(({ type }) => type)).toEqual(['set_resolved', 'first_seen'])
  })

  it('comes undone when the error happens again', async () => {
    await put(`/issues/${id}/`, { status: 'resolved' })
    await applyEvents(project, [{ event: makeError('FirstError') }])
    expect(await read()).toMatchObject({ status: 'unresolved', substatus: 'regressed' })
    expect((await activity())[0]).toMatchObject({ type: 'set_regression', user: null })
  })

  it('keeps when an archived issue is to come back, from either place clients put it', async () => {
    const before = Date.now()
    await put(`/issues/${id}/`, { status: 'ignored', ignoreDuration: 60, ignoreCount: null })
    const { statusDetails, substatus } = await read()
    const until = Date.parse((statusDetails as { ignoreUntil: string }).ignoreUntil)
    expect(until).toBeGreaterThanOrEqual(before + 3_600_000)
    expect(substatus).toBe('archived_until_condition_met')
    await put(`/issues/${id}/`, {
      status: 'ignored',
      statusDetails: { ignoreCount: 100, ignoreWindow: 60 },
    })
    expect(await read()).toMatchObject({ statusDetails: { ignoreCount: 100, ignoreWindow: 60 } })
    await put(`/issues/${id}/`, { status: 'muted', snoozeDuration: null })
    expect(await read()).toMatchObject({
      status: 'ignored',
      statusDetails: {},
      substatus: 'archived_until_escalating',
    })
  })

  it('binds a resolution to a release, the next release or a commit', async () => {
    await put(`/issues/${id}/`, { status: 'resolvedInNextRelease' })
    expect(await read()).toMatchObject({
      status: 'resolved',
      statusDetails: { inNextRelease: true },
    })
    await put(`/issues/${id}/`, { status: 'unresolved' })
    await put(`/issues/${id}/`, { status: 'resolved', statusDetails: { inRelease: 'latest' } })
    expect(await read()).toMatchObject({ statusDetails: { inRelease: 'web@1.0' } })
    await put(`/issues/${id}/`, { status: 'resolved', statusDetails: { inRelease: 'web@2.0' } })
    expect(await read()).toMatchObject({ statusDetails: { inRelease: 'web@2.0' } })
    const inCommit = { commit: 'c0ffee', repository: 'acme/shop' }
    await put(`/issues/${id}/`, { status: 'resolved', statusDetails: { inCommit } })
    expect(await read()).toMatchObject({ statusDetails: { inCommit } })
    expect((await activity()).map(({ type, data }) => [type, data]).slice(0, 4)).toEqual([
      ['set_resolved_in_commit', inCommit],
      ['set_resolved_in_release', { version: 'web@2.0' }],
      ['set_resolved_in_release', { version: 'web@1.0' }],
      ['set_unresolved', {}],
    ])
  })

  it('needs a release to wait for the next one', async () => {
    project = await makeProject()
    await applyEvents(project, [{ event: makeError('Bare') }])
    id = await issueId('Bare')
    const next = await put(`/issues/${id}/`, {
      status: 'resolved',
      statusDetails: { inNextRelease: true },
    })
    expect([next.status, await next.json()]).toEqual([
      400,
      { detail: "No release data present in the system to form a basis for 'Next Release'." },
    ])
    const latest = await put(`/issues/${id}/`, {
      status: 'resolved',
      statusDetails: { inRelease: 'latest' },
    })
    expect([latest.status, await latest.json()]).toEqual([
      400,
      { detail: 'Unable to find a release with the given version.' },
    ])
    expect(await read()).toMatchObject({ status: 'unresolved' })
  })

  it('assigns to people and teams, and takes it back', async () => {
    for (const name of ['me', `user:${user.id}`, String(user.id), user.email, `User ${user.id}`]) {
      await put(`/issues/${id}/`, { assignedTo: '' })
      await put(`/issues/${id}/`, { assignedTo: name })
      expect([name, (await read())['assignedTo']]).toEqual([
        name,
        { type: 'user', id: String(user.id), name: `User ${user.id}`, email: user.email },
      ])
    }
    const team = await ask(user, `/issues/${id}/assignee/`, {
      method: 'POST',
      body: { assignedTo: 'team:9' },
    })
    expect(await team.json()).toMatchObject({ assignedTo: { type: 'team', id: '9', name: 'crew' } })
    const asked = (query: string) =>
      get(`/projects/acme/${project.slug}/issues/?query=${encodeURIComponent(query)}`)
    expect(await asked('assigned:#crew')).toMatchObject([{ id, assignedTo: { id: '9' } }])
    expect(await asked('assigned:me')).toEqual([])
    await put(`/issues/${id}/`, { assignedTo: null })
    expect(await asked('assigned:none')).toMatchObject([{ id, assignedTo: null }])
    expect((await activity())[0]).toMatchObject({ type: 'unassigned' })
    const stranger = await put(`/issues/${id}/`, { assignedTo: 'nobody@example.com' })
    expect([stranger.status, await stranger.json()]).toEqual([
      400,
      { assignedTo: ['Unknown actor input'] },
    ])
  })

  it('sets a priority', async () => {
    await put(`/issues/${id}/`, { priority: 'low' })
    expect(await read()).toMatchObject({ priority: 'low' })
    expect(
      await get(`/projects/acme/${project.slug}/issues/?query=issue.priority:low`),
    ).toMatchObject([{ id }])
  })

  it('is refused by the name of the field that is wrong, and changes nothing then', async () => {
    const refusals: [body: unknown, field: string][] = [
      [{ status: 'gone' }, 'status'],
      [{ status: 5 }, 'status'],
      [{ status: 'ignored', substatus: 'asleep' }, 'substatus'],
      [{ status: 'ignored', ignoreDuration: -1 }, 'ignoreDuration'],
      [{ status: 'ignored', ignoreDuration: 1e12 }, 'ignoreDuration'],
      [{ status: 'ignored', statusDetails: { ignoreWindow: 99_999 } }, 'statusDetails'],
      [{ status: 'resolved', statusDetails: { inCommit: 'abc' } }, 'statusDetails'],
      [{ status: 'resolved', statusDetails: { inRelease: 'x'.repeat(300) } }, 'statusDetails'],
      [{ assignedTo: 7 }, 'assignedTo'],
      [{ priority: 'urgent' }, 'priority'],
      [{ merge: 'all' }, 'merge'],
      [{ merge: true }, 'merge'],
      [{ discard: 'yes' }, 'discard'],
      [[], 'nonFieldErrors'],
      [null, 'nonFieldErrors'],
      ['"text"', 'nonFieldErrors'],
      ['{"status":', 'detail'],
    ]
    for (const [body, field] of refusals) {
      const answer = await put(`/issues/${id}/`, body)
      expect([body, answer.status, Object.keys((await answer.json()) as object)]).toEqual([
        body,
        400,
        [field],
      ])
    }
    const huge = await put(`/issues/${id}/`, `{"status":"${'x'.repeat(300_000)}"}`)
    expect([huge.status, await huge.json()]).toEqual([413, { detail: 'Request body too large' }])
    expect(await read()).toMatchObject({ status: 'unresolved', substatus: 'new' })
  })
})

describe('a change of many issues', () => {
  beforeEach(async () => {
    await applyEvents(project, [
      { event: makeError('SecondError', { level: 'warning' }) },
      { event: makeError('ThirdError', { level: 'warning' }) },
    ])
  })

  const statuses = async () =>
    Object.fromEntries(
      (
        await env.DB.prepare(
          "SELECT metadata->>'type' AS type, status FROM issue WHERE project_id = ?",
        )
          .bind(project.id)
          .all<{ type: string; status: string }>()
      ).results.map(({ type, status }) => [type, status]),
    )

  it('changes the named ones of the path and no other', async () => {
    const elsewhere = await makeProject()
    await applyEvents(elsewhere, [{ event: makeError('Elsewhere') }])
    const other = await env.DB.prepare('SELECT id FROM issue WHERE project_id = ?')
      .bind(elsewhere.id)
      .first<{ id: number }>()
    const second = await issueId('SecondError')
    const path = `/projects/acme/${project.slug}/issues/?id=${id}&id=${second}&id=${other!.id}&id=404`
    const answer = await put(path, { status: 'resolved' })
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { status: 'resolved', substatus: null, statusDetails: {} },
    ])
    expect(await statuses()).toEqual({
      FirstError: 'resolved',
      SecondError: 'resolved',
      ThirdError: 'unresolved',
    })
    expect(await get(`/issues/${other!.id}/`)).toMatchObject({ status: 'unresolved' })
  })

  it('changes what a query finds, open issues when there is none', async () => {
    await put(`/organizations/acme/issues/?project=${project.id}&query=level:warning`, {
      status: 'ignored',
    })
    expect(await statuses()).toEqual({
      FirstError: 'unresolved',
      SecondError: 'ignored',
      ThirdError: 'ignored',
    })
    await put(`/projects/acme/${project.slug}/issues/`, { status: 'resolved' })
    expect(await statuses()).toEqual({
      FirstError: 'resolved',
      SecondError: 'ignored',
      ThirdError: 'ignored',
    })
    await put(`/projects/acme/${project.slug}/issues/?status=ignored&query=`, {
      status: 'unresolved',
    })
    expect(Object.values(await statuses()).sort()).toEqual(['resolved', 'unresolved', 'unresolved'])
  })

  it('answers 204 when nothing matches, and 400 when it cannot be done', async () => {
    const path = `/organizations/acme/issues/?project=${project.id}`
    expect((await put(`${path}&id=404`, { status: 'resolved' })).status).toBe(204)
    expect((await put(`${path}&query=nothing`, { status: 'resolved' })).status).toBe(204)
    const byQuery = await put(path, { assignedTo: 'me' })
    expect([byQuery.status, await byQuery.json()]).toEqual([
      400,
      { detail: expect.stringContaining('Name the issues by id') },
    ])
    expect((await put(`${path}&id=abc`, { status: 'resolved' })).status).toBe(400)
    expect((await put(`${path}&query=is:shiny`, { status: 'resolved' })).status).toBe(400)
    const elsewhere = await makeProject()
    await applyEvents(elsewhere, [{ event: makeError('Elsewhere') }])
    const both = await put(
      `/organizations/acme/issues/?project=${project.id}&project=${elsewhere.id}`,
      { status: 'resolvedInNextRelease' },
    )
    expect([both.status, await both.json()]).toEqual([
      400,
      { detail: 'Cannot set resolved in next release for multiple projects.' },
    ])
  })

  it('deletes for good: the error that happens again is a new issue', async () => {
    const event = ((await get(`/issues/${id}/events/latest/`)) as { eventID: string }).eventID
    expect(await get(`/issues/${id}/hashes/`)).toMatchObject([
      { id: expect.stringMatching(/^[0-9a-f]{32}$/), latestEvent: { eventID: event } },
    ])
    expect((await ask(user, `/issues/${id}/`, { method: 'DELETE' })).status).toBe(202)
    expect((await ask(user, `/issues/${id}/`)).status).toBe(404)
    expect((await ask(user, `/projects/acme/${project.slug}/events/${event}/`)).status).toBe(404)
    expect((await ask(user, `/projects/acme/${project.slug}/events/${event}/json/`)).status).toBe(
      404,
    )
    await applyEvents(project, [{ event: makeError('FirstError') }])
    expect(await issueId('FirstError')).not.toBe(id)
    const all = await ask(user, `/projects/acme/${project.slug}/issues/?query=`, {
      method: 'DELETE',
    })
    expect(all.status).toBe(204)
    expect(await get(`/projects/acme/${project.slug}/issues/?query=`)).toEqual([])
  })
})

describe('tags of an issue', () => {
  beforeEach(async () => {
    await applyEvents(project, [
      {
        ago: 3000,
        event: makeError('FirstError', {
          tags: [
            ['color', 'red'],
            ['__proto__', 'x'],
          ],
          environment: 'prod',
        }),
      },
      {
        ago: 2000,
        event: makeError('FirstError', { tags: [['color', 'blue']], environment: 'prod' }),
      },
      {
        ago: 1000,
        event: makeError('FirstError', { tags: [['color', 'red']], environment: 'dev' }),
      },
    ])
  })

  it('are counted from its events, most common first', async () => {
    const tags = z.array(IssueTag).parse(await get(`/issues/${id}/tags/`))
    expect(tags[0]).toMatchObject({ key: 'level', totalValues: 4, uniqueValues: 1 })
    expect(tags.find(({ key }) => key === 'color')).toMatchObject({
      totalValues: 3,
      uniqueValues: 2,
      topValues: [
        {
          value: 'red',
          name: 'red',
          key: 'color',
          count: 2,
          firstSeen: expect.stringMatching(/Z$/),
        },
        { value: 'blue', count: 1 },
      ],
    })
    expect(tags.find(({ key }) => key === '__proto__')).toMatchObject({ totalValues: 1 })
    const inDev = z
      .array(IssueTag)
      .parse(await get(`/issues/${id}/tags/?environment=dev&key=color`))
    expect(inDev).toMatchObject([{ key: 'color', totalValues: 1 }])
  })

  it('are shown one by one, with their values in the order asked for', async () => {
    expect(await get(`/issues/${id}/tags/color/`)).toMatchObject({ key: 'color', totalValues: 3 })
    expect((await ask(user, `/issues/${id}/tags/nothing/`)).status).toBe(404)
    const values = async (query: string) =>
      ((await get(`/issues/${id}/tags/color/values/?${query}`)) as { value: string }[]).map(
        ({ value }) => value,
      )
    expect(await values('')).toEqual(['red', 'blue'])
    expect(await values('sort=id')).toEqual(['blue', 'red'])
    expect(await values('query=BL')).toEqual(['blue'])
    expect(await get(`/issues/${id}/tags/nothing/values/`)).toEqual([])
    const first = await ask(user, `/issues/${id}/tags/color/values/?per_page=1`)
    const { next } = linksOf(first)
    expect(await values(`per_page=1&cursor=${next}`)).toEqual(['blue'])
    expect((await ask(user, `/issues/${id}/tags/color/values/?sort=size`)).status).toBe(400)
  })
})
