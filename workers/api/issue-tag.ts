import { Hono } from 'hono'
import { z } from 'zod'
import { countIssueTags } from '#store/issue-events.ts'
import type { TagCount, TagValueCount } from '#store/month-search.ts'
import type { ApiEnv } from './api-env.ts'
import { isoDate } from './date.ts'
import { environmentCondition } from './issue-search.ts'
import { ApiError } from './on-error.ts'
import { cutPage, linkPages, parseCursor } from './page.ts'
import { last, list, oneOf, pageSize } from './query.ts'
import { requireScope } from './scope.ts'
import { valid } from './valid.ts'

/** Values shown of a tag where it is one of many. */
const TOP_VALUES = 10

const TagSearch = z.object({
  environment: list.optional(),
  key: list.optional(),
})

const TagValueSearch = z.object({
  environment: list.optional(),
  query: last.optional(),
  sort: oneOf(['age', '-age', 'count', '-count', 'date', '-date', 'id', '-id']).optional(),
  per_page: pageSize.optional(),
  cursor: last.optional(),
})

/** Below an issue: its tags, computed from its newest events when they are asked for. */
export const issueTagRoutes = new Hono<ApiEnv>()
  .get('/tags', requireScope('event:read'), valid('query', TagSearch), async (c) => {
    const { stores, issue } = c.var
    const { environment = [], key: keys } = c.req.valid('query')
    const condition = environmentCondition(environment)
    const counts = await countIssueTags(stores, issue, { key: null, condition })
    const asked = counts.filter(({ key }) => !keys || keys.includes(key))
    return c.json(asked.map((count) => showTag(count, TOP_VALUES)))
  })
  .get('/tags/:key', requireScope('event:read'), valid('query', TagSearch), async (c) => {
    const { stores, issue } = c.var
    const condition = environmentCondition(c.req.valid('query').environment ?? [])
    const [count] = await countIssueTags(stores, issue, { key: c.req.param('key'), condition })
    if (!count) throw new ApiError('not_found')
    return c.json(showTag(count, TOP_VALUES))
  })
  .get(
    '/tags/:key/values',
    requireScope('event:read'),
    valid('query', TagValueSearch),
    async (c) => {
      const { stores, issue } = c.var
      const { environment = [], query = '', sort = 'count', ...page } = c.req.valid('query')
      const condition = environmentCondition(environment)
      const key = c.req.param('key')
      const [count] = await countIssueTags(stores, issue, { key, condition })
      const wanted = query.toLowerCase()
      const values = (count?.values ?? []).filter(({ value }) =>
        value.toLowerCase().includes(wanted),
      )
      const sorted = values.sort(ORDERS[sort.replace('-', '') as keyof typeof ORDERS])
      const { rows } = linkPages(c, cutPage(sorted, page.per_page ?? 100, parseCursor(page.cursor)))
      return c.json(rows.map((value) => showTagValue(key, value)))
    },
  )

const ORDERS = {
  count: (a: TagValueCount, b: TagValueCount) => b.quantity - a.quantity,
  date: (a: TagValueCount, b: TagValueCount) => b.lastAt - a.lastAt,
  age: (a: TagValueCount, b: TagValueCount) => b.firstAt - a.firstAt,
  id: (a: TagValueCount, b: TagValueCount) => (a.value < b.value ? -1 : 1),
}

function showTag({ key, total, values }: TagCount, limit: number) {
  return {
    key,
    name: key,
    totalValues: total,
    uniqueValues: values.length,
    topValues: values.slice(0, limit).map((value) => showTagValue(key, value)),
  }
}

function showTagValue(key: string, { value, quantity, firstAt, lastAt }: TagValueCount) {
  return {
    key,
    name: value,
    value,
    query: `${key}:"${value.replaceAll('"', '\\"')}"`,
    count: quantity,
    firstSeen: isoDate(firstAt),
    lastSeen: isoDate(lastAt),
  }
}
