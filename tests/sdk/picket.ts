import { setTimeout as sleep } from 'node:timers/promises'

import { inject } from 'vitest'
import { z } from 'zod/mini'

import { Event } from '#contract/event.ts'
import { Issue } from '#contract/issue.ts'
import { Ledger } from '#contract/ledger.ts'
import { lastSentAt } from './send.ts'

/** How long an event may take from the SDK to the API. */
const VISIBLE_MS_MAX = 30_000
/** How often the API is asked meanwhile. */
const ASK_EVERY_MS = 150
/** A loss alone is worth no row: the gate notes it with what comes next, or after 2 s. */
const NOTED_WITHIN_MS = 2500

const { url, token, organization, project } = inject('picket')
const projectPath = `/api/0/projects/${organization}/${project}`

/** Asks the public API as a script of a user would: a path, a token, JSON. */
export async function get(path: string): Promise<unknown> {
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** Waits until `ask` gives something, or fails saying what was waited for. */
export async function waitFor<Answer>(
  what: string,
  ask: () => Promise<Answer | null | undefined>,
): Promise<Answer> {
  const deadline = Date.now() + VISIBLE_MS_MAX
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`${what} did not appear within 30 s`)
    await sleep(ASK_EVERY_MS)
  }
}

/** The project's issues, seen last first: all, or those a search finds. */
export async function listIssues(search = ''): Promise<Issue[]> {
  const query = new URLSearchParams({ limit: '100', query: search })
  return z.array(Issue).parse(await get(`${projectPath}/issues/?${query}`))
}

/**
 * The issue with this title and its latest event, as soon as both can be read. A title which other
 * tests send too needs a search that tells them apart.
 */
export async function findIssue(
  title: string,
  search = '',
): Promise<{ issue: Issue; event: Event }> {
  const issue = await waitFor(`the issue "${title}"`, async () => {
    return (await listIssues(search)).find((candidate) => candidate.title === title)
  })
  return { issue, event: await readEvent(issue.id, 'latest') }
}

/** An event of an issue: `latest`, `oldest` or an event id. */
export async function readEvent(issueId: string, which: string): Promise<Event> {
  const path = `/api/0/organizations/${organization}/issues/${issueId}/events/${which}/`
  return Event.parse(await get(path))
}

/** An event by its id, or null while nobody knows it. */
export async function findEvent(eventId: string): Promise<Event | null> {
  const path = `${projectPath}/events/${eventId}/`
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })
  if (answer.status === 404) return null
  if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`)
  return Event.parse(await answer.json())
}

/** The issue an event belongs to. */
export async function readIssue(issueId: string): Promise<Issue> {
  return Issue.parse(await get(`/api/0/organizations/${organization}/issues/${issueId}/`))
}

/**
 * The project's ledger once nothing of what we sent is under way, and `isComplete` says that all
 * has come which other programs send.
 */
export async function settledLedger(
  isComplete: (ledger: Ledger) => boolean = () => true,
): Promise<Ledger> {
  return waitFor('a settled ledger with all that was sent', async () => {
    if (Date.now() < lastSentAt() + NOTED_WITHIN_MS) return null
    const ledger = Ledger.parse(await get(`${projectPath}/ledger/`))
    const { packs, items } = ledger.inFlight
    return packs === 0 && items === 0 && isComplete(ledger) ? ledger : null
  })
}

/** How much of a category has come in, whatever became of it. */
export function received(ledger: Ledger, category: string): number {
  return ledger.categories.find((row) => row.category === category)?.received ?? 0
}

/** How much the ledger counts as accepted in a category. */
export function accepted(ledger: Ledger, category: string): number {
  return ledger.categories.find((row) => row.category === category)?.accepted ?? 0
}

/** How much the ledger counts under these words: `lost(ledger, 'invalid', 'session')`. */
export function lost(ledger: Ledger, outcome: string, category: string): number {
  return ledger.outcomes
    .filter((row) => row.outcome === outcome && row.category === category)
    .reduce((sum, row) => sum + row.quantity, 0)
}
