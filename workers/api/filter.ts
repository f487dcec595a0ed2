import { Hono } from 'hono'
import { z } from 'zod'

import { LEGACY_BROWSERS } from '#domain/filter/inbound-filters.ts'
import type { ApiEnv } from './api-env.ts'
import { changeProject } from './change-project.ts'
import { type FilterOptions, showFilters } from './filter-change.ts'
import { ApiError } from './on-error.ts'
import { readProjectOptions } from './read-project-options.ts'
import { requireScope } from './scope.ts'
import { valid } from './valid.ts'

/** The filters that clients list and switch, in Sentry's order; others are options of the project. */
const FILTER_IDS = [
  'browser-extensions',
  'localhost',
  'filtered-transaction',
  'web-crawlers',
  'legacy-browsers',
] as const
type FilterId = (typeof FILTER_IDS)[number]

const FilterChange = z.object({
  active: z.boolean().optional(),
  /** Of `legacy-browsers`: which. */
  subfilters: z.array(z.enum(LEGACY_BROWSERS)).optional(),
})
type FilterChange = z.infer<typeof FilterChange>

/** Below a project: which inbound filters are on (spec/web-api.md §3.3). */
export const filterRoutes = new Hono<ApiEnv>()
  .get('/filters', requireScope('project:read'), (c) => {
    const shown = showFilters(readProjectOptions(c.var.project).filters)
    return c.json(FILTER_IDS.map((id) => ({ id, active: shown[`filters:${id}`] })))
  })
  .put(
    '/filters/:filter',
    requireScope('project:write'),
    valid('json', FilterChange),
    async (c) => {
      const id = FILTER_IDS.find((each) => each === c.req.param('filter'))
      if (!id) throw new ApiError('not_found')
      await changeProject(c, { options: optionsFor(id, c.req.valid('json')) })
      return c.body(null, 204)
    },
  )

function optionsFor(id: FilterId, { active, subfilters }: FilterChange): FilterOptions {
  if (id === 'legacy-browsers' && subfilters) return { 'filters:legacy-browsers': subfilters }
  if (active === undefined) throw new ApiError('invalid', { active: ['This field is required.'] })
  if (id !== 'legacy-browsers') return { [`filters:${id}`]: active }
  return { 'filters:legacy-browsers': active ? ['default'] : [] }
}
