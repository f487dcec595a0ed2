/** What tests of the web API share: people with tokens, issues with events, and asking. */

import { hashPassword } from '#api/password.ts'
import { hashSecret } from '#api/secret-hash.ts'
import { monthOf } from '#domain/identifier.ts'
import { encodePack } from '#domain/pack/pack-format.ts'
import { makePackId } from '#domain/pack/pack-id.ts'
import type { PackMessage } from '#domain/pack/pack-message.ts'
import { processPack } from '#process/pack.ts'
import { packKey } from '#store/blob.ts'
import { packItem } from '#store/packed-item.ts'
import { openStores } from '#store/stores.ts'
import { fetchProduct } from './send.ts'
import { env, newEventId, type TestProject } from './world.ts'

export const stores = openStores(env)

export const ALL_SCOPES =
  'org:admin project:admin project:releases team:admin event:admin member:admin'

export interface TestUser {
  id: number
  email: string
  password: string
  token: string
  organization: string
}

let users = 0

/** A member of an organization (made when it is missing) with a token for it. */
export async function makeUser(
  organizationId: number,
  { role = 'owner', scopes = ALL_SCOPES }: { role?: string; scopes?: string } = {},
): Promise<TestUser> {
  users += 1
  const id = users
  const token = `sntryu_${newEventId()}${newEventId()}`
  const organization = organizationId === 1 ? 'acme' : `org-${organizationId}`
  const email = `user-${id}@example.com`
  const password = `password of ${id}`
  const run = (sql: string, ...values: unknown[]) => env.DB.prepare(sql).bind(...values)
  await env.DB.batch([
    run(
      'INSERT OR IGNORE INTO organization(id, slug, name, created_at) VALUES(?, ?, ?, 0)',
      organizationId,
      organization,
      organization,
    ),
    run(
      'INSERT INTO user VALUES(?, ?, ?, ?, 0)',
      id,
      email,
      `User ${id}`,
      await hashPassword(password),
    ),
    run('INSERT INTO member VALUES(?, ?, ?)', organizationId, id, role),
    run(
      'INSERT INTO token VALUES(?, ?, ?, ?, 0)',
      await hashSecret(token),
      id,
      organizationId,
      scopes,
    ),
  ])
  return { id, email, password, token, organization }
}

/** Asks the API with a token. `path` is below `/api/0`. */
export function ask(
  { token }: { token: string },
  path: string,
  {
    method = 'GET',
    body,
    headers,
  }: { method?: string; body?: unknown; headers?: HeadersInit } = {},
): Promise<Response> {
  return fetchProduct(`/api/0${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    redirect: 'manual',
  })
}

export interface TestEvent {
  eventId: string
  /** Unix ms of receipt. */
  at: number
}

type SentEvent = { ago?: number; event: Record<string, unknown> }

/** Applies events as a pack of the project, each received `ago` ms before `now`. */
export async function applyEvents(
  project: TestProject,
  events: SentEvent[],
  now = Date.now(),
): Promise<TestEvent[]> {
  const { message, made } = await shipEvents(project, events, now)
  await processPack(message, stores, now)
  return made
}

/** Puts events on R2 as a pack that nobody has processed yet. */
export async function shipEvents(
  project: TestProject,
  events: SentEvent[],
  now = Date.now(),
): Promise<{ message: PackMessage; made: TestEvent[] }> {
  const made = events.map(({ ago = 0, event }) => {
    const eventId = newEventId()
    const at = now - ago
    const whole = {
      event_id: eventId,
      timestamp: at / 1000,
      received: at / 1000,
      type: 'default',
      level: 'error',
      platform: 'node',
      ...event,
    }
    const meta = { receivedAt: at, quantities: [{ category: 'error' as const, quantity: 1 }] }
    return { eventId, at, item: packItem('event', eventId, meta, JSON.stringify(whole)) }
  })
  const packId = makePackId(now, crypto.getRandomValues(new Uint8Array(16)))
  const month = monthOf(now)
  const key = packKey('90d', project.id, month, packId)
  const bytes = encodePack(made.map(({ item }) => item))
  await env.RAW.put(key, bytes)
  const pointer = { projectId: project.id, month, key, items: made.length, bytes: bytes.length }
  return {
    message: { version: 1, packId, ...pointer },
    made: made.map(({ eventId, at }) => ({ eventId, at })),
  }
}

/** A plain error whose message names its issue. */
export function makeError(type: string, more: Record<string, unknown> = {}) {
  return {
    type: 'error',
    exception: { values: [{ type, value: `${type} happened` }] },
    ...more,
  }
}

/** The cursors of a `Link` header where there are results. */
export function linksOf(answer: Response): { previous?: string; next?: string } {
  const links: Record<string, string> = {}
  for (const part of (answer.headers.get('link') ?? '').split(', ')) {
    const match = /rel="(\w+)"; results="true"; cursor="([^"]+)"/.exec(part)
    if (match?.[1] && match[2]) links[match[1]] = match[2]
  }
  return links
}
