import { beforeAll, describe, expect, it } from 'vitest'

import { applyEvents, ask, linksOf, makeError, makeUser, type TestUser } from './api-world.ts'
import { call } from './regroup-world.ts'
import { env, makeProject, type TestProject } from './world.ts'

interface Group {
  id: string
  title: string
  count: number
  projects: { project: { slug: string }; count: number; issues: { id: string }[] }[]
}

let user: TestUser
let projects: TestProject[]

/** Three projects of an organization of their own, and one of another. */
beforeAll(async () => {
  user = await makeUser(7)
  projects = [await makeProject(), await makeProject(), await makeProject()]
  const ids = JSON.stringify(projects.map(({ id }) => id))
  await env.DB.prepare(
    'UPDATE project SET organization_id = 7 WHERE id IN (SELECT value FROM json_each(?))',
  )
    .bind(ids)
    .run()
  const [shop, mail, other] = projects
  const send = (project: TestProject, ...types: string[]) =>
    applyEvents(
      project,
      types.map((type) => ({ event: makeError(type) })),
    )
  await send(shop!, 'Shared', 'Shared', 'OnlyShop')
  await send(mail!, 'Shared', 'Twice')
  await send(other!, 'Twice', 'Twice', 'OnlyOther')
  await send(await makeProject(), 'Shared', 'OnlyOther')
})

const globalIssues = (query = '', by = user) =>
  call<Group[]>(`/organizations/org-7/global-issues/${query}`, 'GET', undefined, by)

describe('global grouping', () => {
  it('is off until an owner turns it on', async () => {
    expect((await globalIssues()).status).toBe(403)
    const member = await makeUser(7, { scopes: 'org:read event:read' })
    const path = '/organizations/org-7/'
    expect((await call(path, 'PUT', { globalGrouping: true }, member)).status).toBe(403)
    const turned = await call<{ globalGrouping: boolean }>(
      path,
      'PUT',
      { globalGrouping: true },
      user,
    )
    expect([turned.status, turned.body.globalGrouping]).toEqual([200, true])
    expect((await globalIssues('', member)).status).toBe(200)
  })

  it('shows issues of several projects with one hash as one, with counts per project', async () => {
    const { body } = await globalIssues()
    const shown = body.map(({ title, count, projects: places }) => ({
      title: title.split(':')[0],
      count,
      places: Object.fromEntries(places.map(({ project, count: each }) => [project.slug, each])),
    }))
    const [shop, mail, other] = projects.map(({ slug }) => slug)
    expect(shown.sort((a, b) => (a.title! < b.title! ? -1 : 1))).toEqual([
      { title: 'Shared', count: 3, places: { [shop!]: 2, [mail!]: 1 } },
      { title: 'Twice', count: 3, places: { [mail!]: 1, [other!]: 2 } },
    ])
  })

  it('follows hashes through issues that were merged', async () => {
    const [, mail] = projects
    const { body: before } = await globalIssues()
    const ids = before.flatMap(({ projects: places }) =>
      places.filter(({ project }) => project.slug === mail!.slug).flatMap(({ issues }) => issues),
    )
    const path = `/projects/org-7/${mail!.slug}`
    const query = ids.map(({ id }) => `id=${id}`).join('&')
    const merged = await call(`${path}/issues/?${query}`, 'PUT', { merge: 1 }, user)
    const { body } = await globalIssues()
    expect(body).toMatchObject([{ count: 6 }])
    expect(body[0]!.projects).toHaveLength(3)
    const operation = merged.body.merge.operationId
    await call(`${path}/grouping/operations/${operation}/undo/`, 'POST', {}, user)
    expect((await globalIssues()).body).toHaveLength(2)
  })

  it('goes page by page, each group once', async () => {
    const titles: string[] = []
    let query = '?per_page=1'
    for (let pages = 0; pages < 5; pages += 1) {
      const answer = await ask(user, `/organizations/org-7/global-issues/${query}`)
      titles.push(...((await answer.json()) as Group[]).map(({ title }) => title))
      const { next } = linksOf(answer)
      if (!next) break
      query = `?per_page=1&cursor=${next}`
    }
    const { body: all } = await globalIssues()
    expect(titles).toEqual(all.map(({ title }) => title))
    expect(titles).toHaveLength(2)
    expect((await globalIssues('?status=resolved')).body).toEqual([])
    expect((await globalIssues('?status=gone')).status).toBe(400)
  })

  it('shows a stranger nothing', async () => {
    const stranger = await makeUser(8)
    expect((await globalIssues('', stranger)).status).toBe(404)
  })
})
