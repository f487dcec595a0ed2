import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

import { z } from 'zod/mini'

import { Issue } from '#contract/issue.ts'
import type { Seeded } from '../../scripts/seed.ts'

/** How long an event may take to become an issue anyone can list. */
const VISIBLE_MS_MAX = 30_000

/** Sends an event as an SDK would; answers its id. */
export async function sendEvent(seeded: Seeded, event: Record<string, unknown>): Promise<string> {
  const eventId = randomUUID().replaceAll('-', '')
  const answer = await fetch(`${seeded.url}/api/${seeded.projectId}/store/`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-sentry-auth': `Sentry sentry_version=7, sentry_client=test/1.0, sentry_key=${seeded.publicKey}`,
    },
    body: JSON.stringify({ event_id: eventId, ...event }),
  })
  if (!answer.ok) throw new Error(`the event was answered ${answer.status}: ${await answer.text()}`)
  return eventId
}

/** The issue whose title begins so, with at least `count` events, as soon as the API lists it. */
export async function waitForIssue(seeded: Seeded, title: string, count = 1): Promise<Issue> {
  const { url, organization, project, token } = seeded
  const deadline = Date.now() + VISIBLE_MS_MAX
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/api/0/projects/${organization}/${project}/issues/?query=`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const issues = z.array(Issue).parse(await answer.json())
    const found = issues.find(
      (issue) => issue.title.startsWith(title) && Number(issue.count) >= count,
    )
    if (found) return found
    await sleep(200)
  }
  throw new Error(`the issue "${title}" did not appear within ${VISIBLE_MS_MAX / 1000} s`)
}

/** An error of a Node service: two exceptions, frames of its own and of a library, tags, a user. */
export function makeError(message: string, change: Record<string, unknown> = {}) {
  return {
    platform: 'node',
    level: 'error',
    environment: 'production',
    release: 'shop@4.12.0',
    transaction: 'POST /api/checkout',
    user: { id: 'customer-44' },
    tags: { tier: 'gold' },
    exception: {
      values: [
        { type: 'DatabaseError', value: 'deadlock detected' },
        {
          type: 'CheckoutFailed',
          value: message,
          mechanism: { type: 'onunhandledrejection', handled: false },
          stacktrace: { frames: [...LIBRARY_FRAMES, OWN_FRAME] },
        },
      ],
    },
    breadcrumbs: { values: [{ category: 'cart', message: 'two cups of tea' }] },
    ...change,
  }
}

const LIBRARY_FRAMES = ['handle', 'next', 'dispatch'].map((name) => ({
  filename: '/app/node_modules/express/router.js',
  function: name,
  lineno: 95,
  in_app: false,
}))

const OWN_FRAME = {
  filename: '/app/src/checkout.ts',
  function: 'reserveStock',
  lineno: 54,
  colno: 11,
  in_app: true,
  pre_context: ['try {', '  return reserve(order)', '} catch (cause) {'],
  context_line: '  throw new CheckoutFailed(order.id, { cause })',
  post_context: ['}'],
  vars: { attempts: 3 },
}
