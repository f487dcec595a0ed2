import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

import { Issue } from '#contract/issue.ts'
import { ALWAYS } from '#store/condition.ts'
import { listIssues } from '#store/issue-list.ts'
import {
  applyEvents,
  ask,
  linksOf,
  makeError,
  makeUser,
  stores,
  type TestUser,
} from '../../tests/journey/api-world.ts'
import { env, makeProject, type TestProject } from '../../tests/journey/world.ts'

const HOUR_MS = 3_600_000

let user: TestUser
beforeAll(async () => {
  user = await makeUser(1)
})

type Shown = z.infer<typeof Issue>

async function list(project: TestProject, query: Record<string, string | string[]> = {}) {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
  )
  const answer = await ask(user, `/projects/acme/${project.slug}/issues/?${search}`)
  const body = await answer.json()
  if (answer.status !== 200) throw new Error(`${answer.status} ${JSON.stringify(body)}`)
  return { answer, issues: z.array(Issue).parse(body), links: linksOf(answer) }
}

const types = (issues: Shown[]) => issues.map(({ metadata }) => metadata.type)

/** Rows as the processor would have made them, `count` of them, newest first by id. */
async function insertIssues(projectId: number, count: number, status = 'unresolved') {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
     INSERT INTO issue(id, project_id, short_number, title, culprit, level, type, platform, metadata,
       is_unhandled, status, count, user_count, first_seen_at, last_seen_at)
     SELECT ?1 * 100000 + i, ?1, i, 'Error ' || i, 'main', 'error', 'error', 'node',
       '{"type":"E' || i || '"}', 0, ?3, i % 7, i % 5, 1000 * i, 5000000 - (i % 97) * 1000
     FROM n`,
  )
    .bind(projectId, count, status)
    .run()
}

describe('pages of issues', () => {
  it('hold every issue once, forwards and backwards, in every order', async () => {
    const project = await makeProject()
    await insertIssues(project.id, 57)
    for (const sort of ['date', 'new', 'freq', 'user']) {
      const forwards: string[] = []
      const pages: string[][] = []
      let cursor: string | undefined = ''
      while (cursor !== undefined) {
        const { issues, links } = await list(project, { sort, limit: '10', cursor })
        pages.push(issues.map(({ id }) => id))
        forwards.push(...issues.map(({ id }) => id))
        cursor = links.next
      }
      expect(pages.map((page) => page.length)).toEqual([10, 10, 10, 10, 10, 7])
      expect(new Set(forwards).size).toBe(57)
      const { results } = await env.DB.prepare(
        `SELECT id FROM issue WHERE project_id = ? ORDER BY ${
          { date: 'last_seen_at', new: 'first_seen_at', freq: 'count', user: 'user_count' }[sort]
        } DESC, id DESC`,
      )
        .bind(project.id)
        .all<{ id: number }>()
      expect(forwards).toEqual(results.map(({ id }) => String(id)))

      const { links } = await list(project, {
        sort,
        limit: '10',
        cursor: await lastCursor(project, sort),
      })
      const backwards: string[][] = []
      let previous = links.previous
      while (previous !== undefined) {
        const page = await list(project, { sort, limit: '10', cursor: previous })
        backwards.unshift(page.issues.map(({ id }) => id))
        previous = page.links.previous
      }
      expect(backwards).toEqual(pages.slice(0, 5))
    }
  })

  async function lastCursor(project: TestProject, sort: string): Promise<string> {
    let cursor = ''
    for (;;) {
      const { links } = await list(project, { sort, limit: '10', cursor })
      if (links.next === undefined) return cursor
      cursor = links.next
    }
  }

  it('stay put while issues come in', async () => {
    const project = await makeProject()
    await insertIssues(project.id, 20)
    const first = await list(project, { limit: '10' })
    await applyEvents(project, [{ event: makeError('LateError') }])
    const second = await list(project, { limit: '10', cursor: first.links.next! })
    expect(new Set([...first.issues, ...second.issues].map(({ id }) => id)).size).toBe(20)
    const back = await list(project, { limit: '10', cursor: second.links.previous! })
    expect(back.issues.map(({ id }) => id)).toEqual(first.issues.map(({ id }) => id))
    const head = await list(project, { limit: '10', cursor: back.links.previous! })
    expect(types(head.issues)).toEqual(['LateError'])
  })

  it('are linked in Sentry’s form, commas encoded', async () => {
    const project = await makeProject()
    await insertIssues(project.id, 3)
    const path = `/projects/acme/${project.slug}/issues/`
    const bare = await ask(user, path)
    const url = `http://localhost/api/0${path}`
    const ids = [1, 2, 3].map((i) => project.id * 100000 + i)
    expect(bare.headers.get('link')).toBe(
      `<${url}?&cursor=4999000:${ids[0]}:1>; rel="previous"; results="false"; cursor="4999000:${ids[0]}:1", ` +
        `<${url}?&cursor=4997000:${ids[2]}:0>; rel="next"; results="false"; cursor="4997000:${ids[2]}:0"`,
    )
    expect(bare.headers.get('x-hits')).toBe('3')
    const { answer, links } = await list(project, { query: 'level:[error,fatal]', limit: '2' })
    const next = (answer.headers.get('link') ?? '').split(',')
    expect(next).toHaveLength(2)
    expect(next[1]).toContain('query=level%3A%5Berror%2Cfatal%5D&limit=2&cursor=')
    expect(links).toEqual({ next: `4998000:${ids[1]}:0` })
    expect(answer.headers.get('x-hits')).toBe(null)
    const empty = await makeProject()
    expect((await list(empty)).answer.headers.get('link')).toMatch(
      /cursor="0:0:1", .*results="false"; cursor="0:0:0"$/,
    )
  })

  it('never hold more than a hundred, and no less than one', async () => {
    const project = await makeProject()
    await insertIssues(project.id, 120)
    expect((await list(project, { limit: '1000000' })).issues).toHaveLength(100)
    expect((await list(project, { per_page: '3' })).issues).toHaveLength(3)
    for (const limit of ['0', '-1', 'ten', '1.5', '9'.repeat(30)]) {
      const answer = await ask(user, `/projects/acme/${project.slug}/issues/?limit=${limit}`)
      expect([limit, answer.status, await answer.json()]).toEqual([
        limit,
        400,
        { limit: [expect.any(String)] },
      ])
    }
  })

  it('read at most two rows per issue shown, among 100,000', async () => {
    const project = await makeProject()
    await insertIssues(project.id, 99_999)
    const rowsRead = async (limit: number, after: { score: number; id: number } | null) => {
      let read = 0
      const counting = {
        ...stores,
        sql: {
          prepare: (sql: string) => env.DB.prepare(sql),
          batch: async (statements: D1PreparedStatement[]) => {
            const answers = await env.DB.batch(statements)
            for (const { meta } of answers) read += meta.rows_read
            return answers
          },
        } as unknown as D1Database,
      }
      const rows = await listIssues(counting, {
        projectIds: [project.id],
        statuses: ['unresolved', 'resolved', 'ignored'],
        condition: ALWAYS,
        order: 'date',
        limit,
        after,
        isBackward: false,
      })
      expect(rows).toHaveLength(limit)
      return read
    }
    expect(await rowsRead(25, null)).toBeLessThanOrEqual(2 * 25)
    expect(await rowsRead(100, { score: 4_950_000, id: 1e15 })).toBeLessThanOrEqual(2 * 100)
  })
})

describe('a search', () => {
  let project: TestProject
  const now = Date.now()

  beforeAll(async () => {
    project = await makeProject()
    const event = (type: string, more: object) => makeError(type, more as Record<string, unknown>)
    await applyEvents(
      project,
      [
        {
          ago: 3 * HOUR_MS,
          event: event('OldError', { environment: 'prod', release: 'web@1.0', user: { id: '1' } }),
        },
        {
          ago: 2 * HOUR_MS,
          event: event('OldError', { environment: 'dev', release: 'web@1.1', user: { id: '2' } }),
        },
        {
          ago: HOUR_MS,
          event: event('OldError', {
            environment: 'prod',
            release: 'web@1.1',
            user: { id: '1' },
            tags: [['plan', 'pro']],
          }),
        },
        {
          ago: 90 * 60_000,
          event: event('WarnError', {
            level: 'warning',
            environment: 'dev',
            tags: [['plan', 'free']],
            transaction: '/cart',
          }),
        },
        {
          ago: 60_000,
          event: event('NewError', {
            level: 'fatal',
            user: { email: 'ann@example.com' },
            platform: 'python',
          }),
        },
        {
          ago: 30_000,
          event: { logentry: { formatted: 'Payment of 100% failed' }, level: 'info' },
        },
      ],
      now,
    )
  })

  const found = async (query: string, more: Record<string, string | string[]> = {}) =>
    (await list(project, { query, ...more })).issues.map(({ title }) => title.split(':')[0]).sort()

  const ALL = ['NewError', 'OldError', 'Payment of 100% failed', 'WarnError']

  it('finds by status, level, text, numbers and times', async () => {
    expect(await found('')).toEqual(ALL)
    expect(await found('is:unresolved')).toEqual(ALL)
    expect(await found('is:resolved')).toEqual([])
    expect(await found('is:new')).toEqual(ALL)
    expect(await found('level:fatal')).toEqual(['NewError'])
    expect(await found('level:[fatal,warning]')).toEqual(['NewError', 'WarnError'])
    expect(await found('!level:fatal !level:warning')).toEqual([
      'OldError',
      'Payment of 100% failed',
    ])
    expect(await found('PAYMENT of')).toEqual(['Payment of 100% failed'])
    expect(await found('"100% failed"')).toEqual(['Payment of 100% failed'])
    expect(await found('message:paym*failed')).toEqual(['Payment of 100% failed'])
    expect(await found('message:failed*paym')).toEqual([])
    expect(await found('error.type:Old*')).toEqual(['OldError'])
    expect(await found('error.type:*E*rr*r')).toEqual(['NewError', 'OldError', 'WarnError'])
    expect(await found('timesSeen:>1')).toEqual(['OldError'])
    expect(await found('userCount:2')).toEqual(['OldError'])
    expect(await found('age:-10m')).toEqual(['NewError', 'Payment of 100% failed'])
    expect(await found('lastSeen:+80m')).toEqual(['WarnError'])
    expect(await found('platform:python OR level:warning')).toEqual(['NewError', 'WarnError'])
    expect(await found('(level:info OR level:fatal) payment')).toEqual(['Payment of 100% failed'])
    expect(await found('is:unassigned')).toEqual(ALL)
    expect(await found('assigned:me')).toEqual([])
    expect(await found('issue.category:error')).toEqual(ALL)
    expect(await found(`issue:${project.slug.toUpperCase()}-1`)).toHaveLength(1)
    expect(await found('nothing like it')).toEqual([])
  })

  it('finds by what one event is: environment, release, tag, user', async () => {
    expect(await found('environment:prod')).toEqual(['OldError'])
    expect(await found('environment:dev')).toEqual(['OldError', 'WarnError'])
    expect(await found('', { environment: 'dev' })).toEqual(['OldError', 'WarnError'])
    expect(await found('', { environment: ['dev', ''] })).toEqual(ALL)
    expect(await found('', { environment: 'staging' })).toEqual([])
    expect(await found('release:web@1.*')).toEqual(['OldError'])
    expect(await found('release:web@1.0 environment:dev')).toEqual([])
    expect(await found('release:web@1.1 environment:dev')).toEqual(['OldError'])
    expect(await found('plan:pro')).toEqual(['OldError'])
    expect(await found('tags[plan]:[pro,free]')).toEqual(['OldError', 'WarnError'])
    expect(await found('has:plan level:warning')).toEqual(['WarnError'])
    expect(await found('transaction:/cart')).toEqual(['WarnError'])
    expect(await found('user.email:ann@example.com')).toEqual(['NewError'])
    expect(await found('plan:pro OR environment:dev')).toEqual(['OldError', 'WarnError'])
  })

  it('scopes the counts to environment and time, and tells the rest of a lifetime', async () => {
    const [prod] = (await list(project, { query: '', environment: 'prod' })).issues
    expect(prod).toMatchObject({
      count: '2',
      userCount: 1,
      firstSeen: new Date(now - 3 * HOUR_MS).toISOString(),
      lastSeen: new Date(now - HOUR_MS).toISOString(),
      lifetime: { count: '3', userCount: 2 },
      filtered: null,
    })
    const sparkline = (issue: Shown | undefined) =>
      issue?.stats?.['24h']?.reduce((sum, [, count]) => sum + count, 0)
    expect(sparkline(prod)).toBe(2)
    const [pro] = (await list(project, { query: 'plan:pro' })).issues
    expect(pro).toMatchObject({ count: '3', filtered: { count: '1', userCount: 1 } })
    expect(sparkline(pro)).toBe(3)
    const recent = (await list(project, { query: 'OldError', statsPeriod: '150m' })).issues
    expect(recent).toMatchObject([{ count: '2', lifetime: { count: '3' } }])
    expect((await list(project, { query: 'OldError', statsPeriod: '30m' })).issues).toEqual([])
  })

  it('draws 24 hours, two weeks, or nothing', async () => {
    const series = async (more: Record<string, string>) =>
      (await list(project, { query: 'OldError', ...more })).issues[0]?.stats
    const day = (await series({}))!['24h']!
    expect(day).toHaveLength(24)
    expect(day.at(-1)![0]).toBe(Math.floor(Date.now() / HOUR_MS) * 3600)
    expect(day.reduce((sum, [, count]) => sum + count, 0)).toBe(3)
    expect((await series({ groupStatsPeriod: '14d' }))!['14d']).toHaveLength(14)
    expect(await series({ groupStatsPeriod: '' })).toBe(undefined)
    expect(await series({ collapse: 'stats' })).toBe(undefined)
  })

  it('goes straight to the issue of an event id or a short id', async () => {
    const [made] = await applyEvents(project, [{ event: makeError('DirectError') }])
    const direct = await list(project, { query: ` ${made!.eventId} ` })
    expect(direct.issues).toMatchObject([{ matchingEventId: made!.eventId }])
    expect(types(direct.issues)).toEqual(['DirectError'])
    expect(direct.answer.headers.get('x-sentry-direct-hit')).toBe('1')
    const { shortId, id } = direct.issues[0]!
    const short = await list(project, { query: shortId.toLowerCase(), shortIdLookup: '1' })
    expect(short.issues).toMatchObject([{ id }])
    expect((await list(project, { group: id, query: 'is:resolved' })).issues).toMatchObject([
      { id },
    ])
    expect((await list(project, { query: 'f'.repeat(32) })).issues).toEqual([])
  })

  it('is refused by name when it makes no sense', async () => {
    const refusals: [query: string, detail: string][] = [
      ['(level:error', "Parse error at '' (column 13)."],
      ['level:', "Empty string after 'level:'"],
      ['level:[a,,b]', 'Lists should not have empty values'],
      ['is:shiny', 'Invalid value for "is" search, valid values are ["unresolved"'],
      ['is:[a,b]', '"in" syntax invalid for "is" search'],
      ['title:a"b', "Invalid quote at 'a\"b': quotes must enclose text or be escaped."],
      ['count():>5', 'Aggregate filters (count()) are not supported in issue searches.'],
      ['timesSeen:lots', "Invalid value 'lots' for 'timesSeen'"],
      ['level:error OR plan:pro', 'OR cannot join'],
      ['a:1 '.repeat(100), 'The query is too complex'],
    ]
    for (const [query, detail] of refusals) {
      const search = new URLSearchParams({ query })
      const answer = await ask(user, `/projects/acme/${project.slug}/issues/?${search}`)
      expect([query, answer.status, await answer.json()]).toEqual([
        query,
        400,
        { detail: expect.stringContaining(detail) },
      ])
    }
  })

  it('is refused with odd parameters, never answered with a 5xx', async () => {
    const odd: Record<string, string>[] = [
      { sort: 'colour' },
      { cursor: 'x' },
      { cursor: '1:2' },
      { cursor: '1:2:3' },
      { cursor: '99999999999999999999:1:0' },
      { cursor: `1:${'9'.repeat(60)}:0` },
      { statsPeriod: 'month' },
      { statsPeriod: '0d' },
      { start: '2026-01-01' },
      { start: 'then', end: 'now' },
      { start: '2026-02-01', end: '2026-01-01' },
      { group: 'abc' },
      { group: '9'.repeat(17) },
      { query: 'x'.repeat(5000) },
    ]
    for (const query of odd) {
      const search = new URLSearchParams(query)
      const answer = await ask(user, `/projects/acme/${project.slug}/issues/?${search}`)
      expect([query, answer.status]).toEqual([query, 400])
      expect(Object.keys((await answer.json()) as object)).toHaveLength(1)
    }
    const harmless = [
      'cursor=-1:-5:1',
      'cursor=1:123456789012345678901234567890:0',
      'statsPeriod=99999999w',
      'start=2026-01-01T00:00:00&end=2026-12-01T00:00:00Z',
      'query=%00',
      'query=%F0%9F%92%A5*%F0%9F%92%A5',
      'query=message:"%25_%27%3B--"',
      '__proto__=1&constructor=2',
      'environment=%00&environment=__proto__',
      `query=${encodeURIComponent('*'.repeat(3000))}`,
      `environment=${'e'.repeat(3000)}`,
      `query=${encodeURIComponent('title:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa*')}`,
    ]
    for (const query of harmless) {
      const answer = await ask(user, `/projects/acme/${project.slug}/issues/?${query}`)
      expect([query, answer.status]).toEqual([query, 200])
    }
  })
})

describe('issues of an organization', () => {
  it('come from all its projects, or from those that are named', async () => {
    const someone = await makeUser(77)
    const one = await makeProject()
    const two = await makeProject()
    await env.DB.prepare('UPDATE project SET organization_id = 77 WHERE id IN (?, ?)')
      .bind(one.id, two.id)
      .run()
    await applyEvents(one, [
      { ago: 3000, event: makeError('A') },
      { ago: 1000, event: makeError('B') },
    ])
    await applyEvents(two, [{ ago: 2000, event: makeError('C') }])
    const asked = async (query: string) => {
      const answer = await ask(someone, `/organizations/org-77/issues/?${query}`)
      return types(z.array(Issue).parse(await answer.json()))
    }
    expect(await asked('')).toEqual(['B', 'C', 'A'])
    expect(await asked('sort=new&project=-1')).toEqual(['B', 'C', 'A'])
    expect(await asked(`project=${one.id}`)).toEqual(['B', 'A'])
    expect(await asked(`project=${two.slug}&projectSlug=${one.slug}`)).toEqual(['B', 'C', 'A'])
    expect(await asked(`query=project:${two.slug}`)).toEqual(['C'])
    const first = await ask(someone, '/organizations/org-77/issues/?limit=1')
    const { next } = linksOf(first)
    expect(await asked(`limit=1&cursor=${next}`)).toEqual(['C'])
    expect((await ask(someone, '/organizations/org-77/issues/?project=12345')).status).toBe(404)
  })

  it('are merged the same however many projects there are', async () => {
    const someone = await makeUser(78)
    const projects = await Promise.all(Array.from({ length: 12 }, () => makeProject()))
    for (const { id } of projects) await insertIssues(id, 5)
    await env.DB.prepare(
      'UPDATE project SET organization_id = 78 WHERE id IN (SELECT value FROM json_each(?))',
    )
      .bind(JSON.stringify(projects.map(({ id }) => id)))
      .run()
    const walk = async (query: string) => {
      const ids: string[] = []
      let cursor: string | undefined = ''
      while (cursor !== undefined) {
        const path = `/organizations/org-78/issues/?limit=7&cursor=${cursor}${query}`
        const answer = await ask(someone, path)
        ids.push(...((await answer.json()) as Shown[]).map(({ id }) => id))
        cursor = linksOf(answer).next
      }
      return ids
    }
    for (const sort of ['date', 'freq']) {
      const all = await walk(`&sort=${sort}`)
      expect(new Set(all).size).toBe(60)
      const some = projects
        .slice(0, 2)
        .map(({ id }) => `&project=${id}`)
        .join('')
      const ofTwo = await walk(`&sort=${sort}${some}`)
      expect(ofTwo).toEqual(all.filter((id) => ofTwo.includes(id)))
    }
  })
})
