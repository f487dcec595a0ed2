import { readFileSync } from 'node:fs'
import path from 'node:path'

import { STATE } from './paths.ts'
import type { Seeded } from './seed.ts'

/**
 * Packs that could not be processed.
 *
 *     npm run dead-letters                      lists them
 *     npm run dead-letters -- replay [id …]     puts all, or these, back on the queue
 *
 * Talks to the run that `dev.json` tells of, or to PICKET_URL with PICKET_TOKEN, PICKET_ORG and
 * PICKET_PROJECT.
 */
interface Target {
  url: string
  token: string
  organization: string
  project: string
}

interface DeadLetter {
  id: string
  items: number
  failures: number
  firstFailed: string
  lastFailed: string
}

const target = readTarget()
const [command = 'list', ...ids] = process.argv.slice(2)

if (command === 'replay') {
  const { replayed } = await call<{ replayed: string[] }>('replay/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ids.length > 0 ? { ids } : {}),
  })
  console.log(`${replayed.length} packs are back on the queue.`)
} else {
  const letters = await call<DeadLetter[]>('')
  if (letters.length === 0) console.log('No dead letters.')
  for (const { id, items, failures, firstFailed, lastFailed } of letters) {
    const often = failures === 1 ? 'once' : `${failures} times`
    console.log(`${id}  ${items} items, dead ${often}, ${firstFailed} to ${lastFailed}`)
  }
}

async function call<Answer>(route: string, init: RequestInit = {}): Promise<Answer> {
  const { url, token, organization, project } = target
  const answer = await fetch(
    `${url}/api/0/projects/${organization}/${project}/dead-letters/${route}`,
    { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } },
  )
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

function readTarget(): Target {
  const { PICKET_URL, PICKET_TOKEN, PICKET_ORG, PICKET_PROJECT } = process.env
  if (PICKET_URL && PICKET_TOKEN && PICKET_ORG && PICKET_PROJECT) {
    return {
      url: PICKET_URL.replace(/\/$/, ''),
      token: PICKET_TOKEN,
      organization: PICKET_ORG,
      project: PICKET_PROJECT,
    }
  }
  return JSON.parse(readFileSync(path.join(STATE, 'dev.json'), 'utf8')) as Seeded
}
