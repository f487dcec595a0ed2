import { beforeAll, describe, expect, it } from 'vitest'

import {
  applyEvents,
  ask,
  makeError,
  makeUser,
  type TestUser,
} from '../../tests/journey/api-world.ts'
import { fetchProduct } from '../../tests/journey/send.ts'
import { env, makeProject, type TestProject } from '../../tests/journey/world.ts'
import { hashPassword, verifyPassword } from './password.ts'

let project: TestProject
let owner: TestUser
let stranger: TestUser
let issueId: string
let eventId: string

beforeAll(async () => {
  project = await makeProject()
  owner = await makeUser(1)
  stranger = await makeUser(2)
  const [event] = await applyEvents(project, [{ event: makeError('AccessError') }])
  eventId = event!.eventId
  const [issue] = (await (await ask(owner, `/projects/acme/${project.slug}/issues/`)).json()) as {
    id: string
  }[]
  issueId = issue!.id
})

const login = (body: unknown, headers: Record<string, string> = {}) =>
  fetchProduct('/api/0/auth/login/', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

async function signIn(user: TestUser): Promise<string> {
  const answer = await login({ email: user.email, password: user.password })
  return answer.headers.get('set-cookie')!.split(';')[0]!
}

describe('passwords', () => {
  it('are right or wrong, and never kept', async () => {
    const stored = await hashPassword('correct horse')
    expect(stored).toMatch(/^pbkdf2-sha256\$100000\$[\w+/=]{24}\$[\w+/=]{44}$/)
    expect(await hashPassword('correct horse')).not.toBe(stored)
    expect(await verifyPassword('correct horse', stored)).toBe(true)
    expect(await verifyPassword('correct horse!', stored)).toBe(false)
    expect(await verifyPassword('correct horse', null)).toBe(false)
    expect(await verifyPassword('', 'md5$1$a$b')).toBe(false)
  })
})

describe('guessing', () => {
  it('is stopped after some attempts at one address, and troubles no other', async () => {
    const attempt = (email: string) =>
      fetchProduct('/api/0/auth/login/', {
        method: 'POST',
        body: JSON.stringify({ email, password: 'guess' }),
      })
    const statuses: number[] = []
    for (let i = 0; i < 22; i += 1) statuses.push((await attempt('victim@example.org')).status)
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401))
    expect(statuses.at(-1)).toBe(429)
    expect((await attempt('other@example.org')).status).toBe(401)
  }, 60_000)
})

describe('the root', () => {
  it('answers anybody, and tells a caller what he may do', async () => {
    const anonymous = await fetchProduct('/api/0/')
    expect(anonymous.headers.get('content-type')).toMatch(/^application\/json(;|$)/)
    expect(await anonymous.json()).toEqual({ version: '0', auth: null, user: null })
    const known = await (await ask(owner, '/')).json()
    expect(known).toMatchObject({
      user: { email: owner.email, id: String(owner.id) },
      auth: { scopes: expect.arrayContaining(['event:read', 'project:write', 'org:admin']) },
    })
  })

  it('answers with and without a slash, without sending anybody on', async () => {
    for (const path of ['', '/organizations', '/projects', '/auth', '/internal/health']) {
      expect([path, (await ask(owner, path)).status]).toEqual([path, 200])
      expect([path, (await ask(owner, `${path}/`)).status]).toEqual([path, 200])
    }
  })
})

describe('a page of another origin', () => {
  const origin = 'https://tools.example'

  it('may ask with a token, and read where the next page is', async () => {
    const answer = await ask(owner, `/projects/acme/${project.slug}/issues/`, {
      headers: { origin },
    })
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin)
    expect(answer.headers.get('access-control-expose-headers')).toContain('Link')
    expect(answer.headers.get('access-control-allow-credentials')).toBe(null)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const refused = await fetchProduct('/api/0/projects/', { headers: { origin } })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([
      401,
      origin,
    ])
  })

  it('may ask what it may ask', async () => {
    const answer = await fetchProduct('/api/0/projects/', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PUT' },
    })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(answer.headers.get('access-control-allow-headers')).toContain('Authorization')
  })
})

describe('a caller without credentials', () => {
  it('gets nothing', async () => {
    for (const path of [
      '/organizations/',
      '/organizations/acme/',
      '/projects/',
      `/projects/acme/${project.slug}/issues/`,
      `/issues/${issueId}/`,
      `/issues/${issueId}/events/latest/`,
      '/auth/',
      '/nowhere/',
    ]) {
      const answer = await fetchProduct(`/api/0${path}`)
      expect([path, answer.status, await answer.json()]).toEqual([
        path,
        401,
        { detail: 'Authentication credentials were not provided.' },
      ])
    }
  })

  it('is told when a token is none of ours', async () => {
    for (const token of ['sntryu_0000', 'x'.repeat(5000)]) {
      const answer = await ask({ token }, '/organizations/')
      expect([answer.status, await answer.json()]).toEqual([401, { detail: 'Invalid token' }])
    }
    const basic = await fetchProduct('/api/0/auth/', { headers: { authorization: 'Basic eDp5' } })
    expect(basic.status).toBe(401)
  })
})

describe('a session', () => {
  it('begins with the right password, in a cookie no script can read', async () => {
    const answer = await login({ email: owner.email.toUpperCase(), password: owner.password })
    expect(await answer.json()).toMatchObject({ email: owner.email, name: `User ${owner.id}` })
    const cookie = answer.headers.get('set-cookie')!
    expect(cookie).toMatch(/^picket_session=[0-9a-f]{64};/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).not.toMatch(/Secure/)
    const stored = await env.DB.prepare('SELECT token_hash AS hash FROM session').all()
    expect(JSON.stringify(stored.results)).not.toContain(cookie.slice(15, 79))
  })

  it('is refused for a wrong password, an unknown person, and half a form', async () => {
    const wrong = await login({ email: owner.email, password: 'guess' })
    expect([wrong.status, await wrong.json()]).toEqual([
      401,
      { detail: 'The email or the password is wrong.' },
    ])
    const unknown = await login({ email: 'nobody@example.com', password: 'guess' })
    expect([unknown.status, await unknown.json()]).toEqual([
      401,
      { detail: 'The email or the password is wrong.' },
    ])
    const half = await login({ email: owner.email })
    expect([half.status, await half.json()]).toEqual([400, { password: [expect.any(String)] }])
    expect((await login([])).status).toBe(400)
    expect((await login(null)).status).toBe(400)
  })

  it('shows who is signed in, until the sign-out', async () => {
    const cookie = await signIn(owner)
    const me = () => fetchProduct('/api/0/auth/', { headers: { cookie } })
    expect(await (await me()).json()).toMatchObject({ email: owner.email })
    const out = await fetchProduct('/api/0/auth/', {
      method: 'DELETE',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    })
    expect(out.status).toBe(204)
    expect((await me()).status).toBe(401)
  })

  it('ends by itself', async () => {
    const cookie = await signIn(owner)
    await env.DB.prepare('UPDATE session SET expires_at = ?').bind(Date.now()).run()
    expect((await fetchProduct('/api/0/auth/', { headers: { cookie } })).status).toBe(401)
  })

  it('changes things for our own pages only', async () => {
    const cookie = await signIn(owner)
    const resolve = (headers: Record<string, string>) =>
      fetchProduct(`/api/0/issues/${issueId}/`, {
        method: 'PUT',
        body: '{"status":"unresolved"}',
        headers: { cookie, ...headers },
      })
    expect((await resolve({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
    expect((await resolve({ origin: 'http://localhost' })).status).toBe(200)
    for (const headers of [
      {},
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: 'http://localhost' },
    ]) {
      const answer = await resolve(headers as Record<string, string>)
      expect(answer.status).toBe(403)
      expect(await answer.json()).toEqual({ detail: expect.stringContaining('CSRF') })
    }
    const foreign = await login(
      { email: owner.email, password: owner.password },
      { origin: 'http://evil.example' },
    )
    expect(foreign.status).toBe(403)
  })
})

describe('scopes', () => {
  const routes = (): [method: string, path: string, scope: string, body?: unknown][] => [
    ['GET', '/organizations/acme/', 'org:read'],
    ['GET', '/organizations/acme/stats_v2/', 'org:read'],
    ['GET', '/organizations/acme/projects/', 'project:read'],
    ['GET', '/organizations/acme/issues/', 'event:read'],
    ['GET', `/organizations/acme/eventids/${eventId}/`, 'event:read'],
    ['GET', `/projects/acme/${project.slug}/`, 'project:read'],
    ['PUT', `/projects/acme/${project.slug}/`, 'project:write', {}],
    ['GET', `/projects/acme/${project.slug}/keys/`, 'project:read'],
    ['PUT', `/projects/acme/${project.slug}/keys/${project.publicKey}/`, 'project:write', {}],
    ['GET', `/projects/acme/${project.slug}/issues/`, 'event:read'],
    ['GET', `/projects/acme/${project.slug}/events/${eventId}/`, 'event:read'],
    ['GET', `/projects/acme/${project.slug}/events/${eventId}/json/`, 'event:read'],
    ['GET', `/projects/acme/${project.slug}/ledger/`, 'project:read'],
    ['GET', `/projects/acme/${project.slug}/dead-letters/`, 'project:read'],
    ['POST', `/projects/acme/${project.slug}/dead-letters/replay/`, 'project:write', {}],
    ['GET', `/issues/${issueId}/`, 'event:read'],
    ['GET', `/issues/${issueId}/events/`, 'event:read'],
    ['GET', `/issues/${issueId}/tags/`, 'event:read'],
    ['PUT', `/issues/${issueId}/`, 'event:write', { status: 'unresolved' }],
    ['PUT', `/organizations/acme/issues/?id=${issueId}`, 'event:write', { status: 'unresolved' }],
    ['DELETE', `/issues/1/`, 'event:admin'],
    ['DELETE', `/organizations/acme/issues/?id=1`, 'event:admin'],
  ]

  it('open each route, and nothing else does', async () => {
    const scopes = [
      'org:read',
      'project:read',
      'project:write',
      'event:read',
      'event:write',
      'event:admin',
    ]
    const implied: Record<string, string[]> = {
      'project:write': ['project:read'],
      'event:write': ['event:read'],
      'event:admin': ['event:read', 'event:write'],
    }
    for (const scope of scopes) {
      const user = await makeUser(1, { scopes: scope })
      for (const [method, path, needed, body] of routes()) {
        const answer = await ask(user, path, { method, body })
        const isAllowed = scope === needed || implied[scope]?.includes(needed)
        if (isAllowed) expect([scope, method, path, answer.status]).not.toContain(403)
        if (!isAllowed && !path.includes('/issues/1/')) {
          expect([scope, method, path, answer.status]).toEqual([scope, method, path, 403])
          expect([path, await answer.json()]).toEqual([
            path,
            { detail: expect.stringContaining(needed) },
          ])
        }
        expect(answer.status).toBeLessThan(500)
      }
    }
  })

  it('are never more than the role of their user gives', async () => {
    const member = await makeUser(1, { role: 'member' })
    expect((await ask(member, `/issues/${issueId}/`)).status).toBe(200)
    const change = await ask(member, `/projects/acme/${project.slug}/`, { method: 'PUT', body: {} })
    expect(change.status).toBe(403)
    const nobody = await makeUser(1, { role: 'visitor' })
    expect((await ask(nobody, `/issues/${issueId}/`)).status).toBe(403)
  })

  it('end with the membership', async () => {
    const leaver = await makeUser(1)
    await env.DB.prepare('DELETE FROM member WHERE user_id = ?').bind(leaver.id).run()
    expect((await ask(leaver, '/organizations/acme/')).status).toBe(404)
    expect((await ask(leaver, `/issues/${issueId}/`)).status).toBe(404)
    expect(await (await ask(leaver, '/')).json()).toMatchObject({ auth: { scopes: [] } })
  })
})

describe('another organization', () => {
  it('has no project, issue, event or key of ours, whatever way it asks', async () => {
    const shortId = `${project.slug.toUpperCase()}-1`
    const requests: [method: string, path: string, body?: unknown][] = [
      ['GET', '/organizations/acme/'],
      ['GET', '/organizations/1/'],
      ['GET', '/organizations/acme/issues/'],
      ['GET', `/organizations/org-2/issues/${issueId}/`],
      ['GET', `/organizations/org-2/issues/${shortId}/`],
      ['GET', `/organizations/org-2/shortids/${shortId}/`],
      ['GET', `/organizations/org-2/eventids/${eventId}/`],
      ['GET', `/organizations/org-2/events/${eventId}/json/`],
      ['GET', `/organizations/org-2/issues/?project=${project.id}`],
      ['GET', `/organizations/org-2/stats_v2/?project=${project.id}`],
      ['GET', `/projects/acme/${project.slug}/`],
      ['GET', `/projects/org-2/${project.slug}/`],
      ['GET', `/projects/org-2/${project.id}/`],
      ['GET', `/projects/org-2/${project.id}/events/${eventId}/`],
      ['GET', `/projects/org-2/${project.id}/keys/`],
      ['GET', `/issues/${issueId}/`],
      ['GET', `/groups/${issueId}/`],
      ['GET', `/issues/${issueId}/events/`],
      ['GET', `/issues/${issueId}/events/latest/`],
      ['GET', `/issues/${issueId}/events/${eventId}/`],
      ['GET', `/issues/${issueId}/tags/`],
      ['GET', `/issues/${issueId}/activities/`],
      ['GET', `/issues/${issueId}/hashes/`],
      ['PUT', `/issues/${issueId}/`, { status: 'resolved' }],
      ['DELETE', `/issues/${issueId}/`],
      ['POST', `/projects/org-2/${project.id}/dead-letters/replay/`, {}],
    ]
    for (const [method, path, body] of requests) {
      const answer = await ask(stranger, path, { method, body })
      expect([path, answer.status, await answer.json()]).toEqual([
        path,
        404,
        { detail: 'The requested resource does not exist' },
      ])
    }
    const bulk = await ask(stranger, `/organizations/org-2/issues/?id=${issueId}`, {
      method: 'PUT',
      body: { status: 'resolved' },
    })
    expect(bulk.status).toBe(204)
    await ask(stranger, `/organizations/org-2/issues/?id=${issueId}`, { method: 'DELETE' })
    expect(await (await ask(owner, `/issues/${issueId}/`)).json()).toMatchObject({
      status: 'unresolved',
    })
    expect(await (await ask(stranger, `/organizations/org-2/issues/?query=`)).json()).toEqual([])
    expect(
      await (await ask(stranger, `/organizations/org-2/issues/?group=${issueId}`)).json(),
    ).toEqual([])
    expect(await (await ask(stranger, '/projects/')).json()).toEqual([])
  })

  it('lends its members no scope here', async () => {
    const both = await makeUser(3)
    await env.DB.prepare("INSERT INTO member VALUES(1, ?, 'owner')").bind(both.id).run()
    expect((await ask(both, `/issues/${issueId}/`)).status).toBe(404)
  })
})
