/** What tests of grouping share: issues as people see them, and the API's regroupings. */
import { expect, vi } from 'vitest'

import { ask, makeUser, type TestEvent, type TestUser } from './api-world.ts'
import type { TestProject } from './world.ts'

let owner: Promise<TestUser> | undefined

/** The one who asks unless a test says otherwise: an owner of `acme`. */
export function theOwner(): Promise<TestUser> {
  owner ??= makeUser(1)
  return owner
}

/** What the answers these tests look at may hold; each test knows which of it is there. */
export interface Answered {
  id: string
  state: string
  summary: string
  isComplete: boolean
  rows: number
  events: number
  split: number
  made: number
  groups: { count: number; issues: { id: string }[] }[]
  merge: { parent: string; children: string[]; operationId: string }
  activity: { type: string }[]
  fingerprintingRules: string
  groupID: string
}

export interface Answer<Body> {
  status: number
  body: Body
}

export async function call<Body = Answered>(
  path: string,
  method = 'GET',
  body?: object,
  user?: TestUser,
): Promise<Answer<Body>> {
  const answer = await ask(user ?? (await theOwner()), path, { method, body })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as Body }
}

export interface ShownIssue {
  id: string
  title: string
  count: string
  userCount: number
  firstSeen: string
  lastSeen: string
  status: string
}

export const listIssues = async ({ slug }: TestProject): Promise<ShownIssue[]> =>
  (await call<ShownIssue[]>(`/projects/acme/${slug}/issues/?query=&limit=100`)).body

export async function issueOf(project: TestProject, group: string): Promise<ShownIssue> {
  const found = (await listIssues(project)).find(({ title }) => title.startsWith(`${group}:`))
  expect(found, group).toBeDefined()
  return found!
}

export const hashesOf = async (id: string): Promise<{ id: string; count: number }[]> =>
  (await call<{ id: string; count: number }[]>(`/organizations/acme/issues/${id}/hashes/`)).body

/** Which events are in which issue, with everything an issue counts. */
export async function partitionOf(project: TestProject) {
  const issues = await listIssues(project)
  const shown = await Promise.all(
    issues.map(async ({ id, count, userCount, firstSeen, lastSeen, status, title }) => {
      const { body: events } = await call<{ id: string }[]>(`/issues/${id}/events/?per_page=100`)
      const hashes = (await hashesOf(id)).map((hash) => `${hash.id} ${hash.count}`)
      const figures = { count, userCount, firstSeen, lastSeen }
      const held = { hashes: hashes.sort(), events: events.map((event) => event.id).sort() }
      return { id, title, status, ...figures, ...held }
    }),
  )
  return shown.sort((a, b) => (a.id < b.id ? -1 : 1))
}

export const idsOf = (events: TestEvent[]) => events.map(({ eventId }) => eventId).sort()

export const undo = ({ slug }: TestProject, operationId: string) =>
  call(`/projects/acme/${slug}/grouping/operations/${operationId}/undo/`, 'POST')

/** What a proposal would do; shown once everything was looked at. */
export async function preview({ slug }: TestProject, proposal: object): Promise<Answered> {
  const path = `/projects/acme/${slug}/grouping/preview/`
  let answer = await call(path, 'POST', proposal)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  while (!answer.body.isComplete) answer = await call(`${path}${answer.body.id}/`, 'POST')
  return answer.body
}

/** Applies a preview, or undoes what it did, and waits until it is over. */
export async function carryOut(
  { slug }: TestProject,
  operationId: string,
  what: 'apply' | 'undo',
): Promise<Answered> {
  const path = `/projects/acme/${slug}/grouping/operations/${operationId}/`
  const started = await call(`${path}${what}/`, 'POST')
  expect(started.status, JSON.stringify(started.body)).toBe(202)
  return vi.waitUntil(
    async () => {
      const { body } = await call(path)
      return ['running', 'undoing'].includes(body.state) ? false : body
    },
    { timeout: 20_000, interval: 50 },
  )
}
