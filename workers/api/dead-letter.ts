import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { isPackId } from '#domain/pack/pack-id.ts'
import { PackMessage } from '#domain/pack/pack-message.ts'
import {
  countDeadLetters,
  type DeadLetterRow,
  deleteDeadLetters,
  findDeadLetters,
  listDeadLetters,
} from '#store/dead-letter.ts'
import type { ApiEnv } from './api-env.ts'
import { isoDate } from './date.ts'
import { cutPage, linkPages, parseCursor } from './page.ts'
import { last, pageSize } from './query.ts'
import { requireScope } from './scope.ts'
import { valid } from './valid.ts'

/** Letters one request lists or replays; a queue takes 100 messages in a batch, D1 binds 100. */
const LETTERS_MAX = 1000
const BATCH = 90

const LetterSearch = z.object({ cursor: last.optional(), per_page: pageSize.optional() })

/** Without `ids` all letters of the project are replayed, the newest thousand of them at once. */
const Replay = z.object({
  ids: z
    .array(z.string().refine(isPackId, 'Enter the id of a dead letter.'))
    .max(LETTERS_MAX)
    .optional(),
})

/** Below a project: packs whose processing failed too often, and their second chance. */
export const deadLetterRoutes = new Hono<ApiEnv>()
  .get('/dead-letters', requireScope('project:read'), valid('query', LetterSearch), async (c) => {
    const { stores, project } = c.var
    const { cursor, per_page: limit = 100 } = c.req.valid('query')
    const letters = await listDeadLetters(stores, project.id, { limit: LETTERS_MAX })
    const { rows } = linkPages(c, cutPage(letters, limit, parseCursor(cursor)))
    return c.json(rows.map(showLetter))
  })
  .post('/dead-letters/replay', requireScope('project:write'), valid('json', Replay), async (c) => {
    const { stores, project } = c.var
    const { ids } = c.req.valid('json')
    const letters = ids
      ? await findLetters(c, [...new Set(ids)])
      : await listDeadLetters(stores, project.id, { limit: LETTERS_MAX })
    for (const some of batches(letters)) {
      // Sent before forgotten: a letter that is replayed twice changes nothing, see process/pack.ts.
      await c.env.PACKS.sendBatch(some.map(({ message }) => ({ body: readMessage(message) })))
      await deleteDeadLetters(
        stores,
        project.id,
        some.map(({ packId }) => packId),
      )
    }
    const remaining = await countDeadLetters(stores, project.id)
    return c.json({ replayed: letters.map(({ packId }) => packId), remaining })
  })

async function findLetters(c: Context<ApiEnv>, ids: string[]): Promise<DeadLetterRow[]> {
  const { stores, project } = c.var
  const found = await Promise.all(
    batches(ids).map((some) => findDeadLetters(stores, project.id, some)),
  )
  return found.flat()
}

function batches<Item>(items: Item[]): Item[][] {
  const all: Item[][] = []
  for (let start = 0; start < items.length; start += BATCH)
    all.push(items.slice(start, start + BATCH))
  return all
}

function readMessage(text: string): PackMessage {
  return PackMessage.parse(JSON.parse(text))
}

function showLetter({ packId, message, failures, firstFailedAt, lastFailedAt }: DeadLetterRow) {
  const { month, items, bytes } = readMessage(message)
  return {
    id: packId,
    month,
    items,
    bytes,
    failures,
    firstFailed: isoDate(firstFailedAt),
    lastFailed: isoDate(lastFailedAt),
  }
}
