import { type Context, Hono } from 'hono'
import { z } from 'zod'

import { findLatestEvents, readIssueHashes } from '#store/issue-hash.ts'
import { pendingCounts } from '#store/pending-counts.ts'
import { ownHash } from '#store/stream.ts'
import { unmergeHashes } from '#store/unmerge.ts'
import type { ApiEnv } from './api-env.ts'
import { isoDateOrNull } from './date.ts'
import { operationOf } from './issue-merge.ts'
import { ApiError } from './on-error.ts'
import { cutPage, linkPages, parseCursor } from './page.ts'
import { last, list, pageSize } from './query.ts'
import { requireScope } from './scope.ts'
import { showEventRow } from './show-event.ts'
import { valid } from './valid.ts'

const HASHES_PER_PAGE = 50

const HashSearch = z.object({ cursor: last.optional(), per_page: pageSize.optional() })
const HashChoice = z.object({ id: list })

/** Below an issue: the hashes that lead to it, and taking some of them out (unmerge). */
export const issueHashRoutes = new Hono<ApiEnv>()
  .get('/hashes', requireScope('event:read'), valid('query', HashSearch), async (c) => {
    const { stores, issue, now } = c.var
    const { cursor, per_page: limit = HASHES_PER_PAGE } = c.req.valid('query')
    const hashes = await readIssueHashes(stores, issue)
    const { rows } = linkPages(c, cutPage(hashes, limit, parseCursor(cursor)))
    const [latest, pending] = await Promise.all([
      findLatestEvents(stores, issue, rows),
      pendingCounts(
        stores,
        issue.projectId,
        rows.map(({ hash }) => hash),
        now,
      ),
    ])
    return c.json(
      rows.flatMap((row) => {
        const event = latest.get(row.hash)
        const waiting = pending.get(row.hash) ?? []
        const count = waiting.reduce((sum, delta) => sum + delta.count, row.count)
        // Hashes that events only have besides their primary one are nobody's to move.
        if (!event && count === 0) return []
        return {
          id: row.hash,
          latestEvent: event ? showEventRow(event, issue) : null,
          count,
          firstSeen: isoDateOrNull(row.firstSeenAt),
          lastSeen: isoDateOrNull(row.lastSeenAt),
          mergedBySeer: false,
        }
      }),
    )
  })
  .put('/hashes', requireScope('event:write'), valid('query', HashChoice), (c) =>
    unmerge(c, c.req.valid('query').id),
  )
  .delete('/hashes', requireScope('event:write'), valid('query', HashChoice), (c) =>
    unmerge(c, c.req.valid('query').id),
  )

async function unmerge(c: Context<ApiEnv>, ids: string[]) {
  const { stores, issue, caller, now } = c.var
  const hashes = (await readIssueHashes(stores, issue)).filter(
    ({ hash }) => hash !== ownHash(issue.id),
  )
  const picked = hashes.filter(({ hash }) => ids.includes(hash))
  if (picked.length === 0) throw new ApiError('invalid', { id: ['Name hashes of this issue.'] })
  // What has just come is not counted yet.
  const isCounted = hashes.some(({ count }) => count > 0)
  const isLeft = hashes.some(({ hash, count }) => !ids.includes(hash) && (count > 0 || !isCounted))
  if (!isLeft) throw new ApiError('invalid', { id: ['One hash at least must stay.'] })
  const by = { userId: caller.user.id, now }
  const operationId = operationOf(await unmergeHashes(stores, issue, picked, by))
  return c.json({ operationId }, 202)
}
